// The doors of a node: every way in and every way out, each of them a channel.
//
// On the outside stand the callers: clients' threads that propose, the transport's that
// brings messages. On the inside stands one thread, the loop, and it alone touches Raft.
// Nobody reaches through: what moves is handed over at a door, and belongs to the other
// side from then on. A door is a shared handle. Whoever holds a copy of Doors stands at
// the same doors, which is how a test plays either side.
//
// etcd has the same channels in its struct node (node.go), under the same names, and two
// more: confc and confstatec, for changes of the cluster's members. They come with the
// chapter on membership, because a raft of one has no configuration that could change.
//
// Tested by node/front_door_test.cpp.
#pragma once

#include "base/error.hpp"
#include "csp/channel.hpp"
#include "raftpb/message.hpp"
#if STAGE >= RUN_LOOP
#include "raft/ready.hpp"
#include "raft/status.hpp"
#endif

namespace node {

using base::Error;
using csp::Channel;
using csp::Unit;

/// A proposal on its way in, and the place for the loop's verdict.
struct Proposal {
  raftpb::Message message;
  Channel<Error> result;  ///< nil when nobody waits for the verdict
};

/// The channels between the callers and the loop. Capacity 0 is a hand-off, not a queue.
struct Doors {
  /// Proposals. The loop receives only while there is a leader to propose to.
  Channel<Proposal> propc = Channel<Proposal>::make(0, "propc");

  /// All other messages. The loop always receives: they may be what makes a leader.
  Channel<raftpb::Message> recvc = Channel<raftpb::Message>::make(0, "recvc");

  /// Closed by the loop as its last act. Nothing is ever sent.
  Channel<Unit> done = Channel<Unit>::make(0, "done");
#if STAGE >= RUN_LOOP

  /// What the core wants done. The loop offers one only when the last one was advanced.
  Channel<raft::ReadyPtr> readyc = Channel<raft::ReadyPtr>::make(0, "readyc");

  /// The application has done what the Ready asked for.
  Channel<Unit> advancec = Channel<Unit>::make(0, "advancec");

  /// Time. 128 ticks may wait while the loop is busy; a clock must not.
  Channel<Unit> tickc = Channel<Unit>::make(128, "tickc");

  /// Questions, each of which brings the channel for its answer.
  Channel<Channel<raft::Status>> status =
      Channel<Channel<raft::Status>>::make(0, "status");

  /// The request to stop.
  Channel<Unit> stop = Channel<Unit>::make(0, "stop");
#endif
};

}  // namespace node
