// Node: Raft's front door. Many threads call it; one thread, the loop, answers.
//
// A call hands a message over at a door, and waits until one of three things happens: the
// other side does its part, the caller's context ends, or the node stops. No lock is
// taken, and no call outlives both its context and the node.
//
// What an answer says about a proposal is less than one hopes, and worth knowing by
// heart:
//
//   nil               Raft has it: the leader appended it. It may be on no disk yet.
//   ProposalDropped   Raft refused it. It is in no log, and may be tried again.
//   Canceled          Nobody knows. The loop may have taken it before the context ended,
//                     and then it goes its way without us.
//   DeadlineExceeded  The same.
//   Stopped           The same, and there is nobody left to ask.
//
// None of them says committed. That is known when the entry comes back out in a Ready.
//
// etcd: the interface Node and its struct node, both in node.go.
// Tested by node/front_door_test.cpp.
#pragma once

#include <string>

#include "base/error.hpp"
#include "csp/context.hpp"
#include "node/doors.hpp"
#include "raftpb/message.hpp"
#if STAGE >= RUN_LOOP
#include <memory>
#include <thread>

#include "node/loop.hpp"
#include "raft/config.hpp"
#endif

namespace node {

/// A handle on a running node. All calls may come from any thread.
class Node {
 public:
  /// A node whose loop somebody else plays, at the other side of the same doors.
  explicit Node(Doors doors);

  /// Proposes data for the log and waits for Raft's verdict: nil, or ProposalDropped.
  /// Blocks while there is no leader.
  Error propose(const csp::Context& ctx, std::string data);

  /// Asks the node to stand for election. Nil when the loop has heard it.
  Error campaign(const csp::Context& ctx);

  /// Brings a message of another node in. Nil when the loop has taken it; local messages,
  /// which no other node may send, are ignored with a nil error. A proposal is not waited
  /// for.
  Error step(const csp::Context& ctx, raftpb::Message m);
#if STAGE >= RUN_LOOP

  /// A node with a loop of its own, on its own thread, around `rawNode` and behind
  /// `doors`. `config` is what rawNode was made with.
  Node(raft::RawNode rawNode, raft::Config config, Doors doors);
  ~Node();

  /// Where the application receives its work. Do what a Ready asks for, then advance.
  csp::RecvChannel<raft::ReadyPtr> ready() const { return doors_.readyc; }

  /// What the last Ready asked for is done; the next one may come.
  void advance();

  /// One unit of time has passed. Never blocks: when 128 ticks already wait, this one is
  /// dropped, and the log says so.
  void tick();

  /// What the node knows of itself. After a stop: a Status with the id kNone.
  raft::Status status();

  /// Ends the loop and waits until it has ended. May be called again.
  void stop();
#endif

 private:
  Error stepWait(const csp::Context& ctx, raftpb::Message m);
  Error stepWithWaitOption(const csp::Context& ctx, raftpb::Message m, bool wait);

  Doors doors_;
#if STAGE >= RUN_LOOP

  void run(raft::RawNode rawNode);

  raft::Config config_;
  std::thread loop_;  // nobody's, when somebody else plays the loop
#endif
};
#if STAGE >= RUN_LOOP

/// Starts a node. It is a follower without a leader until it is told to campaign, or
/// ticked.
/// @param doors  for tests and pictures, which watch the doors from outside
std::unique_ptr<Node> startNode(raft::Config config, Doors doors = {});
#endif

}  // namespace node
