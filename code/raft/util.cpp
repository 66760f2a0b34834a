// The two sets of message types. Tested by raft/util_test.cpp.
#include "raft/util.hpp"

namespace raft {

using enum raftpb::MessageType;

bool isLocalMsg(raftpb::MessageType type) {
  switch (type) {
    case MsgHup:
    case MsgBeat:
    case MsgUnreachable:
    case MsgSnapStatus:
    case MsgCheckQuorum:
    case MsgStorageAppend:
    case MsgStorageAppendResp:
    case MsgStorageApply:
    case MsgStorageApplyResp:
      return true;
    default:
      return false;
  }
}

bool isResponseMsg(raftpb::MessageType type) {
  switch (type) {
    case MsgAppResp:
    case MsgVoteResp:
    case MsgHeartbeatResp:
    case MsgUnreachable:  // the transport's answer to "send this"
    case MsgReadIndexResp:
    case MsgPreVoteResp:
    case MsgStorageAppendResp:
    case MsgStorageApplyResp:
      return true;
    default:
      return false;
  }
}

bool isLocalMsgTarget(NodeId id) {
  return id == kLocalAppendThread || id == kLocalApplyThread;
}

}  // namespace raft
