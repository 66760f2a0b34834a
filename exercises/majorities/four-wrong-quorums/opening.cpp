// Four wrong quorums: one way to kill each.
#include <gtest/gtest.h>

#include "raft/quorum/answers_test.hpp"
#include "raft/quorum/joint.hpp"

namespace {

using raft::Index;
using raft::NodeId;
using raft::quorum::JointConfig;
using raft::quorum::kEverything;
using raft::quorum::MajorityConfig;
using raft::quorum::VoteResult;
using raft::quorum::test::Acks;
using raft::quorum::test::in;
using raft::quorum::test::Votes;
using enum raft::quorum::VoteResult;

// What has been heard: in(Acks{{1, 5}, {2, 3}}) knows nothing of the others.
TEST(Quorum, ThreeVotersCommitWhatTwoOfThemHold) {
  const MajorityConfig voters = {1, 2, 3};
  EXPECT_EQ(voters.committedIndex(in(Acks{{1, 5}, {2, 3}, {3, 1}})), 3U);
}

TEST(Quorum, ThreeVotersElectWithTwoVotes) {
  const JointConfig voters = {{1, 2, 3}, {}};
  EXPECT_EQ(voters.voteResult(in(Votes{{1, true}, {2, true}})), VoteWon);
}
