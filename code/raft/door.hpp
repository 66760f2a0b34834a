// The core's door to other nodes: what of their messages is let in.
//
// A message from outside is somebody's word. Most of it can't be checked: whether it is
// of the node that it names, whether the leader's log is what the entries say. What can
// be seen in the message alone, and costs nothing, is looked at here, before it moves a
// term or a log. docs/reference/what-the-core-trusts says who must see to the rest.
//
// etcd refuses local types here (rawnode.go) and a wrong `to` in its server
// (server.go, since etcd#17078). The other two it lets in.
//
// Tested by raft/door_test.cpp.
#pragma once

#include "base/error.hpp"
#include "raft/util.hpp"

namespace raft {

/// May node `self` take this message from another node? Nil if so. Errc::StepLocalMsg: no
/// other node may say this. Errc::StepMisdelivered: it is for somebody else.
/// Errc::StepMalformed: it has no term, or its entries do not follow each other.
base::Error mayEnter(const raftpb::Message& m, NodeId self);

}  // namespace raft
