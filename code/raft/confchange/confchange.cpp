// The three steps. Tested by raft/confchange/confchange_test.cpp.
#include "raft/confchange/confchange.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "base/check.hpp"
#include "raft/confchange/draft.hpp"

namespace raft::confchange {

using base::Errc;
using base::Result;

std::size_t symmetricDifference(const quorum::MajorityConfig& one,
                                const quorum::MajorityConfig& other) {
  std::vector<NodeId> ids;
  std::set_symmetric_difference(one.begin(), one.end(), other.begin(), other.end(),
                                std::back_inserter(ids));
  return ids.size();
}

Result<Members> Changer::simple(const Changes& changes) const {
  if (members.config.voters.isJoint()) return Errc::SimpleInJoint;

  Draft draft(*this);
  if (const base::Error refused = draft.apply(changes)) return refused;
  const auto& before = members.config.voters.incoming;
  const auto& after = draft.members().config.voters.incoming;
  if (symmetricDifference(before, after) > 1) return Errc::MoreThanOneVoterChanged;

  return draft.finish();
}

Result<Members> Changer::enterJoint(bool autoLeave, const Changes& changes) const {
  if (members.config.voters.isJoint()) return Errc::AlreadyJoint;
  if (members.config.voters.incoming.empty()) return Errc::ZeroVoterJoint;

  Draft draft(*this);
  draft.splitVoters(autoLeave);
  if (const base::Error refused = draft.apply(changes)) return refused;
  return draft.finish();
}

Result<Members> Changer::leaveJoint() const {
  if (!members.config.voters.isJoint()) return Errc::NotJoint;

  Draft draft(*this);
  draft.joinVoters();
  return draft.finish();
}

void checkInvariants(const Members& members) {
  const tracker::Config& config = members.config;
  const tracker::ProgressMap& progress = members.progress;
  const auto hasProgress = [&](NodeId id) { return progress.contains(id); };
  const auto all = [](const auto& ids, const auto& holds) {
    return std::all_of(ids.begin(), ids.end(), holds);
  };

  RAFT_CHECK(all(config.voters.ids(), hasProgress), "every voter has a Progress");
  RAFT_CHECK(all(config.learners, hasProgress), "every learner has a Progress");
  RAFT_CHECK(all(config.learnersNext, hasProgress), "every learner to be has a Progress");

  for (const NodeId id : config.learners) {
    RAFT_CHECK(!config.voters.contains(id), "a learner is no voter, of neither half");
    RAFT_CHECK(progress.at(id).isLearner(), "a learner's Progress says so");
  }
  for (const NodeId id : config.learnersNext) {
    RAFT_CHECK(config.voters.outgoing.contains(id),
               "whoever is to be a learner is an outgoing voter");
    RAFT_CHECK(!progress.at(id).isLearner(), "an outgoing voter still counts as one");
  }
  if (config.voters.isJoint()) return;
  RAFT_CHECK(config.learnersNext.empty(),
             "outside of a change nobody is to be a learner");
  RAFT_CHECK(!config.autoLeave, "outside of a change there is nothing to leave");
}

}  // namespace raft::confchange
