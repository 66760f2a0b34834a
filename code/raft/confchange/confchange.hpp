// Changing who belongs to the cluster: what a change makes of a configuration.
//
// A Changer looks at the members as they are and answers with the members as they would
// be, or with the reason why not. It changes nothing itself. There are three steps:
//
//   simple      (1 2 3) -> (1 2 3 4)              one voter more or less, at most
//   enterJoint  (1 2 3) -> (1 4 5)&&(1 2 3)       any number; both halves must agree
//   leaveJoint  (1 4 5)&&(1 2 3) -> (1 4 5)
//
// One voter more or less is safe at once, because a majority before and a majority after
// share a voter. Two are not, and go through the joint step. When a node may take a step
// is decided elsewhere; what a step does, and what must hold after it, stands here.
//
// Two rules hold for every voter of the outgoing half: it keeps its Progress, and it does
// not become a learner before the change is over. learnersNext remembers it meanwhile.
//
// etcd: confchange/confchange.go. Tested by raft/confchange/confchange_test.cpp and
// rafttest/confchange_language_test.cpp.
#pragma once

#include <vector>

#include "base/result.hpp"
#include "raft/tracker/tracker.hpp"
#include "raftpb/conf_change.hpp"

namespace raft::confchange {

/// What a step is asked to do, in order.
using Changes = std::vector<raftpb::ConfChangeSingle>;

/// The members, and how far each of them is: what a node keeps of them, and nothing else.
using Members = tracker::ProgressTracker;

/// Stops the process unless config and progress fit together: everybody has a Progress,
/// nobody is a voter and a learner, and nothing of a joint change is left behind it.
void checkInvariants(const Members& members);

/// Computes the members after a change.
struct Changer {
  Members members;
  Index lastIndex;            ///< whoever is new is first sent what follows this
  tracker::Inflights window;  ///< an empty one, as whoever is new gets it

  /// Makes changes that add or remove one voter at most, and any number of learners.
  base::Result<Members> simple(const Changes& changes) const;

  /// Makes any number of changes, and has the voters so far as the outgoing half.
  base::Result<Members> enterJoint(bool autoLeave, const Changes& changes) const;

  /// Lets the outgoing half go.
  base::Result<Members> leaveJoint() const;
};

/// How many voters are in one of the halves and not in the other.
std::size_t symmetricDifference(const quorum::MajorityConfig& one,
                                const quorum::MajorityConfig& other);

}  // namespace raft::confchange
