// Sorting messages: which may come from another node, and which answer something.
//
// Two sets guard the node's door. A *local* message is a note that a node writes to
// itself; one that arrives from the network is a mistake or worse, and is not let in. A
// *response* only makes sense from a node that was asked. etcd keeps the same sets in
// util.go.
//
// Tested by raft/util_test.cpp.
#pragma once

#include <limits>

#include "raftpb/message.hpp"

namespace raft {

using raftpb::Index;
using raftpb::NodeId;
using raftpb::Term;

/// Nobody: the id of no node, and the leader while there is none.
inline constexpr NodeId kNone = 0;

/// The thread that writes the log, as a sender. It belongs to the node, and is no node.
inline constexpr NodeId kLocalAppendThread = std::numeric_limits<NodeId>::max();

/// The thread that applies entries, as a sender.
inline constexpr NodeId kLocalApplyThread = kLocalAppendThread - 1;

/// May only come from the node itself.
bool isLocalMsg(raftpb::MessageType type);

/// Answers an earlier message, so its sender must be a node that we talk to.
bool isResponseMsg(raftpb::MessageType type);

/// Is this one of the two storage threads?
bool isLocalMsgTarget(NodeId id);

}  // namespace raft
