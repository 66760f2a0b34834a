// A context that is made from one that has ended must end too: nobody comes back for it.
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <thread>

#include "csp/context.hpp"

namespace {

using namespace std::chrono_literals;
using base::Errc;

// INV-CONTEXT-2
TEST(ChildOfTheEnded, EndsAtBirth) {
  const auto [server, stop] = csp::withCancel(csp::background());
  stop();
  const auto [request, cancel] = csp::withCancel(server);
  EXPECT_EQ(request.err(), Errc::Canceled)
      << "the server's context had ended when this one was made, and it lives";
}

// INV-CONTEXT-2
TEST(ChildOfTheEnded, TakesOverTheReason) {
  const auto [server, stop] =
      csp::withDeadline(csp::background(), csp::Clock::now() - 1s);
  const auto [request, cancel] = csp::withCancel(server);
  EXPECT_EQ(request.err(), Errc::DeadlineExceeded) << "the parent ended by its deadline";
}

// INV-CONTEXT-4
TEST(ChildOfTheEnded, IsNotKept) {
  const auto [server, stop] = csp::withCancel(csp::background());
  stop();
  const auto [request, cancel] = csp::withCancel(server);
  EXPECT_EQ(server.childCount(), 0U) << "an ended parent has no use for children";
}

// INV-CONTEXT-2
TEST(ChildOfTheEnded, AChildOfTheLivingIsKeptAndEnded) {
  const auto [server, stop] = csp::withCancel(csp::background());
  const auto [request, cancel] = csp::withCancel(server);
  EXPECT_FALSE(request.err()) << "nothing has ended yet";
  EXPECT_EQ(server.childCount(), 1U);
  stop();
  EXPECT_EQ(request.err(), Errc::Canceled);
}

// INV-CONTEXT-2
TEST(ChildOfTheEnded, NoneIsLostAtTheMomentOfTheEnd) {
  for (int round = 0; round < 200; ++round) {
    const auto [server, stop] = csp::withCancel(csp::background());
    std::atomic<int> alive = 0;
    std::thread births([&alive, server = server] {
      std::vector<csp::Cancellable> requests;
      for (int i = 0; i < 50; ++i) requests.push_back(csp::withCancel(server));
      const auto limit = csp::Clock::now() + 5s;
      while (!server.err() && csp::Clock::now() < limit) std::this_thread::yield();
      std::this_thread::sleep_for(1ms);  // the end may still be on its way down
      for (const auto& request : requests) alive += request.context.err() ? 0 : 1;
    });
    stop();
    births.join();
    ASSERT_EQ(alive, 0)
        << "a request that was made during the shutdown did not hear of it";
  }
}

}  // namespace
