// One turn at a time, without a thread: which doors are open, and what each leads to.
#include "node/loop.hpp"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "node/alone_test.hpp"

namespace {

using base::Errc;
using base::Error;
using node::Doors;
using node::Loop;
using node::Proposal;
using raftpb::Message;
using raftpb::MessageType;

class LoopTurn : public testing::Test {
 protected:
  LoopTurn()
      : logger([this](raft::Level, const std::string& line) { lines.push_back(line); }) {}

  // The application's part of one Ready.
  void handOverAndAdvance() {
    loop.openDoors();
    loop.handOver();
    loop.openDoors();
    disk.write(*loop.rd);
    loop.advance();
  }
  void becomeLeader() {
    loop.step({.type = MessageType::MsgHup});
    handOverAndAdvance();  // the vote
    handOverAndAdvance();  // the empty entry
    handOverAndAdvance();  // its commit
    loop.openDoors();
  }
  raft::Status status() {
    const auto reply = csp::Channel<raft::Status>::make(1);
    loop.report(reply);
    return *reply.recv();
  }
  Error propose(std::string data) {
    Proposal p{.message = {.type = MessageType::MsgProp},
               .result = csp::Channel<Error>::make(1)};
    p.message.entries.push_back({.data = std::move(data)});
    loop.propose(p);
    return *p.result.recv();
  }

