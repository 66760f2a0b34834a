// From a ConfState back to members: what a node does when it starts, or when a snapshot
// replaces its log.
//
// The one idea: take the steps that lead there, from nothing, with the Changer. Then what
// is restored keeps every rule that the steps keep, and none is written down twice.
//
// etcd: confchange/restore.go. Tested by raft/confchange/restore_test.cpp.
#pragma once

#include "raft/confchange/confchange.hpp"

namespace raft::confchange {

/// The members that `state` describes. The changer's own members are empty.
base::Result<Members> restore(Changer changer, const raftpb::ConfState& state);

}  // namespace raft::confchange
