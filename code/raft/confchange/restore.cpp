// The steps that lead to a ConfState. Tested by raft/confchange/restore_test.cpp.
#include "raft/confchange/restore.hpp"

#include "base/check.hpp"

namespace raft::confchange {
namespace {

using raftpb::ConfChangeType;
using enum raftpb::ConfChangeType;

void append(Changes& changes, ConfChangeType type, const std::vector<NodeId>& ids) {
  for (const NodeId id : ids) changes.push_back({type, id});
}

// From the outgoing voters to everybody else: (1 2 3) becomes, say, (2 4)&&(1 2 3) with
// the learner 5 and 3 as a learner to be.
Changes incoming(const raftpb::ConfState& state) {
  Changes changes;
  append(changes, ConfChangeRemoveNode, state.votersOutgoing);
  append(changes, ConfChangeAddNode, state.voters);
  append(changes, ConfChangeAddLearnerNode, state.learners);
  append(changes, ConfChangeAddLearnerNode, state.learnersNext);
  return changes;
}

}  // namespace

base::Result<Members> restore(Changer changer, const raftpb::ConfState& state) {
  RAFT_CHECK(changer.members == Members(), "members are restored where there are none");

  // One after the other, because a simple step changes one voter at most.
  const auto simpleSteps = [&changer](const Changes& changes) {
    for (const raftpb::ConfChangeSingle& change : changes) {
      const base::Result<Members> next = changer.simple({change});
      if (!next) return next.error();
      changer.members = *next;
    }
    return base::Error();
  };

  const bool isJoint = !state.votersOutgoing.empty();
  Changes outgoing;
  append(outgoing, ConfChangeAddNode, state.votersOutgoing);
  const base::Error refused = simpleSteps(isJoint ? outgoing : incoming(state));
  if (refused) return refused;
  if (!isJoint) return changer.members;
  return changer.enterJoint(state.autoLeave, incoming(state));
}

}  // namespace raft::confchange
