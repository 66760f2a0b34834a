#include "raft/quorum/joint.hpp"

#include <gtest/gtest.h>

#include "raft/quorum/answers_test.hpp"

namespace {

using raft::Index;
using raft::NodeId;
using raft::quorum::both;
using raft::quorum::JointConfig;
using raft::quorum::kEverything;
using raft::quorum::VoteResult;
using raft::quorum::test::Acks;
using raft::quorum::test::in;
using raft::quorum::test::Votes;
using enum raft::quorum::VoteResult;

// INV-QUORUM-3
TEST(JointConfig, CommitsAtTheLowerOfTwoHalves) {
  const JointConfig voters = {{1, 2, 3}, {3, 4, 5}};
  const Acks acks = {{1, 9}, {2, 8}, {3, 7}, {4, 5}, {5, 3}};
  EXPECT_EQ(voters.incoming.committedIndex(in(acks)), 8U);
  EXPECT_EQ(voters.outgoing.committedIndex(in(acks)), 5U);
  EXPECT_EQ(voters.committedIndex(in(acks)), 5U);
}

// Four of six have said yes: a majority of the union, and no majority of one half.
TEST(JointConfig, IsNotTheMajorityOfTheUnion) {
  const JointConfig voters = {{1, 2, 3}, {4, 5, 6}};
  const Votes votes = {{1, true}, {2, true},  {3, true},
                       {4, true}, {5, false}, {6, false}};
  EXPECT_EQ(voters.voteResult(in(votes)), VoteLost);
  const Acks acks = {{1, 9}, {2, 9}, {3, 9}, {4, 9}};
  EXPECT_EQ(voters.committedIndex(in(acks)), 0U);
}

TEST(JointConfig, OutsideOfAChangeIsItsIncomingHalf) {
  const JointConfig voters = {{1, 2, 3}, {}};
  EXPECT_FALSE(voters.isJoint());
  EXPECT_EQ(voters.committedIndex([](NodeId id) { return Index{id}; }), 2U);
}

TEST(JointConfig, WithoutVotersAgreesWithEverything) {
  const JointConfig voters;
  EXPECT_EQ(voters.committedIndex([](NodeId) { return Index{0}; }), kEverything);
  EXPECT_EQ(voters.voteResult([](NodeId) { return true; }), VoteWon);
}

TEST(Both, IsWonTwiceOrLostOnce) {
  EXPECT_EQ(both(VoteWon, VoteWon), VoteWon);
  EXPECT_EQ(both(VoteWon, VotePending), VotePending);
  EXPECT_EQ(both(VoteWon, VoteLost), VoteLost);
  EXPECT_EQ(both(VotePending, VotePending), VotePending);
  EXPECT_EQ(both(VotePending, VoteLost), VoteLost);
  EXPECT_EQ(both(VoteLost, VoteLost), VoteLost);
  EXPECT_EQ(both(VotePending, VoteWon), VotePending);
  EXPECT_EQ(both(VoteLost, VoteWon), VoteLost);
  EXPECT_EQ(both(VoteLost, VotePending), VoteLost);
}

TEST(JointConfig, KnowsTheVotersOfBothHalves) {
  const JointConfig voters = {{1, 2, 3}, {3, 4}};
  EXPECT_TRUE(voters.isJoint());
  EXPECT_EQ(voters.ids(), (std::vector<NodeId>{1, 2, 3, 4}));
  EXPECT_TRUE(voters.contains(1));
  EXPECT_TRUE(voters.contains(4));
  EXPECT_FALSE(voters.contains(5));
}

TEST(JointConfig, PrintsTheOutgoingHalfOnlyWhileThereIsOne) {
  EXPECT_EQ(toString(JointConfig{{1, 2, 10}, {}}), "(1 2 a)");
  EXPECT_EQ(toString(JointConfig{{1, 2, 10}, {3}}), "(1 2 a)&&(3)");
  EXPECT_EQ(toString(JointConfig{}), "()");
}

TEST(JointConfig, DescribesEachVoterOnce) {
  const JointConfig voters = {{1, 2}, {2, 3}};
  const Acks acks = {{1, 5}, {2, 6}};
  EXPECT_EQ(describe(voters, in(acks)),
            "       idx\n"
            "x>       5    (id=1)\n"
            "xx>      6    (id=2)\n"
            "?        0    (id=3)\n");
}

}  // namespace
