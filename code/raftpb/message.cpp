// The names of the message types. Tested by raftpb/message_test.cpp.
#include "raftpb/message.hpp"

#include <array>
#include <string_view>
#if STAGE >= MESSAGES
#include <tuple>

#include "raftpb/snapshot.hpp"
#endif

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

std::string name(MessageType type) {
  const auto number = static_cast<std::size_t>(type);
  if (number >= kNames.size()) return std::to_string(static_cast<std::int32_t>(type));
  return std::string(kNames[number]);
}
#if STAGE >= MESSAGES

std::string name(EntryType type) {
  constexpr std::array<std::string_view, 3> kTypes = {"EntryNormal", "EntryConfChange",
                                                      "EntryConfChangeV2"};
  const auto number = static_cast<std::size_t>(type);
  if (number >= kTypes.size()) return std::to_string(static_cast<std::int32_t>(type));
  return std::string(kTypes[number]);
}

bool Message::operator==(const Message& other) const {
  const auto fields = [](const Message& m) {
    return std::tie(m.type, m.to, m.from, m.term, m.logTerm, m.index, m.entries, m.commit,
                    m.vote, m.reject, m.rejectHint, m.context, m.responses);
  };
  const bool bothOrNone = (snapshot == nullptr) == (other.snapshot == nullptr);
  return fields(*this) == fields(other) && bothOrNone &&
         (snapshot == nullptr || *snapshot == *other.snapshot);
}
#endif

}  // namespace raftpb
