// Figure 8 of the paper, on five real nodes: up to the moment at which an entry of an
// older term lies on three disks of five.
//
// The network is the tests' cluster, told which messages to lose. What is drawn is what
// was delivered, and what stands in the nodes' logs.
#pragma once

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/text.hpp"
#include "raft/cluster_test.hpp"
#include "strips.hpp"

namespace scenes {

using base::text;
using raft::Index;
using raft::NodeId;
using raft::Term;
using raftpb::Message;
using raftpb::MessageType;

/// Five nodes: the first has led term 2, the fifth term 3. Both have been cut off in the
/// middle of their work.
class Figure8 {
 public:
  explicit Figure8(Strips& strips) : strips_(strips) {
    for (NodeId id = 1; id <= 5; ++id) {
      cluster.peer(id).storage->setHardState({.term = 3});
      cluster.crashAndRestart(id);
      strips_.log(lane(id), cluster[id].raftLog());
    }
    strips_.crash("S5");
    cluster.isolate(5);
  }

  /// S1 is elected in term 4, and brings the old entry to S3. Its own does not get out.
  void theOldEntryOnThreeOfFive() {
    cluster.drops = [this](const Message& m) {
      if (m.type != MessageType::MsgApp) return false;
      return m.to != 3 || cluster[3].raftLog().lastIndex() == 2;
    };
    cluster.campaign(1);
    strips_.state("S1", "leader", cluster[1].term());
    drawAppends();
    cluster.send({{.type = MessageType::MsgAppResp,
                   .to = 1,
                   .from = 2,
                   .term = cluster[1].term(),
                   .index = 2}});
    drawAppends();
    drawLogs({1, 3});
    strips_.note("S1", text("on a majority: ", onAMajority(),
                            ", committed: ", cluster[1].raftLog().committed()));
  }

  /// What a rule would commit that counted copies and did not ask for their term.
  Index onAMajority() {
    const auto& tracker = cluster[1].tracker();
    return tracker.config.voters.committedIndex(
        [&](NodeId id) { return tracker.progress.at(id).match(); });
  }

  /// S1 is cut off for good; S5 comes back and campaigns until the term is its own.
  void theOldLeaderGoesAndS5Returns() {
    strips_.crash("S1");
    cluster.drops = nullptr;
    cluster.heal();
    cluster.isolate(1);
    strips_.restart("S5");
    cluster.campaign(5);  // term 4, in which the others have voted already
    cluster.seen.clear();
    cluster.campaign(5);
    for (const Message& m : cluster.seen) {
      if (m.type == MessageType::MsgVoteResp) {
        strips_.send(lane(m.from), "S5", m.reject ? "no" : "vote");
      }
    }
    const bool leads = cluster[5].state() == raft::StateType::StateLeader;
    strips_.state("S5", leads ? "leader" : "follower", cluster[5].term());
  }

  /// The MsgApps with entries, and their answers, since the last time.
  void drawAppends() {
    for (const Message& m : cluster.seen) {
      if (m.type == MessageType::MsgApp && !m.entries.empty()) {
        strips_.send(
            lane(m.from), lane(m.to),
            text("MsgApp ", m.entries.front().term, "/", m.entries.front().index));
      }
      const bool acknowledges = m.type == MessageType::MsgAppResp && !m.reject;
      if (acknowledges && m.index > 1 && drawn_.insert({m.from, m.index}).second) {
        strips_.send(lane(m.from), lane(m.to), text("MsgAppResp ", m.index));
      }
    }
    cluster.seen.clear();
  }

  /// Only the messages that put another entry in the place of an old one.
  void drawOverwriting() {
    for (const Message& m : cluster.seen) {
      const bool replaces = m.type == MessageType::MsgApp && !m.entries.empty() &&
                            m.entries.front().index == 2;
      if (replaces) strips_.send(lane(m.from), lane(m.to), "MsgApp 3/2");
    }
  }

  void drawLogs(const std::vector<NodeId>& ids) {
    for (const NodeId id : ids) strips_.log(lane(id), cluster[id].raftLog());
  }

  static std::string lane(NodeId id) { return text("S", id); }

  raft::test::Cluster cluster{{.maxSizePerMsg = 0}, {{1, 2}, {1, 2}, {1}, {1}, {1, 3}}};

 private:
  Strips& strips_;
  std::set<std::pair<NodeId, Index>> drawn_;  // acknowledgements; their twins are not
};

/// The five columns.
inline std::vector<Strip> fiveServers() {
  std::vector<Strip> lanes;
  for (NodeId id = 1; id <= 5; ++id) {
    lanes.push_back({Figure8::lane(id), Figure8::lane(id), "follower"});
  }
  return lanes;
}

}  // namespace scenes
