// What one change does to one member. Tested by raft/confchange/confchange_test.cpp.
#include "raft/confchange/draft.hpp"

#include <algorithm>
#include <utility>

#include "base/check.hpp"

namespace raft::confchange {

using base::Errc;
using base::Error;

Draft::Draft(const Changer& changer) : changer_(changer), members_(changer.members) {
  checkInvariants(members_);
}

Members Draft::finish() {
  checkInvariants(members_);
  return std::move(members_);
}

Error Draft::apply(const Changes& changes) {
  for (const raftpb::ConfChangeSingle& change : changes) {
    if (const Error refused = applyOne(change)) return refused;
  }
  return config_.voters.incoming.empty() ? Errc::RemovedAllVoters : Error();
}

Error Draft::applyOne(const raftpb::ConfChangeSingle& change) {
  // A change that the application refused still goes through the log, with its node set
  // to nobody.
  if (change.nodeId == kNone) return {};

  switch (change.type) {
    case raftpb::ConfChangeType::ConfChangeAddNode:
      makeVoter(change.nodeId);
      return {};
    case raftpb::ConfChangeType::ConfChangeAddLearnerNode:
      makeLearner(change.nodeId);
      return {};
    case raftpb::ConfChangeType::ConfChangeRemoveNode:
      remove(change.nodeId);
      return {};
    case raftpb::ConfChangeType::ConfChangeUpdateNode:
      return {};  // its address, which is none of our business
  }
  return Errc::UnexpectedConfType;
}

void Draft::makeVoter(NodeId id) {
  const auto it = progress_.find(id);
  if (it == progress_.end()) return initProgress(id, false);

  it->second.setLearner(false);
  config_.learners.erase(id);
  config_.learnersNext.erase(id);
  config_.voters.incoming.insert(id);
}

void Draft::makeLearner(NodeId id) {
  const auto it = progress_.find(id);
  if (it == progress_.end()) return initProgress(id, true);
  if (it->second.isLearner()) return;

  config_.voters.incoming.erase(id);
  if (config_.voters.outgoing.contains(id)) {
    config_.learnersNext.insert(id);  // as long as it still votes in the outgoing half
  } else {
    it->second.setLearner(true);
    config_.learners.insert(id);
  }
}

void Draft::remove(NodeId id) {
  config_.voters.incoming.erase(id);
  config_.learners.erase(id);
  config_.learnersNext.erase(id);
  if (!config_.voters.outgoing.contains(id)) progress_.erase(id);
}

// Nothing is known about whoever is new, so it is probed, from the end of the log on. It
// counts as active: otherwise a leader that looks for a quorum before it has had the time
// to answer would step down.
void Draft::initProgress(NodeId id, bool isLearner) {
  if (isLearner) {
    config_.learners.insert(id);
  } else {
    config_.voters.incoming.insert(id);
  }
  const Index next = std::max<Index>(changer_.lastIndex, 1);  // match is 0, and below it
  const auto [it, isNew] =
      progress_.emplace(id, tracker::Progress(next, changer_.window, isLearner));
  RAFT_CHECK(isNew, "whoever is new has no Progress yet");
  it->second.setRecentActive(true);
}

void Draft::splitVoters(bool autoLeave) {
  config_.voters.outgoing = config_.voters.incoming;
  config_.autoLeave = autoLeave;
}

void Draft::joinVoters() {
  const quorum::MajorityConfig leaving = std::exchange(config_.voters.outgoing, {});
  for (const NodeId id : std::exchange(config_.learnersNext, {})) {
    config_.learners.insert(id);
    progress_.at(id).setLearner(true);
  }
  for (const NodeId id : leaving) {
    const bool stays =
        config_.voters.incoming.contains(id) || config_.learners.contains(id);
    if (!stays) progress_.erase(id);
  }
  config_.autoLeave = false;
}

}  // namespace raft::confchange
