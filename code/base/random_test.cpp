#include "base/random.hpp"

#include <gtest/gtest.h>

#include <array>

namespace {

using base::Random;

TEST(Random, TheSeedDecidesEverything) {
  Random one(7);
  Random two(7);
  Random other(8);
  for (int i = 0; i < 100; ++i) EXPECT_EQ(one.next(), two.next());
  EXPECT_NE(Random(7).next(), other.next());
}

TEST(Random, IsTheKnownSequence) {
  Random random(0);  // splitmix64's first numbers for the seed 0
  EXPECT_EQ(random.next(), 0xe220a8397b1dcdafU);
  EXPECT_EQ(random.next(), 0x6e789e6aa1b965f4U);
}

TEST(Random, StaysBelowTheLimitAndReachesEveryNumber) {
  Random random(1);
  std::array<int, 6> count{};
  for (int i = 0; i < 6000; ++i) {
    const auto number = random.below(6);
    ASSERT_LT(number, 6U);
    ++count[number];
  }
  for (const int times : count) EXPECT_NEAR(times, 1000, 150);
  EXPECT_EQ(random.below(0), 0U);
  EXPECT_EQ(random.below(1), 0U);
}

}  // namespace
