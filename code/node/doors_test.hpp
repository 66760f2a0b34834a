// Both sides of every door, for one test: the node's callers run on threads of their own,
// and the test plays the loop.
#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <future>
#include <memory>
#include <string>
#include <thread>
#include <utility>

#include "node/node.hpp"

namespace node::test {

/// How long a test waits for an answer, before it says that none came.
inline constexpr std::chrono::seconds kPatience{2};

/// An error in words: etcd's text, or "nil".
inline std::string words(base::Error error) {
  return error ? error.message() : "nil";
}

class AtTheDoors : public testing::Test {
 protected:
  using Answer = std::shared_future<base::Error>;

  /// Runs a call on a thread that nobody joins: if it never returns, the test goes on.
  Answer call(std::function<base::Error(Node&)> f) {
    std::packaged_task<base::Error()> task([node = node, f] { return f(*node); });
    Answer answer = task.get_future().share();
    std::thread(std::move(task)).detach();
    return answer;
  }
  Answer propose(csp::Context ctx, std::string data = "color=blue") {
    return call([ctx, data](Node& n) { return n.propose(ctx, data); });
  }
  Answer step(csp::Context ctx, raftpb::Message m) {
    return call([ctx, m](Node& n) { return n.step(ctx, m); });
  }
  static bool returned(const Answer& answer) {
    return answer.wait_for(kPatience) == std::future_status::ready;
  }

  Doors doors;
  std::shared_ptr<Node> node = std::make_shared<Node>(doors);
  csp::Context forever = csp::background();
};

}  // namespace node::test
