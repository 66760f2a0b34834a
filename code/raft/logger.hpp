// Where the node's log lines go: a function that the application brings.
//
// The core writes to no stream and no file; it has none. It hands a finished line to the
// Logger in its Config. Lines spell node ids in hexadecimal, as etcd does, so that both
// logs can be searched for the same words. Tested by raft/raft_of_one_test.cpp and
// node/run_test.cpp.
#pragma once

#include <functional>
#include <string>

#include "raft/util.hpp"

namespace raft {

/// How much a line matters.
enum class Level { Debug, Info, Warning };

/// Takes one line, without a newline. Several threads call it: the loop, and whoever
/// ticks.
using Logger = std::function<void(Level level, const std::string& line)>;

/// A node's id as log lines spell it.
std::string hex(NodeId id);

}  // namespace raft
