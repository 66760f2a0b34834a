// The Ready that changed: one turn of the loop at a time, without a thread.
#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "node/loop.hpp"

namespace {

using base::Error;
using node::Doors;
using node::Loop;
using node::Proposal;
using raftpb::MessageType;

class QuietAfternoon : public testing::Test {
 protected:
  void campaign() { loop.step({.type = MessageType::MsgHup}); }
  void propose(std::string data) {
    Proposal p{.message = {.type = MessageType::MsgProp},
               .result = csp::Channel<Error>::make(1)};
    p.message.entries.push_back({.data = std::move(data)});
    loop.propose(p);
    EXPECT_EQ(*p.result.recv(), Error());
  }
  // The application takes a Ready and says at once that it is done.
  void turn() {
    loop.openDoors();
    loop.handOver();
    loop.openDoors();
    loop.advance();
  }
  void becomeLeader() {
    campaign();
    turn();  // the vote
    turn();  // the empty entry
    turn();  // its commit
    loop.openDoors();
  }

  Doors doors;
  Loop loop{raft::RawNode({.id = 1}), doors, [](raft::Level, const std::string&) {}};
};
using BusyAfternoon = QuietAfternoon;

TEST_F(QuietAfternoon, NothingToDoAndNothingOffered) {
  loop.openDoors();
  EXPECT_FALSE(loop.readyc) << "there is nothing to do, and a Ready is offered";
  campaign();
  loop.openDoors();
  EXPECT_TRUE(loop.readyc) << "there is a vote to write, and no Ready is offered";
}

TEST_F(QuietAfternoon, AReadyThatNobodyTookGrows) {
  becomeLeader();
  propose("a");
  loop.openDoors();
  propose("b");
  loop.openDoors();
  ASSERT_TRUE(loop.rd);
  EXPECT_EQ(loop.rd->entries.size(), 2u)
      << "nobody has taken the Ready: the one on offer should hold both entries";
}

TEST_F(QuietAfternoon, TheNextReadyComesAfterTheAdvance) {
  becomeLeader();
  propose("a");
  turn();
  loop.openDoors();
  EXPECT_FALSE(loop.advancec) << "the last Ready was advanced: no other is out";
  ASSERT_TRUE(loop.readyc) << "`a` is written and has to be applied: offer a Ready";
  EXPECT_EQ(loop.rd->committedEntries.size(), 1u);
}

// INV-RUN_LOOP-2
TEST_F(BusyAfternoon, WhatIsOutStaysAsItWas) {
  becomeLeader();
  propose("a");
  loop.openDoors();
  const raft::ReadyPtr out = loop.rd;
  loop.handOver();

  propose("b");  // the application is still writing `a`
  loop.openDoors();
  EXPECT_FALSE(loop.readyc) << "a Ready is out, and another is offered";
  EXPECT_EQ(loop.rd, out) << "the Ready changed under the application that is writing it";
}

// INV-RUN_LOOP-2
TEST_F(BusyAfternoon, OnlyWhatTheApplicationWroteIsCommitted) {
  becomeLeader();
  propose("a");
  loop.openDoors();
  loop.handOver();
  propose("b");
  loop.openDoors();
  loop.advance();  // `a` is written; nobody has seen `b`

  loop.openDoors();
  ASSERT_TRUE(loop.rd);
  ASSERT_EQ(loop.rd->committedEntries.size(), 1u);
  EXPECT_EQ(loop.rd->committedEntries[0].data, "a");
  ASSERT_EQ(loop.rd->entries.size(), 1u);
  EXPECT_EQ(loop.rd->entries[0].data, "b");
}

}  // namespace
