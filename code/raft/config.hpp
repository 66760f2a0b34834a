// Everything that a node is told before it starts. Names and defaults are those of etcd's
// Config in raft.go. Tested by raft/raft_of_one_test.cpp.
#pragma once

#include <cstdint>
#include <string>

#include "raft/logger.hpp"
#include "raft/util.hpp"

namespace raft {

/// What the node needs to know. More fields come with what they configure.
struct Config {
  /// The node's own id; not kNone, and not one of the two storage threads.
  NodeId id = kNone;

  /// So many ticks without a leader, and the node campaigns. Positive.
  int electionTick = 10;

  /// The leader refuses a proposal that would lift the bytes of its unapplied proposals
  /// above this. An empty tail takes a proposal of any size; 0 means no limit.
  std::uint64_t maxUncommittedEntriesSize = 0;

  /// Where log lines go; nowhere by default.
  Logger logger = [](Level, const std::string&) {};
};

}  // namespace raft
