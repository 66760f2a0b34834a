#include "base/result.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <string>

namespace {

using base::Errc;
using base::Error;
using base::Result;

Result<int> half(int number) {
  if (number % 2 != 0) return Errc::ProposalDropped;
  return number / 2;
}

TEST(Result, HoldsAValue) {
  const Result<int> result = half(6);
  EXPECT_TRUE(result);
  EXPECT_EQ(*result, 3);
  EXPECT_EQ(result.error(), Error());
}

TEST(Result, HoldsARefusalInstead) {
  const Result<int> result = half(7);
  EXPECT_FALSE(result);
  EXPECT_EQ(result.error(), Errc::ProposalDropped);
}

TEST(Result, IsComparedWhole) {
  EXPECT_EQ(half(6), Result<int>(3));
  EXPECT_NE(half(6), half(8));
  EXPECT_NE(half(6), half(7));
  EXPECT_EQ(half(7), Result<int>(Errc::ProposalDropped));
}

TEST(Result, GivesItsValueAway) {
  Result<std::unique_ptr<std::string>> result = std::make_unique<std::string>("entry");
  (*result)->append(" 1");
  const std::unique_ptr<std::string> taken = *std::move(result);
  EXPECT_EQ(*taken, "entry 1");
}

TEST(Result, ReachesIntoItsValue) {
  const Result<std::string> result = std::string("four");
  EXPECT_EQ(result->size(), 4u);
}

TEST(ResultDeathTest, TheValueOfARefusalIsABug) {
  EXPECT_DEATH((void)*half(7), "a refusal has no value");
}

TEST(ResultDeathTest, NoErrorIsNoRefusal) {
  EXPECT_DEATH((void)Result<int>{Error()},
               "a Result without a value says why there is none");
}

}  // namespace
