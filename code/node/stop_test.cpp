// The end of a node: who is released by it, and what a node says that has none.
#include <gtest/gtest.h>

#include <future>
#include <memory>
#include <optional>
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
using csp::waitUntil;
using raftpb::Message;
using raftpb::MessageType;

class Stop : public testing::Test, public node::test::Alone {
 protected:
  Stop() { start(); }
  bool isDone() {
    return csp::select(csp::recv(doors.done, [] { return true; }),
                       csp::otherwise([] { return false; }));
  }
};

TEST_F(Stop, HasEndedTheLoopWhenItReturns) {
  EXPECT_FALSE(isDone());
  node->stop();
  EXPECT_TRUE(isDone());
}

// The test plays the loop, to take the request and then take its time.
TEST(StopWithoutALoop, WaitsForDoneNotForTheHandOff) {
  const node::Doors doors;
  node::Node node(doors);
  std::thread loop([&] { doors.stop.recv(); });
  waitUntil([&] { return doors.stop.waitingReceivers() == 1; });

  std::thread stopping([&] { node.stop(); });
  loop.join();                                                    // it was heard
  waitUntil([&] { return doors.done.waitingReceivers() == 1; });  // and waits
  doors.done.close();
  stopping.join();
}

TEST_F(Stop, MayBeCalledTwice) {
  node->stop();
  node->stop();
}

TEST_F(Stop, MayBeCalledByManyAtOnce) {
  std::vector<std::thread> callers;
  for (int i = 0; i < 4; ++i) callers.emplace_back([&] { node->stop(); });
  for (std::thread& caller : callers) caller.join();
}

// INV-FRONT_DOOR-1
TEST_F(Stop, ReleasesAProposerThatWaits) {
  auto verdict = std::async(std::launch::async,
                            [&] { return node->propose(forever, "color=blue"); });
  while (doors.propc.waitingSenders() == 0)
    std::this_thread::yield();  // there is no leader
  node->stop();
  EXPECT_EQ(verdict.get(), Errc::Stopped);
}

TEST_F(Stop, ReleasesAnApplicationThatAdvances) {
  auto advanced = std::async(std::launch::async, [&] { node->advance(); });
  while (doors.advancec.waitingSenders() == 0)
    std::this_thread::yield();  // nothing is out
  node->stop();
  advanced.get();
}

TEST_F(Stop, IsWhatDestroyingANodeDoes) {
  becomeLeader();
  node.reset();
  EXPECT_TRUE(isDone());
}

TEST_F(Stop, LeavesANodeThatAnswersEveryCall) {
  becomeLeader();
  node->stop();

  Message proposal{.type = MessageType::MsgProp};
  proposal.entries.push_back({.data = "late"});
  EXPECT_EQ(node->propose(forever, "late"), Errc::Stopped);
  EXPECT_EQ(node->step(forever, proposal), Errc::Stopped);
  EXPECT_EQ(node->step(forever, {.type = MessageType::MsgApp, .from = 2}), Errc::Stopped);
  EXPECT_EQ(node->campaign(forever), Errc::Stopped);
  EXPECT_EQ(node->status(), raft::Status());
  node->advance();  // returns
  node->tick();     // returns
}

TEST_F(Stop, WithdrawsTheReadyOnOffer) {
  becomeLeader();
  EXPECT_EQ(node->propose(forever, "never written"), Error());
  node->stop();
  const bool offered = csp::select(csp::recv(node->ready(), [] { return true; }),
                                   csp::otherwise([] { return false; }));
  EXPECT_FALSE(offered);
}

}  // namespace
