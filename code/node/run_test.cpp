// The whole node: callers on one side, the application on the other, the loop between
// them.
//
// Nothing here sleeps. The tests keep a copy of the node's Doors and look at who waits
// there. To hold the loop still in the middle of a turn they give it a logger that
// blocks.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <future>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "csp/select.hpp"
#include "csp/wait_until.hpp"
#include "node/alone_test.hpp"
#include "node/node.hpp"

namespace {

using base::Errc;
using base::Error;
using csp::Channel;
using csp::Context;
using csp::Unit;
using csp::waitUntil;
using node::Doors;
using node::Node;
using raft::HardState;
using raft::Ready;
using raft::ReadyPtr;
using raft::SoftState;
using raft::StateType;
using raftpb::Message;
using raftpb::MessageType;
using std::chrono::milliseconds;

raftpb::Entry entry(raft::Term term, raft::Index index, std::string data = "") {
  return {.term = term, .index = index, .data = std::move(data)};
}

Message proposal(std::string data) {
  Message m{.type = MessageType::MsgProp};
  m.entries.push_back({.data = std::move(data)});
  return m;
}

class Run : public testing::Test, public node::test::Alone {
 protected:
  void startAsLeader(raft::Config config = {.id = 1}) {
    start(std::move(config));
    becomeLeader();
  }

  std::future<Error> propose(Context ctx, std::string data) {
    return std::async(std::launch::async,
                      [this, ctx, data] { return node->propose(ctx, data); });
  }
  // The loop has done what it could and waits for the next caller.
  void untilTheLoopIsIdle() {
    waitUntil([&] { return doors.stop.waitingReceivers() == 1; });
  }
  void untilAProposerIsParked() {
    waitUntil([&] { return doors.propc.waitingSenders() == 1; });
  }
  bool aReadyIsOnOffer() {
    node->status();  // the loop has ended the turn it was in
    untilTheLoopIsIdle();
    return doors.readyc.waitingSenders() == 1;
  }
};

// A logger that can hold the loop still: it stops at the first line that contains a word,
// says so, and goes on when told.
struct Brake {
  Channel<Unit> holding = Channel<Unit>::make(0, "holding");
  Channel<Unit> goOn = Channel<Unit>::make(0, "goOn");
  std::shared_ptr<std::atomic<int>> warnings = std::make_shared<std::atomic<int>>(0);

