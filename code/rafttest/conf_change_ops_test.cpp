#include "rafttest/conf_change_ops.hpp"

#include <gtest/gtest.h>

#include "raftpb/describe.hpp"

namespace {

using rafttest::parseConfChanges;
using enum raftpb::ConfChangeType;
using Changes = std::vector<raftpb::ConfChangeSingle>;

TEST(ConfChangeOps, ALetterSaysWhatHappens) {
  const auto parsed = parseConfChanges("v1 l2 r3 u40");
  EXPECT_EQ(parsed.mistake, "");
  EXPECT_EQ(parsed.changes, (Changes{{ConfChangeAddNode, 1},
                                     {ConfChangeAddLearnerNode, 2},
                                     {ConfChangeRemoveNode, 3},
                                     {ConfChangeUpdateNode, 40}}));
  EXPECT_EQ(raftpb::describeConfChanges(parsed.changes), "v1 l2 r3 u40");
}

TEST(ConfChangeOps, NothingIsNoChange) {
  EXPECT_EQ(parseConfChanges(" \n").changes, Changes());
  EXPECT_EQ(parseConfChanges("").mistake, "");
}

TEST(ConfChangeOps, SaysWhatIsWrong) {
  EXPECT_EQ(parseConfChanges("v1 v").mistake, "unknown token v");
  EXPECT_EQ(parseConfChanges("v1  v2").mistake, "unknown token ");
  EXPECT_EQ(parseConfChanges("x1").mistake, "unknown input: x1");
  EXPECT_EQ(parseConfChanges("vx").mistake,
            "strconv.ParseUint: parsing \"x\": invalid syntax");
  EXPECT_EQ(parseConfChanges("v18446744073709551616").mistake,
            "strconv.ParseUint: parsing \"18446744073709551616\": value out of range");
  EXPECT_EQ(parseConfChanges("v1 x2").changes, Changes());
}

}  // namespace
