#include "base/check.hpp"

#include <gtest/gtest.h>

namespace {

TEST(Check, LetsATrueConditionPass) {
  RAFT_CHECK(1 + 1 == 2, "arithmetic works");
}

// INV-TOUR-1
TEST(CheckDeathTest, StopsTheProcessAndSaysWhy) {
  EXPECT_DEATH(
      RAFT_CHECK(1 + 1 == 3, "sums must add up"),
      "check_test.cpp:[0-9]+: broken invariant: sums must add up \\(1 \\+ 1 == 3\\)");
}

TEST(Check, EvaluatesItsConditionOnce) {
  int evaluations = 0;
  RAFT_CHECK(++evaluations == 1, "one evaluation");
  EXPECT_EQ(evaluations, 1);
}

}  // namespace
