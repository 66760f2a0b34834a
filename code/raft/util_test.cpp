#include "raft/util.hpp"

#include <gtest/gtest.h>

#include <set>

namespace {

using raftpb::MessageType;
using enum raftpb::MessageType;

constexpr int kTypes = 24;

TEST(Util, NineTypesAreLocal) {
  const std::set<MessageType> local = {MsgHup,
                                       MsgBeat,
                                       MsgUnreachable,
                                       MsgSnapStatus,
                                       MsgCheckQuorum,
                                       MsgStorageAppend,
                                       MsgStorageAppendResp,
                                       MsgStorageApply,
                                       MsgStorageApplyResp};
  for (int number = 0; number < kTypes; ++number) {
    const auto type = static_cast<MessageType>(number);
    EXPECT_EQ(raft::isLocalMsg(type), local.contains(type)) << raftpb::name(type);
  }
}

TEST(Util, EightTypesAreResponses) {
  const std::set<MessageType> responses = {
      MsgAppResp,       MsgVoteResp,    MsgHeartbeatResp,     MsgUnreachable,
      MsgReadIndexResp, MsgPreVoteResp, MsgStorageAppendResp, MsgStorageApplyResp};
  for (int number = 0; number < kTypes; ++number) {
    const auto type = static_cast<MessageType>(number);
    EXPECT_EQ(raft::isResponseMsg(type), responses.contains(type)) << raftpb::name(type);
  }
}

TEST(Util, OnlyTheTwoStorageThreadsAreLocalTargets) {
  EXPECT_TRUE(raft::isLocalMsgTarget(raft::kLocalAppendThread));
  EXPECT_TRUE(raft::isLocalMsgTarget(raft::kLocalApplyThread));
  EXPECT_FALSE(raft::isLocalMsgTarget(raft::kNone));
  EXPECT_FALSE(raft::isLocalMsgTarget(1));
}

}  // namespace
