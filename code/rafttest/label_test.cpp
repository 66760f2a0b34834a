#include "rafttest/label.hpp"

#include <gtest/gtest.h>

namespace {

using raftpb::Entry;
using raftpb::Message;
using raftpb::MessageType;
using rafttest::label;

TEST(Label, SaysWhatAnAppendBuildsOn) {
  Message m{.type = MessageType::MsgApp, .term = 5, .logTerm = 4, .index = 12};
  m.commit = 11;
  EXPECT_EQ(label(m), "MsgApp 4/12 commit 11");
  m.entries = {Entry(), Entry()};
  EXPECT_EQ(label(m), "MsgApp 4/12 +2");
}

TEST(Label, SaysHowAnAppendWasAnswered) {
  Message m{.type = MessageType::MsgAppResp, .term = 5, .logTerm = 2, .index = 12};
  EXPECT_EQ(label(m), "MsgAppResp 12");
  m.reject = true;
  m.rejectHint = 9;
  EXPECT_EQ(label(m), "MsgAppResp no 12, hint 2/9");
}

TEST(Label, SaysTheTermOfAVote) {
  const Message asks{.type = MessageType::MsgVote, .term = 5, .logTerm = 4, .index = 12};
  EXPECT_EQ(label(asks), "MsgVote t5 4/12");
  Message answer{.type = MessageType::MsgVoteResp, .term = 5};
  EXPECT_EQ(label(answer), "MsgVoteResp t5 yes");
  answer.reject = true;
  EXPECT_EQ(label(answer), "MsgVoteResp t5 no");
}

TEST(Label, SaysTheRestShortly) {
  Message beat{.type = MessageType::MsgHeartbeat};
  beat.commit = 7;
  EXPECT_EQ(label(beat), "MsgHeartbeat commit 7");
  EXPECT_EQ(label({.type = MessageType::MsgHeartbeatResp}), "MsgHeartbeatResp");
  Message proposal{.type = MessageType::MsgProp};
  proposal.entries.push_back({.data = "blue"});
  EXPECT_EQ(label(proposal), "MsgProp blue");
}

}  // namespace
