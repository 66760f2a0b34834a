// Who takes part in the cluster, and how the present election stands.
//
// The Config says who the voters are: two sets of them while the members are being
// changed, one at all other times. Learners receive the log and count for nothing. Given
// the votes of an election, they say how it stands.
//
// etcd: tracker/tracker.go. Tested by raft/tracker/tracker_test.cpp.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "raft/quorum/joint.hpp"
#include "raft/quorum/quorum.hpp"
#include "raft/util.hpp"
#include "raftpb/snapshot.hpp"
#if STAGE >= REPLICATION
#include "raft/tracker/progress.hpp"
#endif

namespace raft::tracker {

/// The members of a cluster, as the node has them at present.
struct Config {
  quorum::JointConfig voters = {};  ///< outgoing is empty unless members are changing

  /// They receive the log and do not vote. No id is among the voters, too.
  std::set<NodeId> learners = {};

  /// Voters of the outgoing half that become learners when the change is over.
  std::set<NodeId> learnersNext = {};

  /// The leader is to end the joint configuration by itself.
  bool autoLeave = false;

  bool operator==(const Config&) const = default;
};

/// "voters=(1 2 3) learners=(4)", ids in hexadecimal; what is empty is not mentioned.
std::string toString(const Config& config);

/// Can a cluster have these members? Nobody is 0, or a voter and a learner; there is a
/// voter if there is anybody; and only a joint change has an outgoing half, learners to
/// be, and an end to come by itself.
bool isSound(const Config& config);

/// The configuration that a ConfState describes, and the other way round.
Config configFrom(const raftpb::ConfState& state);
raftpb::ConfState confStateFrom(const Config& config);  ///< ids in ascending order

/// The answers to one campaign: true was granted.
class Votes {
 public:
  void record(NodeId id, bool granted);  ///< the first answer of a node stands
  const std::map<NodeId, bool>& answers() const { return answers_; }  ///< so far

 private:
  std::map<NodeId, bool> answers_;
};

/// How an election stands.
struct Tally {
  int granted = 0;
  int rejected = 0;
  quorum::VoteResult result = quorum::VoteResult::VotePending;
};

/// What a node knows about the others.
struct ProgressTracker {
  Config config = {};
#if STAGE >= REPLICATION

  /// How far everybody's copy of the log is: voters and learners, ourselves included.
  ProgressMap progress = {};

  Progress* find(NodeId id);  ///< null for a stranger
#endif

  bool isLearner(NodeId id) const;          ///< receives the log, does not count
  bool isMember(NodeId id) const;           ///< a voter of either half, or a learner
  std::vector<NodeId> voterNodes() const;   ///< of both halves, ascending, no id twice
  std::vector<NodeId> memberNodes() const;  ///< voters and learners, ascending

  Tally tally(const Votes& votes) const;  ///< learners' answers do not count

  bool operator==(const ProgressTracker&) const = default;
};

}  // namespace raft::tracker
