// Everything that a node is told before it starts. Names and defaults are those of etcd's
// Config in raft.go.
//
// Time is counted in ticks, and a tick lasts as long as the application likes: etcd's
// server ticks every 100 ms. Sizes are bytes. Tested by raft/raft_of_one_test.cpp.
#pragma once

#include <cstdint>
#include <string>

#include "raft/logger.hpp"
#include "raft/util.hpp"
#if STAGE >= ELECTION
#include <cstddef>
#include <limits>
#include <memory>

#include "raft/storage.hpp"
#endif

namespace raft {

/// What the node needs to know. More fields come with what they configure.
struct Config {
  /// The node's own id; not kNone, and not one of the two storage threads.
  NodeId id = kNone;

  /// So many ticks without a leader, and the node campaigns. Positive.
  int electionTick = 10;
#if STAGE >= ELECTION

  /// A leader sends heartbeats every so many ticks. Positive, and less than electionTick:
  /// ten times less is a good choice.
  int heartbeatTick = 1;

  /// Where the log and the hard state were saved, and are read back from. The application
  /// writes to it; Raft only reads.
  std::shared_ptr<Storage> storage = nullptr;

  /// The last index that the application has applied, when it starts again. Entries up to
  /// it are not handed out once more.
  Index applied = 0;

  /// The entries of one MsgApp take no more bytes than this, as the wire counts them; one
  /// entry always fits. 0 means one entry a message.
  std::uint64_t maxSizePerMsg = std::numeric_limits<std::uint64_t>::max();

  /// No more bytes of committed entries are handed out, and not yet applied, than this; 0
  /// means as much as maxSizePerMsg.
  std::uint64_t maxCommittedSizePerReady = 0;
#endif

  /// The leader refuses a proposal that would lift the bytes of its unapplied proposals
  /// above this. An empty tail takes a proposal of any size; 0 means no limit.
  std::uint64_t maxUncommittedEntriesSize = 0;
#if STAGE >= ELECTION

  /// So many MsgApps may be on their way to one follower, unanswered. Positive.
  std::size_t maxInflightMsgs = 256;

  /// So many bytes of entries may be on their way to one follower; 0 means no limit.
  std::uint64_t maxInflightBytes = 0;

  /// A follower drops a proposal instead of forwarding it to its leader.
  bool disableProposalForwarding = false;

  /// What the randomised timeouts are drawn from, together with the id. The same seed
  /// gives the same timeouts, and with the same messages the same run.
  std::uint64_t seed = 0;
#endif

  /// Where log lines go; nowhere by default.
  Logger logger = [](Level, const std::string&) {};
};

}  // namespace raft
