#include "raft/message_kinds.hpp"

#include <gtest/gtest.h>

#include <set>

namespace {

using raftpb::MessageType;
using enum raftpb::MessageType;

constexpr int kTypes = 24;

/// Compares a predicate with the types for which it holds.
void expectOnly(bool (*predicate)(MessageType), const std::set<MessageType>& types) {
  for (int number = 0; number < kTypes; ++number) {
    const auto type = static_cast<MessageType>(number);
    EXPECT_EQ(predicate(type), types.contains(type)) << raftpb::name(type);
  }
}

TEST(MessageKinds, FourTypesAreAboutVotes) {
  expectOnly(raft::isAboutVotes, {MsgVote, MsgVoteResp, MsgPreVote, MsgPreVoteResp});
}

TEST(MessageKinds, TwoTypesMeanTheSameInEveryTerm) {
  expectOnly(raft::isForAnyTerm, {MsgProp, MsgReadIndex});
}

TEST(MessageKinds, ThreeTypesArePromises) {
  expectOnly(raft::isPromise, {MsgAppResp, MsgVoteResp, MsgPreVoteResp});
}

}  // namespace
