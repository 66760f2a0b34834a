// Is a Config one that a node can run with? Asked once, before the node is made, so that
// a slip of the pen is a sentence and not a strange cluster. etcd: Config.validate in
// raft.go. Tested by raft/validate_test.cpp.
#pragma once

#include <string_view>

#include "raft/config.hpp"

namespace raft {

/// What is wrong with `config`, in etcd's words; empty when nothing is.
std::string_view validate(const Config& config);

/// A copy in which the limits that 0 stands for are numbers.
Config withDefaults(Config config);

}  // namespace raft
