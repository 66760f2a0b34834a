#include "csp/ring.hpp"

#include <gtest/gtest.h>

#include <memory>

namespace {

using csp::Ring;

// INV-CHANNEL-2
TEST(Ring, FirstInFirstOutAcrossTheWrap) {
  Ring<int> ring(3);
  int in = 0;
  int out = 0;
  for (int round = 0; round < 10; ++round) {
    while (!ring.full()) ring.push(in++);
    EXPECT_EQ(ring.pop(), out++);
    EXPECT_EQ(ring.pop(), out++);
    EXPECT_EQ(ring.size(), 1U);
  }
}

TEST(Ring, WithNoPlacesIsBothFullAndEmpty) {
  const Ring<int> ring(0);
  EXPECT_TRUE(ring.full());
  EXPECT_TRUE(ring.empty());
}

TEST(Ring, KeepsNothingOfWhatItGaveAway) {
  Ring<std::shared_ptr<int>> ring(2);
  const auto value = std::make_shared<int>(7);
  ring.push(value);
  EXPECT_EQ(value.use_count(), 2);
  EXPECT_EQ(*ring.pop(), 7);
  EXPECT_EQ(value.use_count(), 1);
}

TEST(RingDeathTest, RefusesWhatItCannotDo) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  Ring<int> ring(1);
  EXPECT_DEATH(ring.pop(), "an empty ring has nothing to give");
  ring.push(1);
  EXPECT_DEATH(ring.push(2), "a full ring takes nothing");
}

}  // namespace
