// Two halves that must agree. Tested by raft/quorum/joint_test.cpp.
#include "raft/quorum/joint.hpp"

#include <iterator>

namespace raft::quorum {

VoteResult both(VoteResult one, VoteResult other) {
  if (one == other) return one;
  // A half that is lost cannot be made good by the other.
  const bool lost = one == VoteResult::VoteLost || other == VoteResult::VoteLost;
  return lost ? VoteResult::VoteLost : VoteResult::VotePending;
}

std::vector<NodeId> JointConfig::ids() const {
  std::vector<NodeId> all;
  std::set_union(incoming.begin(), incoming.end(), outgoing.begin(), outgoing.end(),
                 std::back_inserter(all));
  return all;
}

bool JointConfig::contains(NodeId id) const {
  return incoming.contains(id) || outgoing.contains(id);
}

}  // namespace raft::quorum
