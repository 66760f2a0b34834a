// Members and votes. Tested by raft/tracker/tracker_test.cpp.
#include "raft/tracker/tracker.hpp"

#include <algorithm>

#include "raft/logger.hpp"

namespace raft::tracker {
namespace {

// "(1 2 a)", as majorities are written.
std::string list(const std::set<NodeId>& ids) {
  std::string out = "(";
  for (const NodeId id : ids) out += (out.size() > 1 ? " " : "") + hex(id);
  return out + ")";
}

std::vector<NodeId> sorted(const auto& ids) {
  return {ids.begin(), ids.end()};
}

}  // namespace

std::string toString(const Config& config) {
  std::string out = "voters=" + quorum::toString(config.voters);
  if (!config.learners.empty()) out += " learners=" + list(config.learners);
  if (!config.learnersNext.empty()) out += " learners_next=" + list(config.learnersNext);
  return out + (config.autoLeave ? " autoleave" : "");
}

bool isSound(const Config& config) {
  const auto& [incoming, outgoing] = config.voters;
  const auto votes = [&](NodeId id) { return config.voters.contains(id); };
  const auto leaves = [&](NodeId id) {
    return outgoing.contains(id) && !incoming.contains(id);
  };
  if (votes(kNone) || config.learners.contains(kNone)) return false;
  if (std::ranges::any_of(config.learners, votes)) return false;
  if (incoming.empty() && !(outgoing.empty() && config.learners.empty())) return false;
  if (outgoing.empty() && config.autoLeave) return false;
  return std::ranges::all_of(config.learnersNext, leaves);
}

Config configFrom(const raftpb::ConfState& state) {
  Config config;
  for (const NodeId id : state.voters) config.voters.incoming.insert(id);
  for (const NodeId id : state.votersOutgoing) config.voters.outgoing.insert(id);
  config.learners.insert(state.learners.begin(), state.learners.end());
  config.learnersNext.insert(state.learnersNext.begin(), state.learnersNext.end());
  config.autoLeave = state.autoLeave;
  return config;
}

raftpb::ConfState confStateFrom(const Config& config) {
  return {.voters = sorted(config.voters.incoming),
          .learners = sorted(config.learners),
          .votersOutgoing = sorted(config.voters.outgoing),
          .learnersNext = sorted(config.learnersNext),
          .autoLeave = config.autoLeave};
}

#if STAGE >= REPLICATION
Progress* ProgressTracker::find(NodeId id) {
  const auto found = progress.find(id);
  return found == progress.end() ? nullptr : &found->second;
}

#endif
bool ProgressTracker::isLearner(NodeId id) const {
  return config.learners.contains(id);
}

bool ProgressTracker::isMember(NodeId id) const {
  return config.voters.incoming.contains(id) || config.voters.outgoing.contains(id) ||
         isLearner(id);
}

std::vector<NodeId> ProgressTracker::voterNodes() const {
  std::vector<NodeId> ids;
  std::set_union(config.voters.incoming.begin(), config.voters.incoming.end(),
                 config.voters.outgoing.begin(), config.voters.outgoing.end(),
                 std::back_inserter(ids));
  return ids;
}

std::vector<NodeId> ProgressTracker::memberNodes() const {
  const std::vector<NodeId> voters = voterNodes();
  std::vector<NodeId> ids;
  std::set_union(voters.begin(), voters.end(), config.learners.begin(),
                 config.learners.end(), std::back_inserter(ids));
  return ids;
}

// A voter may answer twice, because messages are delivered twice. It has still only one
// vote, and the first answer is the one that it wrote down.
void Votes::record(NodeId id, bool granted) {
  answers_.emplace(id, granted);
}

Tally ProgressTracker::tally(const Votes& votes) const {
  const std::map<NodeId, bool>& answers = votes.answers();
  Tally tally;
  for (const auto& [id, granted] : answers) {
    if (!isMember(id) || isLearner(id)) continue;
    ++(granted ? tally.granted : tally.rejected);
  }
  tally.result = config.voters.voteResult([&](NodeId id) -> std::optional<bool> {
    const auto vote = answers.find(id);
    return vote == answers.end() ? std::nullopt : std::optional(vote->second);
  });
  return tally;
}

}  // namespace raft::tracker
