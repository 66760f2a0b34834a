// The silent door: who comes home when the node stops, and who when its context ends?
//
// The test plays the loop. Calls run on threads that nobody joins, so that a call that
// never returns fails its test instead of holding it.
#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <future>
#include <memory>
#include <string>
#include <thread>
#include <utility>

#include "csp/select.hpp"
#include "node/node.hpp"

namespace {

using base::Errc;
using base::Error;
using csp::Context;
using node::Doors;
using node::Node;
using node::Proposal;
using raftpb::MessageType;
using namespace std::chrono_literals;

// An error in words: etcd's text, or "nil".
std::string words(Error error) {
  return error ? error.message() : "nil";
}

class SilentDoor : public testing::Test {
 protected:
  std::shared_future<Error> call(std::function<Error(Node&)> f) {
    std::packaged_task<Error()> task([node = node, f] { return f(*node); });
    auto answer = task.get_future().share();
    std::thread(std::move(task)).detach();
    return answer;
  }
  template <class Condition>
  static void waitUntil(Condition holds) {
    while (!holds()) std::this_thread::yield();
  }

  // Three callers, each asleep in another place.
  void sendThemIn(Context ctx) {
    answered = call([ctx](Node& n) { return n.propose(ctx, "taken"); });
    taken = *doors.propc.recv();
    waitUntil([&] { return taken.result.waitingReceivers() == 1; });

    offered = call([ctx](Node& n) { return n.propose(ctx, "offered"); });
    waitUntil([&] { return doors.propc.waitingSenders() == 1; });

    message = call([ctx](Node& n) {
      return n.step(ctx, {.type = MessageType::MsgHeartbeat, .from = 2});
    });
    waitUntil([&] { return doors.recvc.waitingSenders() == 1; });
  }
  void expectHome(const char* reason, const char* after) {
    const auto check = [&](const std::shared_future<Error>& caller, const char* who) {
      const bool home = caller.wait_for(2s) == std::future_status::ready;
      ASSERT_TRUE(home) << after << ", and this caller still waits: " << who;
      EXPECT_EQ(words(caller.get()), reason) << who << " came home with the wrong reason";
    };
    check(message, "the one that offered a heartbeat");
    check(offered, "the one whose proposal nobody had taken");
    check(answered, "the one whose proposal was taken and not answered");
  }

  Doors doors;
  std::shared_ptr<Node> node = std::make_shared<Node>(doors);
  Proposal taken;
  std::shared_future<Error> message, offered, answered;
};

// INV-FRONT_DOOR-1
TEST_F(SilentDoor, EverybodyComesHomeWhenTheNodeStops) {
  sendThemIn(csp::background());
  doors.done.close();
  expectHome("raft: stopped", "the node has stopped");
}

// INV-FRONT_DOOR-1
TEST_F(SilentDoor, EverybodyComesHomeWhenTheContextEnds) {
  const auto [ctx, cancel] = csp::withCancel(csp::background());
  sendThemIn(ctx);
  cancel();
  expectHome("context canceled", "the context has ended");
}

// INV-FRONT_DOOR-1
TEST_F(SilentDoor, AVerdictStillArrives) {
  const auto answer = call([](Node& n) { return n.propose(csp::background(), "x"); });
  doors.propc.recv()->result.send(Errc::ProposalDropped);
  const bool back = answer.wait_for(2s) == std::future_status::ready;
  ASSERT_TRUE(back) << "the verdict was given, and the proposer still waits";
  EXPECT_EQ(words(answer.get()), "raft proposal dropped");
}

}  // namespace
