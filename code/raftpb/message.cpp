// The names of the message types. Tested by raftpb/message_test.cpp.
#include "raftpb/message.hpp"

#include <array>

#include "base/check.hpp"

namespace raftpb {
namespace {

// In the order of their numbers, so that a number is the place of its name.
constexpr std::array<std::string_view, 24> kNames = {
    "MsgHup",
    "MsgBeat",
    "MsgProp",
    "MsgApp",
    "MsgAppResp",
    "MsgVote",
    "MsgVoteResp",
    "MsgSnap",
    "MsgHeartbeat",
    "MsgHeartbeatResp",
    "MsgUnreachable",
    "MsgSnapStatus",
    "MsgCheckQuorum",
    "MsgTransferLeader",
    "MsgTimeoutNow",
    "MsgReadIndex",
    "MsgReadIndexResp",
    "MsgPreVote",
    "MsgPreVoteResp",
    "MsgStorageAppend",
    "MsgStorageAppendResp",
    "MsgStorageApply",
    "MsgStorageApplyResp",
    "MsgForgetLeader",
};

}  // namespace

std::string_view name(MessageType type) {
  const auto number = static_cast<std::size_t>(type);
  RAFT_CHECK(number < kNames.size(), "a message type is one of the 24");
  return kNames[number];
}

}  // namespace raftpb
