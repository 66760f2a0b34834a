// A whole cluster on one thread, which does what it is told and says what happened.
//
// There are nodes, each with its disk, and one list of messages on their way. Nothing
// moves by itself. A directive lets one thing happen: a node ticks, a Ready is carried
// out, a message arrives or is lost. The nodes' log lines, and descriptions of what they
// wanted done, are the answer. Given the same directives, the answers are the same.
//
// A command is a function here. They are in env_nodes.cpp (making and asking nodes),
// env_time.cpp (elections, ticks, proposals), env_ready.cpp (carrying out Readies),
// env_deliver.cpp (messages), env_stabilize.cpp, and env_faults.cpp (crashes, cuts and
// copies, which are words of our own); interaction_env.cpp has the table.
//
// etcd: rafttest/interaction_env.go and its handlers. Tested by
// rafttest/interaction_env_test.cpp, env_faults_test.cpp and, against etcd's files,
// interaction_test.cpp.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "raft/memory_storage.hpp"
#include "raft/rawnode.hpp"
#include "rafttest/directive.hpp"
#include "rafttest/observer.hpp"
#include "rafttest/output.hpp"

namespace rafttest {

using raft::NodeId;

/// One node, and the disk that it finds its log on.
struct EnvNode {
  std::shared_ptr<raft::MemoryStorage> storage;
  raft::Config config;
  std::optional<raft::RawNode> raw = {};  ///< nothing while the node is down
};

/// The cluster, and the commands that it understands.
class InteractionEnv {
 public:
  /// An empty cluster. The observer, if there is one, lives longer.
  explicit InteractionEnv(Observer* observer = nullptr);

  InteractionEnv(const InteractionEnv&) = delete;
  InteractionEnv& operator=(const InteractionEnv&) = delete;

  /// Does what the directive says, and returns what there is to see. What can't be done
  /// leaves a complaint in the directive.
  std::string handle(Directive& d);

  /// The nodes, in the order of their ids, from 1.
  const std::vector<std::unique_ptr<EnvNode>>& nodes() const { return nodes_; }
  const std::deque<UnderWay>& underWay() const { return underWay_; }  ///< oldest first

 private:
  struct Command;
  static const Command* find(std::string_view name);
  static const Command* findOurs(std::string_view name);
  std::string run(Directive& d);
  static void checkShape(Directive& d, const Command& command);

  NodeId nodeIn(Directive& d, std::size_t n) const;
  std::vector<NodeId> nodesIn(Directive& d) const;
  NodeId runningNodeIn(Directive& d, std::size_t n) const;
  std::vector<NodeId> runningNodesIn(Directive& d) const;

  // The commands. Each returns the words of an error that belongs to the transcript, or
  // nothing.
  std::string addNodes(Directive& d);
  std::string breakpoint(Directive& d);
  std::string campaign(Directive& d);
  std::string compact(Directive& d);
  std::string deliverMsgs(Directive& d);
  std::string logLevel(Directive& d);
  std::string processReady(Directive& d);
  std::string propose(Directive& d);
  std::string raftLog(Directive& d);
  std::string raftState(Directive& d);
  std::string reportUnreachable(Directive& d);
  std::string setRandomizedElectionTimeout(Directive& d);
  std::string stabilize(Directive& d);
  std::string status(Directive& d);
  std::string tickElection(Directive& d);
  std::string tickHeartbeat(Directive& d);

  // Commands that etcd's language does not have: what goes wrong.
  std::string crash(Directive& d);
  std::string duplicateMsgs(Directive& d);
  std::string heal(Directive& d);
  std::string partition(Directive& d);
  std::string restart(Directive& d);

  // What they are made of.
  std::string addNode(const raft::Config& config, const raftpb::Snapshot& snapshot);
  void start(EnvNode& node);
  std::string tick(NodeId id, int ticks);
  void handleReady(NodeId id);
  void persist(EnvNode& node, const raft::Ready& rd);
  void queue(std::vector<raftpb::Message> messages);
  bool deliver(NodeId to, std::optional<raftpb::MessageType> type, bool drop);
  void arrive(const UnderWay& underWay);
  std::string lossOf(const raftpb::Message& m) const;
  bool stabilizeOnce(const std::vector<NodeId>& ids);
  void header(NodeId id, std::string_view what);
  void printLog(const EnvNode& node);
  void askForSnapshots(NodeId id, raft::Index compacted, Directive& d);

  static bool wrong(const Directive& d) { return !d.complaint.empty(); }
  EnvNode& node(NodeId id) { return *nodes_[id - 1]; }
  void changed(NodeId id) { observer_->changed(node(id)); }

  Observer deaf_;
  Observer* observer_;
  Output output_;
  std::vector<std::unique_ptr<EnvNode>> nodes_;
  std::deque<UnderWay> underWay_;
  std::vector<std::set<NodeId>> cuts_;  // of each, who is on one side
  std::uint64_t sent_ = 0;              // how many messages were ever on their way
};

}  // namespace rafttest
