// A clock that never waits: the tests play the loop, or hold the real one still.
//
// Whoever ticks does so on a thread that nobody joins: a tick that waits must fail its
// test, not hold it.
#include <gtest/gtest.h>

#include <chrono>
#include <future>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "csp/select.hpp"
#include "node/node.hpp"

namespace {

using csp::Channel;
using csp::Unit;
using node::Doors;
using node::Node;
using namespace std::chrono_literals;

// Everything that the ticking thread may touch, so that it outlives a test that gave up.
struct World {
  std::mutex lock;
  std::vector<std::string> warnings;
  Channel<Unit> holding = Channel<Unit>::make(0, "holding");
  Channel<Unit> goOn = Channel<Unit>::make(0, "goOn");
  Doors doors;
  std::unique_ptr<Node> node;

  // The loop stops at the line that says it campaigns, and goes on when told.
  void log(raft::Level level, const std::string& line) {
    if (level == raft::Level::Warning) {
      const std::lock_guard guard(lock);
      warnings.push_back(line);
    }
    if (line.find("became candidate") == std::string::npos) return;
    holding.send({});
    goOn.recv();
  }
  std::size_t warned() {
    const std::lock_guard guard(lock);
    return warnings.size();
  }
};

class Clock : public testing::Test {
 protected:
  void start(int electionTick) {
    world->node = node::startNode(
        {.id = 0x1a,
         .electionTick = electionTick,
         .logger = [w = world.get()](raft::Level level,
                                     const std::string& line) { w->log(level, line); }},
        world->doors);
  }
  // Ticks, on a thread of its own; says whether all the ticks returned.
  bool ticked(int times) {
    std::packaged_task<void()> task([w = world, times] {
      for (int i = 0; i < times; ++i) w->node->tick();
    });
    auto over = task.get_future();
    std::thread(std::move(task)).detach();
    return over.wait_for(5s) == std::future_status::ready;
  }
  void holdTheLoop() {
    ASSERT_EQ(world->node->campaign(csp::background()), base::Error());
    world->holding.recv();
  }

  std::shared_ptr<World> world = std::make_shared<World>();
};

// INV-RUN_LOOP-4
TEST_F(Clock, TicksWaitInTheChannelWhileTheLoopIsBusy) {
  start(1000);
  holdTheLoop();
  ASSERT_TRUE(ticked(5)) << "the loop is busy, and tick waits for it";
  EXPECT_EQ(world->doors.tickc.size(), 5u) << "five ticks, and the loop is busy: a tick "
                                              "was lost though there was room for it, "
                                              "or one counted twice";
  EXPECT_EQ(world->warned(), 0u) << "there was room: no reason for a warning";
  world->goOn.send({});
}

// INV-RUN_LOOP-4
TEST_F(Clock, ATickWithoutRoomIsDroppedAndTheLogSaysSo) {
  start(1000);
  holdTheLoop();
  ASSERT_TRUE(ticked(128 + 3)) << "128 ticks wait already, and the next one waits too";
  EXPECT_EQ(world->doors.tickc.size(), 128u) << "128 ticks can wait";
  EXPECT_EQ(world->warned(), 3u) << "three ticks were dropped: a line for each of them";
  if (world->warned() > 0) {
    EXPECT_EQ(world->warnings[0].rfind("1a ", 0), 0u)
        << "the line does not begin with the node's id: " << world->warnings[0];
  }
  world->goOn.send({});
}

TEST_F(Clock, TheNodeCampaignsWhenEnoughTimeHasPassed) {
  start(3);
  ASSERT_TRUE(ticked(3)) << "tick waits";
  const auto campaigned = csp::select(csp::recv(world->holding, [] { return true; }),
                                      csp::recv(csp::after(2s), [] { return false; }));
  ASSERT_TRUE(campaigned) << "three ticks are this node's election timeout: a tick was "
                             "lost though there was room for it";
  world->goOn.send({});
}

// INV-RUN_LOOP-4
TEST_F(Clock, AStoppedNodeNeitherWaitsNorWarns) {
  start(1000);
  world->node->stop();
  ASSERT_TRUE(ticked(1000)) << "the node has stopped, and tick waits for it";
  EXPECT_EQ(world->warned(), 0u) << "the node has stopped: nobody misses a tick";
}

}  // namespace
