// What a node tells about itself when asked. etcd: status.go. Tested by
// raft/raft_of_one_test.cpp.
#pragma once

#include "raft/ready.hpp"

namespace raft {

/// A copy, true at the moment it was made. An id of kNone: there was no node to ask.
struct Status {
  NodeId id = kNone;
  HardState hardState = {};
  SoftState softState = {};
  Index applied = 0;

  bool operator==(const Status&) const = default;
};

}  // namespace raft