  raft::Logger at(std::string word) const {
    return [*this, word](raft::Level level, const std::string& line) {
      if (line.find("A tick missed to fire") != std::string::npos) ++*warnings;
      if (level == raft::Level::Debug || line.find(word) == std::string::npos) return;
      holding.send({});
      goOn.recv();
    };
  }
};

// ---- starting, electing, committing ----

TEST_F(Run, StartsWithoutALeaderAndWithNothingToDo) {
  start();
  EXPECT_EQ(node->status(), (raft::Status{.id = 1}));
  EXPECT_FALSE(aReadyIsOnOffer());
}

TEST_F(Run, TellsAnElectionAndAProposalInFiveReadies) {
  start();
  EXPECT_EQ(node->campaign(forever), Error());
  EXPECT_EQ(*turn(), (Ready{.softState = SoftState{0, StateType::StateCandidate},
                            .hardState = HardState{.term = 1, .vote = 1, .commit = 0},
                            .mustSync = true}));
  EXPECT_EQ(*turn(), (Ready{.softState = SoftState{1, StateType::StateLeader},
                            .entries = {entry(1, 1)},
                            .mustSync = true}));
  EXPECT_EQ(*turn(), (Ready{.hardState = HardState{.term = 1, .vote = 1, .commit = 1},
                            .committedEntries = {entry(1, 1)}}));

  EXPECT_EQ(node->propose(forever, "color=blue"), Error());
  EXPECT_EQ(*turn(), (Ready{.entries = {entry(1, 2, "color=blue")}, .mustSync = true}));
  EXPECT_EQ(*turn(), (Ready{.hardState = HardState{.term = 1, .vote = 1, .commit = 2},
                            .committedEntries = {entry(1, 2, "color=blue")}}));
  EXPECT_FALSE(aReadyIsOnOffer());
}

TEST_F(Run, CampaignsByItselfWhenTheElectionTimeoutRunsOut) {
  start({.id = 1, .electionTick = 3});
  node->tick();
  node->tick();
  waitUntil([&] { return doors.tickc.size() == 0; });
  EXPECT_FALSE(aReadyIsOnOffer());
  while (!aReadyIsOnOffer()) node->tick();
  EXPECT_EQ(turn()->hardState, (HardState{.term = 1, .vote = 1, .commit = 0}));
}

TEST_F(Run, LogsTheLeaderItElected) {
  const auto lines = Channel<std::string>::make(32);
  start({.id = 0x1a,
         .logger = [lines](raft::Level, const std::string& line) { lines.send(line); }});
  EXPECT_EQ(node->campaign(forever), Error());
  turn();
  node->stop();
  lines.close();
  std::vector<std::string> told;
  while (const auto line = lines.recv()) told.push_back(*line);
  EXPECT_EQ(told.back(), "raft.node: 1a elected leader 1a at term 1");
  EXPECT_EQ(std::ranges::count(told, "1a became candidate at term 1"), 1);
  EXPECT_EQ(std::ranges::count(told, "1a became leader at term 1"), 1);
}

TEST_F(Run, StatusTellsWhoLeadsAndHowFarWeAre) {
  startAsLeader();
  EXPECT_EQ(node->status(), (raft::Status{
                                .id = 1,
                                .hardState = {.term = 1, .vote = 1, .commit = 1},
                                .softState = {1, StateType::StateLeader},
                                .applied = 1,
                            }));
}

// The test plays the loop. With room for the answer, it need not wait for the caller to
// come and fetch it.
TEST(StatusWithoutALoop, BringsRoomForItsAnswer) {
  const Doors doors;
  Node node(doors);
  auto status = std::async(std::launch::async, [&] { return node.status(); });
  const auto reply = *doors.status.recv();
  EXPECT_EQ(reply.capacity(), 1u);
  reply.send({.id = 7});
  EXPECT_EQ(status.get().id, 7u);
}

// ---- proposals ----

// INV-RUN_LOOP-3
TEST_F(Run, AProposalWaitsUntilThereIsALeader) {
  start();
  auto verdict = propose(forever, "color=blue");
  untilAProposerIsParked();
  node->status();  // the loop turns, and still does not take it
  untilTheLoopIsIdle();
  EXPECT_EQ(doors.propc.waitingSenders(), 1u);

  EXPECT_EQ(node->campaign(forever), Error());
  turn();  // the vote is written: there is a leader
  EXPECT_EQ(verdict.get(), Error());
}

// INV-RUN_LOOP-3
TEST_F(Run, AProposalWithoutALeaderGivesUpWithItsContext) {
  start();
  const auto [ctx, cancel] = csp::withTimeout(csp::background(), milliseconds(5));
  EXPECT_EQ(node->propose(ctx, "color=blue"), Errc::DeadlineExceeded);
}

TEST_F(Run, OnlyAWaitingProposerLearnsThatItWasDropped) {
  startAsLeader({.id = 1, .maxUncommittedEntriesSize = 8});
  EXPECT_EQ(node->propose(forever, "12345678"), Error());
  EXPECT_EQ(node->propose(forever, "dropped"), Errc::ProposalDropped);
  EXPECT_EQ(node->step(forever, proposal("dropped")),
            Error());  // as silent as a lost message

  EXPECT_EQ(turn()->entries, std::vector{entry(1, 2, "12345678")});
  EXPECT_EQ(turn()->entries.size(), 0u);
}

// INV-FRONT_DOOR-4
TEST_F(Run, ANilErrorIsNotACommit) {
  startAsLeader();
  EXPECT_EQ(node->propose(forever, "color=blue"), Error());
  EXPECT_EQ(node->status().hardState.commit, 1u);  // the leader's own entry, no more

  turn();  // written
  EXPECT_EQ(node->status().hardState.commit, 2u);
  EXPECT_EQ(node->status().applied, 1u);
  turn();  // applied
  EXPECT_EQ(node->status().applied, 2u);
}

// INV-FRONT_DOOR-2
TEST_F(Run, TheLoopGoesOnWhenAProposerWalksAway) {
  const Brake brake;
  startAsLeader(
      {.id = 1, .maxUncommittedEntriesSize = 1, .logger = brake.at("proposal")});
  EXPECT_EQ(node->propose(forever, "fills the tail"), Error());

  const auto [ctx, cancel] = csp::withCancel(csp::background());
  auto verdict = propose(ctx, "refused");
  brake.holding.recv();  // the loop has taken it, and is about to refuse it
  cancel();
  EXPECT_EQ(verdict.get(), Errc::Canceled);  // the proposer is gone
  brake.goOn.send({});                       // now the loop answers nobody

  EXPECT_EQ(node->status().id, 1u);  // and is there for the next one
}

TEST_F(Run, ResponsesOfStrangersDoNoHarm) {
  startAsLeader();
  EXPECT_EQ(node->step(forever, {.type = MessageType::MsgAppResp, .from = 9}), Error());
  EXPECT_EQ(node->step(forever, {.type = MessageType::MsgVoteResp, .from = 9, .term = 5}),
            Error());
  EXPECT_EQ(node->status().hardState.term, 1u);
  EXPECT_FALSE(aReadyIsOnOffer());
}

// ---- Ready and Advance ----

template <class Handle>
concept Closes = requires(Handle handle) { handle.close(); };

TEST_F(Run, TheApplicationCanOnlyReceiveItsReadies) {
  static_assert(!Closes<decltype(std::declval<Node&>().ready())>);
  static_assert(
      !std::is_convertible_v<decltype(std::declval<Node&>().ready()), Channel<ReadyPtr>>);
}

// INV-RUN_LOOP-2
TEST_F(Run, OneReadyIsOutAtATime) {
  startAsLeader();
  EXPECT_EQ(node->propose(forever, "a"), Error());
  EXPECT_EQ(take()->entries, std::vector{entry(1, 2, "a")});

  EXPECT_EQ(node->propose(forever, "b"), Error());  // proposals are still taken
  EXPECT_FALSE(aReadyIsOnOffer());                  // Readies are not given

  node->advance();
  const ReadyPtr next = turn();
  EXPECT_EQ(next->entries, std::vector{entry(1, 3, "b")});
  EXPECT_EQ(next->committedEntries, std::vector{entry(1, 2, "a")});
}

TEST_F(Run, ProposalsPileUpInOneReadyWhileNobodyTakesIt) {
  startAsLeader();
  for (const char* data : {"a", "b", "c"})
    EXPECT_EQ(node->propose(forever, data), Error());
  EXPECT_EQ(turn()->entries.size(), 3u);
}

// INV-RUN_LOOP-2
TEST_F(Run, AnAdvanceWithNothingOutWaits) {
  start();
  auto advanced = std::async(std::launch::async, [&] { node->advance(); });
  waitUntil([&] { return doors.advancec.waitingSenders() == 1; });
  node->status();  // the loop turns, and does not take it
  untilTheLoopIsIdle();
  EXPECT_EQ(doors.advancec.waitingSenders(), 1u);
  node->stop();
  advanced.get();
}

// ---- ticks ----

// INV-RUN_LOOP-4
TEST_F(Run, TicksPast128AreDroppedWithAWarning) {
  const Brake brake;
  start({.id = 1, .electionTick = 1000, .logger = brake.at("became candidate")});
  EXPECT_EQ(node->campaign(forever), Error());
  brake.holding.recv();  // the loop stands still

  for (int i = 0; i < 128; ++i) node->tick();
  EXPECT_EQ(doors.tickc.size(), 128u);
  EXPECT_EQ(*brake.warnings, 0);

  for (int i = 0; i < 3; ++i) node->tick();  // returns, though nobody takes it
  EXPECT_EQ(doors.tickc.size(), 128u);
  EXPECT_EQ(*brake.warnings, 3);

  brake.goOn.send({});  // the loop catches up with those that waited
  waitUntil([&] { return doors.tickc.size() == 0; });
}

// INV-RUN_LOOP-4
TEST_F(Run, ATickAfterTheStopNeitherBlocksNorWarns) {
  const Brake brake;
  start({.id = 1, .logger = brake.at("nothing")});
  node->stop();
  for (int i = 0; i < 1000; ++i) node->tick();
  EXPECT_EQ(*brake.warnings, 0);
}

// ---- everybody at once ----

// The sanitizer of threads watches this one: were the raft reached from two threads, it
// would say so. Every proposal that was answered with nil comes out exactly once, in one
// order. INV-RUN_LOOP-1
TEST_F(Run, ManyCallersAtOnceMeetOnlyAtTheDoors) {
  constexpr int kProposers = 4;
  constexpr int kEach = 100;
  startAsLeader();

  std::vector<std::thread> callers;
  for (int p = 0; p < kProposers; ++p) {
    callers.emplace_back([this, p] {
      for (int i = 0; i < kEach; ++i) {
        EXPECT_EQ(node->propose(forever, std::to_string(p * kEach + i)), Error());
      }
    });
  }
  callers.emplace_back([this] {
    for (int i = 0; i < kEach; ++i) {
      node->tick();
      EXPECT_EQ(node->status().id, 1u);
      EXPECT_EQ(node->campaign(forever), Error());  // it leads already: no effect
    }
  });

  std::map<std::string, int> applied;
  raft::Index next = 2;
  while (next < 2 + kProposers * kEach) {
    const ReadyPtr rd = turn();
    for (const raftpb::Entry& e : rd->committedEntries) {
      EXPECT_EQ(e.index, next++);
      ++applied[std::string(e.data)];
    }
  }
  for (std::thread& caller : callers) caller.join();

  EXPECT_EQ(applied.size(), static_cast<std::size_t>(kProposers * kEach));
  for (const auto& [data, times] : applied) EXPECT_EQ(times, 1) << data;
}

}  // namespace
