// Kill the wrong doors: one test for each promise of the door.
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
using raftpb::Message;
using raftpb::MessageType;
using namespace std::chrono_literals;

// You hold both sides of every door: the node's callers run on threads of their own, and
// the test plays the loop.
class Door : public testing::Test {
 protected:
  // Runs a call on a thread that nobody joins: if it never returns, the test goes on.
  std::shared_future<Error> call(std::function<Error(Node&)> f) {
    std::packaged_task<Error()> task([node = node, f] { return f(*node); });
    auto answer = task.get_future().share();
    std::thread(std::move(task)).detach();
    return answer;
  }
  std::shared_future<Error> propose(Context ctx) {
    return call([ctx](Node& n) { return n.propose(ctx, "color=blue"); });
  }
  std::shared_future<Error> step(Context ctx, Message m) {
    return call([ctx, m](Node& n) { return n.step(ctx, m); });
  }
  static bool returned(const std::shared_future<Error>& answer) {
    return answer.wait_for(2s) == std::future_status::ready;
  }

  Doors doors;
  std::shared_ptr<Node> node = std::make_shared<Node>(doors);
  Context forever = csp::background();
};
