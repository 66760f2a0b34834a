// What the loop's thread keeps to itself: Raft, and which doors are open this turn.
//
// A Loop is made on the loop's thread, lives there and dies there. No lock guards what it
// holds, because no other thread has a way to reach it. Node::run turns it; every case of
// its select is one function here.
//
// A door is shut by making the loop's copy of it nil, and opened by making it real again.
// So a rule like "no proposals without a leader" is one line, and select never hears of
// it.
//
// etcd: the local variables and case bodies of node.run (node.go).
// Tested by node/loop_test.cpp and node/run_test.cpp.
#pragma once

#include <string>

#include "node/doors.hpp"
#include "raft/logger.hpp"
#if STAGE >= READY
#include "raft/rawnode.hpp"
#else
#include "raft/raft_of_one.hpp"
#endif

namespace node {

/// One thread's view of the node.
class Loop {
 public:
  Loop(raft::RawNode rawNode, Doors doors, raft::Logger logger);

  /// Decides, before each turn, which of the three doors below are open.
  void openDoors();

  Channel<Proposal> propc;         ///< nil while there is no leader to propose to
  Channel<raft::ReadyPtr> readyc;  ///< nil while there is nothing to hand over
  Channel<Unit> advancec;          ///< nil unless a Ready is out with the application
  raft::ReadyPtr rd;               ///< the Ready on offer, then the one that is out
  bool running = true;

  void propose(Proposal p);      ///< a proposal came in: append it, or refuse
  void step(raftpb::Message m);  ///< any other message came in
  void tick();                   ///< time has passed
  void handOver();               ///< the application took rd
  void advance();                ///< the application has done what rd asked for
  void report(Channel<raft::Status> reply);  ///< somebody asked how we are
  void stop();                               ///< the last act

 private:
  raft::RawNode rawNode_;
  Doors doors_;
  raft::Logger logger_;
  raft::NodeId lead_ = raft::kNone;  // as the log last told it
};

/// The log line for a change of leader: elected, changed, or lost.
std::string describeLeaderChange(raft::NodeId id, raft::NodeId before, raft::NodeId now,
                                 raft::Term term);

}  // namespace node
