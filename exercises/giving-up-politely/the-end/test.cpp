// What an end owes to the context itself, to those below it, and to those above.
#include <gtest/gtest.h>

#include <chrono>
#include <thread>

#include "csp/context.hpp"
#include "csp/select.hpp"

namespace {

using namespace std::chrono_literals;
using base::Errc;

template <class Condition>
bool soon(Condition condition) {
  const auto limit = csp::Clock::now() + 5s;
  while (!condition() && csp::Clock::now() < limit) std::this_thread::sleep_for(1ms);
  return condition();
}

bool closed(const csp::Context& context) {
  return csp::select(recv(context.done(), [] { return true; }),
                     csp::otherwise([] { return false; }));
}

// INV-CONTEXT-1
TEST(TheEnd, HasOneReasonForEver) {
  const auto [context, cancel] = csp::withCancel(csp::background());
  EXPECT_FALSE(context.err()) << "it has not ended yet";
  cancel();
  cancel();
  EXPECT_EQ(context.err(), Errc::Canceled);
  EXPECT_TRUE(closed(context)) << "done() should be closed";
}

// INV-CONTEXT-1
TEST(TheEnd, TheFirstReasonStands) {
  const auto [context, cancel] = csp::withTimeout(csp::background(), 1ms);
  ASSERT_TRUE(soon([&context = context] { return closed(context); }))
      << "the deadline has passed";
  cancel();
  EXPECT_EQ(context.err(), Errc::DeadlineExceeded)
      << "a cancel after the deadline changes nothing";
}

// INV-CONTEXT-1
TEST(TheEnd, WhoeverIsWokenFindsTheReason) {
  for (int round = 0; round < 200; ++round) {
    const auto [context, cancel] = csp::withCancel(csp::background());
    base::Error seen;
    std::thread sleeper([&seen, context = context] {
      context.done().recv();
      seen = context.err();
    });
    cancel();
    sleeper.join();
    ASSERT_EQ(seen, Errc::Canceled) << "done() was closed before err() was set";
  }
}

// INV-CONTEXT-2
TEST(TheEnd, TravelsDown) {
  const auto [server, stop] = csp::withCancel(csp::background());
  const auto [request, cancelRequest] = csp::withCancel(server);
  const auto [helper, cancelHelper] = csp::withCancel(request);
  stop();
  EXPECT_EQ(request.err(), Errc::Canceled) << "a child lives on after its parent's end";
  EXPECT_EQ(helper.err(), Errc::Canceled) << "a grandchild lives on after the end";
}

// INV-CONTEXT-2
TEST(TheEnd, GivesItsReasonToThoseBelow) {
  const auto [request, cancelRequest] = csp::withTimeout(csp::background(), 1ms);
  const auto [helper, cancelHelper] = csp::withCancel(request);
  ASSERT_TRUE(soon([&helper = helper] { return closed(helper); }))
      << "the parent's deadline has passed, and the child lives on";
  EXPECT_EQ(helper.err(), Errc::DeadlineExceeded)
      << "the child should be told the same reason";
}

// INV-CONTEXT-2
TEST(TheEnd, NeverTravelsUp) {
  const auto [server, stop] = csp::withCancel(csp::background());
  const auto [request, cancelRequest] = csp::withCancel(server);
  cancelRequest();
  EXPECT_FALSE(server.err()) << "a child's end must not end its parent";
}

// INV-CONTEXT-4
TEST(TheEnd, IsForgottenByTheParent) {
  const auto [server, stop] = csp::withCancel(csp::background());
  for (int i = 0; i < 100; ++i) {
    const auto [request, cancelRequest] = csp::withCancel(server);
    cancelRequest();
  }
  EXPECT_EQ(server.childCount(), 0U) << "the server still keeps requests that are over";
}

// INV-CONTEXT-4
TEST(TheEnd, CallsItsTimerOff) {
  const std::size_t before = csp::pendingTimers();
  const auto [context, cancel] = csp::withTimeout(csp::background(), 1h);
  ASSERT_EQ(csp::pendingTimers(), before + 1);
  cancel();
  EXPECT_EQ(csp::pendingTimers(), before)
      << "the timer would keep the context for an hour";
}

}  // namespace