  std::vector<std::string> lines;
  raft::Logger logger;
  Doors doors;
  node::test::Disk disk;
  Loop loop{raft::RawNode(disk.of({.id = 1, .maxUncommittedEntriesSize = 8})), doors,
            logger};
};

// INV-RUN_LOOP-3
TEST_F(LoopTurn, PropcIsNilUntilThereIsALeader) {
  loop.openDoors();
  EXPECT_FALSE(loop.propc);

  loop.step({.type = MessageType::MsgHup});
  loop.openDoors();
  EXPECT_FALSE(loop.propc);  // a candidate is not a leader

  handOverAndAdvance();
  loop.openDoors();
  EXPECT_EQ(loop.propc, doors.propc);
  loop.openDoors();  // the same leader is no news
  EXPECT_EQ(lines, std::vector<std::string>{"raft.node: 1 elected leader 1 at term 1"});
}

// INV-RUN_LOOP-2
TEST_F(LoopTurn, ReadycAndAdvancecAreNeverOpenTogether) {
  loop.openDoors();
  EXPECT_FALSE(loop.readyc);  // nothing to do yet
  EXPECT_FALSE(loop.advancec);

  loop.step({.type = MessageType::MsgHup});
  loop.openDoors();
  EXPECT_EQ(loop.readyc, doors.readyc);  // a Ready is on offer
  EXPECT_FALSE(loop.advancec);

  loop.handOver();
  loop.openDoors();
  EXPECT_FALSE(loop.readyc);  // it is out
  EXPECT_EQ(loop.advancec, doors.advancec);

  disk.write(*loop.rd);
  loop.advance();
  loop.openDoors();
  EXPECT_EQ(loop.readyc, doors.readyc);  // the next one: the leader's empty entry
  EXPECT_FALSE(loop.advancec);
}

// INV-RUN_LOOP-2
TEST_F(LoopTurn, NothingNewIsOfferedWhileAReadyIsOut) {
  becomeLeader();
  EXPECT_EQ(propose("a"), Error());
  loop.openDoors();
  loop.handOver();

  EXPECT_EQ(propose("b"), Error());  // stepped, though the application is busy
  loop.openDoors();
  EXPECT_FALSE(loop.readyc);
  EXPECT_EQ(loop.rd->entries.size(), 1u);  // and what is out did not change
}

// A disk may be slow, but time goes on: nobody answers within an election timeout, so the
// node stands again while its first vote is still being written.
TEST_F(LoopTurn, TimeGoesOnWhileAReadyIsOut) {
  loop.step({.type = MessageType::MsgHup});
  loop.openDoors();
  loop.handOver();
  for (int i = 0; i < 2 * raft::Config().electionTick; ++i) {
    loop.openDoors();
    loop.tick();
  }
  EXPECT_GE(status().hardState.term, 2u);
}

#if STAGE >= READY
// INV-RUN_LOOP-3
TEST_F(LoopTurn, PropcIsNilAgainWhenTheLeaderIsLost) {
  becomeLeader();
  EXPECT_EQ(loop.propc, doors.propc);

  loop.step({.type = MessageType::MsgVote, .from = 2, .term = 5});
  loop.openDoors();
  EXPECT_FALSE(loop.propc);
  loop.openDoors();  // nor is this news a second time
  becomeLeader();
  EXPECT_EQ(loop.propc, doors.propc);
  EXPECT_EQ(lines, (std::vector<std::string>{
                       "raft.node: 1 elected leader 1 at term 1",
                       "raft.node: 1 lost leader 1 at term 5",
                       "raft.node: 1 elected leader 1 at term 6",
                   }));
}

// It came through us, and the leader's answer should too.
TEST_F(LoopTurn, AFollowerForwardsAProposalInItsOwnName) {
  loop.step({.type = MessageType::MsgHeartbeat, .from = 2, .term = 5});
  Proposal p{.message = {.type = MessageType::MsgProp, .from = 3}, .result = nullptr};
  p.message.entries.push_back({.data = "color=blue"});
  loop.propose(p);

  loop.openDoors();
  const Message forwarded = loop.rd->messages.back();
  EXPECT_EQ(forwarded.type, MessageType::MsgProp);
  EXPECT_EQ(forwarded.to, 2u);
  EXPECT_EQ(forwarded.from, 1u);
}

#endif
TEST_F(LoopTurn, AReadyThatNobodyTakesGrows) {
  becomeLeader();
  EXPECT_EQ(propose("a"), Error());
  loop.openDoors();
  EXPECT_EQ(loop.rd->entries.size(), 1u);
  EXPECT_EQ(propose("b"), Error());
  loop.openDoors();
  EXPECT_EQ(loop.rd->entries.size(), 2u);
}

TEST_F(LoopTurn, AVerdictIsOnlySentToThoseWhoWait) {
  becomeLeader();
  EXPECT_EQ(propose("12345678"), Error());
  EXPECT_EQ(propose("one too many"), Errc::ProposalDropped);

  Proposal silent{.message = {.type = MessageType::MsgProp}, .result = nullptr};
  silent.message.entries.push_back({.data = "one too many"});
  loop.propose(silent);  // refused as well, and nobody to tell
}

// Every message that gets through leaves a line in the raft's log: these are of terms
// that are news to it.
TEST(Loop, ResponsesOfStrangersNeverReachTheRaft) {
  std::size_t lines = 0;
  const auto logger = [&](raft::Level, const std::string&) { ++lines; };
  node::test::Disk disk;
  Loop loop(raft::RawNode(disk.of({.id = 1, .logger = logger})), Doors(), logger);
  const auto reaches = [&](Message m) {
    const std::size_t before = lines;
    loop.step(std::move(m));
    return lines > before;
  };

  EXPECT_FALSE(reaches({.type = MessageType::MsgAppResp, .from = 2, .term = 5}));
  // Not a response; not a stranger; not another node.
  EXPECT_TRUE(reaches({.type = MessageType::MsgHeartbeat, .from = 2, .term = 6}));
  EXPECT_TRUE(reaches({.type = MessageType::MsgAppResp, .from = 1, .term = 7}));
  EXPECT_TRUE(reaches({.type = MessageType::MsgStorageAppendResp,
                       .from = raft::kLocalAppendThread,
                       .term = 8}));
}

TEST(Loop, TellsEveryChangeOfLeader) {
  using node::describeLeaderChange;
  EXPECT_EQ(describeLeaderChange(0x1a, 0, 2, 5),
            "raft.node: 1a elected leader 2 at term 5");
  EXPECT_EQ(describeLeaderChange(1, 2, 0x1a, 6),
            "raft.node: 1 changed leader from 2 to 1a at term 6");
  EXPECT_EQ(describeLeaderChange(1, 2, 0, 7), "raft.node: 1 lost leader 2 at term 7");
}

}  // namespace
