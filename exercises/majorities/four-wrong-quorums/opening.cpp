// Four wrong quorums: one way to kill each.
#include <gtest/gtest.h>

#include <map>
#include <optional>

#include "raft/quorum/joint.hpp"

namespace {

using raft::Index;
using raft::NodeId;
using raft::quorum::JointConfig;
using raft::quorum::kEverything;
using raft::quorum::MajorityConfig;
using raft::quorum::VoteResult;
using enum raft::quorum::VoteResult;

// What has been heard: acks({{1, 5}, {2, 3}}) knows nothing of the others.
auto acks(std::map<NodeId, Index> heard) {
  return [heard](NodeId id) -> std::optional<Index> {
    const auto it = heard.find(id);
    return it == heard.end() ? std::nullopt : std::optional(it->second);
  };
}

auto votes(std::map<NodeId, bool> heard) {
  return [heard](NodeId id) -> std::optional<bool> {
    const auto it = heard.find(id);
    return it == heard.end() ? std::nullopt : std::optional(it->second);
  };
}

TEST(Quorum, ThreeVotersCommitWhatTwoOfThemHold) {
  const MajorityConfig voters = {1, 2, 3};
  EXPECT_EQ(voters.committedIndex(acks({{1, 5}, {2, 3}, {3, 1}})), 3U);
}

TEST(Quorum, ThreeVotersElectWithTwoVotes) {
  const JointConfig voters = {{1, 2, 3}, {}};
  EXPECT_EQ(voters.voteResult(votes({{1, true}, {2, true}})), VoteWon);
}
