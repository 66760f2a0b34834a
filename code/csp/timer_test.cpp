#include "csp/timer.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <mutex>
#include <vector>

#include "csp/select.hpp"
#include "csp/wait_until.hpp"

namespace {

using csp::after;
using csp::Channel;
using csp::Clock;
using csp::Duration;
using csp::fromNow;
using csp::pendingTimers;
using csp::Timer;
using csp::Unit;
using std::chrono::hours;
using std::chrono::milliseconds;

TEST(Timer, RunsItsActionNotBeforeItsTime) {
  const auto fired = Channel<csp::TimePoint>::make(1);
  const auto when = Clock::now() + milliseconds(5);
  const Timer timer(when, [&] { fired.send(Clock::now()); });
  EXPECT_GE(fired.recv().value(), when);
  EXPECT_FALSE(timer.stop());
}

TEST(Timer, AStoppedTimerDoesNothingAndKeepsNothing) {
  const auto held = std::make_shared<int>(7);
  const auto before = pendingTimers();
  const Timer timer(Clock::now() + hours(1), [held] {});
  EXPECT_EQ(pendingTimers(), before + 1);
  EXPECT_EQ(held.use_count(), 2);
  EXPECT_TRUE(timer.stop());
  EXPECT_FALSE(timer.stop());
  EXPECT_EQ(pendingTimers(), before);
  EXPECT_EQ(held.use_count(), 1);
}

TEST(Timer, TheEarlierAppointmentGoesFirstEvenIfItWasMadeLater) {
  const auto fired = Channel<int>::make(3);
  const auto now = Clock::now();
  const Timer far(now + hours(1), [&] { fired.send(3); });
  const Timer second(now + milliseconds(10), [&] { fired.send(2); });
  const Timer first(now + milliseconds(5), [&] { fired.send(1); });
  EXPECT_EQ(fired.recv(), 1);
  EXPECT_EQ(fired.recv(), 2);
  EXPECT_TRUE(far.stop());
}

TEST(Timer, ManyAtOnePointInTimeAllRun) {
  const auto fired = Channel<int>::make(10);
  const auto when = Clock::now() + milliseconds(5);
  for (int i = 0; i < 10; ++i) Timer(when, [&, i] { fired.send(i); });
  for (int i = 0; i < 10; ++i) EXPECT_EQ(fired.recv(), i);
}

TEST(Timer, NoDurationIsTooLong) {
  EXPECT_EQ(fromNow(Duration::max()), csp::TimePoint::max());
  const auto before = Clock::now();
  EXPECT_GE(fromNow(hours(1)), before + hours(1));
  EXPECT_LT(fromNow(Duration::min()), Clock::now());

  const auto fired = Channel<int>::make(2);
  const Timer never(fromNow(Duration::max()), [&] { fired.send(1); });
  const Timer soon(fromNow(milliseconds(1)), [&] { fired.send(2); });
  EXPECT_EQ(fired.recv(), 2);
  EXPECT_TRUE(never.stop());
}

TEST(Timer, TheDefaultOneIsNothing) {
  EXPECT_FALSE(Timer().stop());
}

TEST(Timer, AnActionMayStartAnotherTimer) {
  const auto fired = Channel<Unit>::make(1);
  Timer(Clock::now(), [fired] { Timer(Clock::now(), [fired] { fired.send({}); }); });
  fired.recv();
}

TEST(After, GivesTheTimeOnce) {
  const auto start = Clock::now();
  const auto timeout = after(milliseconds(5));
  EXPECT_GE(timeout.recv().value(), start + milliseconds(5));
  EXPECT_EQ(timeout.size(), 0U);
}

TEST(After, IsATimeoutForASelect) {
  const Channel<int> nil;
  const auto waitOver =
      csp::select(csp::recv(nil, [] { return false; }),
                  csp::recv(after(milliseconds(1)), [] { return true; }));
  EXPECT_TRUE(waitOver);
}

TEST(After, TheLongestTimeNeverPasses) {
  const auto never = after(Duration::max());
  after(milliseconds(1)).recv();
  EXPECT_EQ(never.size(), 0U);
}

TEST(After, NeedsNobodyToTakeTheValue) {
  const auto before = pendingTimers();
  after(milliseconds(1));
  csp::waitUntil([&] { return pendingTimers() == before; });
}

}  // namespace
