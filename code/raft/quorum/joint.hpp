// Two majorities at once, for the time in which the voters change (§6, C_old,new).
//
// The one idea: both must agree, so an index is committed at the lower of the two and a
// vote is won where both are won. Outside of a change the outgoing half is empty, agrees
// with everything, and drops out of every formula: there is no "is it joint?" below.
// etcd: quorum/joint.go.
//
// Tested by raft/quorum/joint_test.cpp and raft/quorum/quorum_test.cpp.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "raft/quorum/majority.hpp"

namespace raft::quorum {

/// The result of two votes that must both be won.
VoteResult both(VoteResult one, VoteResult other);

/// The voters that are coming and, while they take over, the voters that are leaving.
struct JointConfig {
  MajorityConfig incoming = {};
  MajorityConfig outgoing = {};  ///< empty outside of a change

  bool isJoint() const { return !outgoing.empty(); }  ///< is a change under way?
  std::vector<NodeId> ids() const;                    ///< of both halves, ascending
  bool contains(NodeId id) const;                     ///< a voter in either half?

  /// The highest index that both halves have committed.
  template <class Acked>
  Index committedIndex(const Acked& acked) const {
    return std::min(incoming.committedIndex(acked), outgoing.committedIndex(acked));
  }

  /// Won if both halves are won, lost if one is lost.
  template <class Votes>
  VoteResult voteResult(const Votes& votes) const {
    return both(incoming.voteResult(votes), outgoing.voteResult(votes));
  }

  bool operator==(const JointConfig&) const = default;
};

/// "(1 2 3)", and "(1 2 4)&&(1 2 3)" while the voters change.
std::string toString(const JointConfig& config);

/// The table of majority.hpp for the voters of both halves.
std::string describe(const JointConfig& config, const AckedIndexer& acked);

}  // namespace raft::quorum
