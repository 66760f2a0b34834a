#include "raft/describe.hpp"

#include <gtest/gtest.h>

namespace {

using raft::Ready;
using raft::StateType;

TEST(DescribeReady, SaysSoWhenItIsEmpty) {
  EXPECT_EQ(raft::describeReady(Ready()), "<empty Ready>");
}

TEST(DescribeReady, HasALineForEachThing) {
  Ready rd;
  rd.softState = {.lead = 2, .raftState = StateType::StateFollower};
  rd.hardState = {.term = 3, .vote = 0, .commit = 11};
  rd.entries.push_back({.term = 3, .index = 12, .data = "blue"});
  rd.committedEntries.push_back({.term = 1, .index = 11});
  rd.messages.push_back({.type = raftpb::MessageType::MsgAppResp,
                         .to = 2,
                         .from = 1,
                         .term = 3,
                         .index = 12});
  rd.mustSync = true;
  EXPECT_EQ(raft::describeReady(rd),
            "Ready MustSync=true:\n"
            "Lead:2 State:StateFollower\n"
            "HardState Term:3 Commit:11\n"
            "Entries:\n3/12 EntryNormal \"blue\"\n"
            "CommittedEntries:\n1/11 EntryNormal \"\"\n"
            "Messages:\n1->2 MsgAppResp Term:3 Log:0/12\n");
}

TEST(DescribeReady, LeavesOutWhatHasNoNews) {
  Ready rd;
  rd.hardState = {.term = 3, .vote = 1, .commit = 11};
  EXPECT_EQ(raft::describeReady(rd),
            "Ready MustSync=false:\nHardState Term:3 Vote:1 Commit:11\n");
}

TEST(DescribeReady, NamesTheStates) {
  EXPECT_EQ(raft::name(StateType::StateCandidate), "StateCandidate");
  EXPECT_EQ(raft::describeSoftState({.lead = 1, .raftState = StateType::StateLeader}),
            "Lead:1 State:StateLeader");
}

}  // namespace
