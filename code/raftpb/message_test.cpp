#include "raftpb/message.hpp"

#include <gtest/gtest.h>

#include <utility>

namespace {

using raftpb::Message;
using raftpb::MessageType;

// A number or a name that drifts from raft.proto breaks the talk with a real etcd.
TEST(MessageType, HasTheNumbersAndNamesOfRaftProto) {
  const std::pair<int, std::string_view> protocol[] = {
      {0, "MsgHup"},
      {1, "MsgBeat"},
      {2, "MsgProp"},
      {3, "MsgApp"},
      {4, "MsgAppResp"},
      {5, "MsgVote"},
      {6, "MsgVoteResp"},
      {7, "MsgSnap"},
      {8, "MsgHeartbeat"},
      {9, "MsgHeartbeatResp"},
      {10, "MsgUnreachable"},
      {11, "MsgSnapStatus"},
      {12, "MsgCheckQuorum"},
      {13, "MsgTransferLeader"},
      {14, "MsgTimeoutNow"},
      {15, "MsgReadIndex"},
      {16, "MsgReadIndexResp"},
      {17, "MsgPreVote"},
      {18, "MsgPreVoteResp"},
      {19, "MsgStorageAppend"},
      {20, "MsgStorageAppendResp"},
      {21, "MsgStorageApply"},
      {22, "MsgStorageApplyResp"},
      {23, "MsgForgetLeader"},
  };
  for (const auto& [number, expected] : protocol) {
    EXPECT_EQ(raftpb::name(static_cast<MessageType>(number)), expected);
  }
  EXPECT_EQ(static_cast<int>(MessageType::MsgProp), 2);
  EXPECT_EQ(static_cast<int>(MessageType::MsgSnapStatus), 11);
  EXPECT_EQ(static_cast<int>(MessageType::MsgForgetLeader), 23);
}

TEST(MessageType, OfAnotherVersionIsANumber) {
  EXPECT_EQ(raftpb::name(static_cast<MessageType>(24)), "24");
  EXPECT_EQ(raftpb::name(static_cast<MessageType>(-1)), "-1");
  EXPECT_EQ(raftpb::name(static_cast<MessageType>(1 << 30)), "1073741824");
}

TEST(Message, IsAValue) {
  Message proposal{.type = MessageType::MsgProp};
  proposal.entries.push_back({.data = "color=blue"});

  Message copy = proposal;
  EXPECT_EQ(copy, proposal);

  copy.entries[0].data = "color=red";
  EXPECT_NE(copy, proposal);
  EXPECT_EQ(proposal.entries[0].data, "color=blue");
}
#if STAGE >= MESSAGES

// Whoever reads bytes from outside pays this for each entry and response of no bytes.
TEST(Message, TakesThisMuchMemory) {
  if constexpr (sizeof(void*) == 8) {
    EXPECT_EQ(sizeof(raftpb::Entry), 32U);
    EXPECT_EQ(sizeof(Message), 152U);
  }
}
#endif

}  // namespace
