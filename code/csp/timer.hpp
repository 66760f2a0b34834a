// Timer: something that will be done at a point in time, unless it is stopped before.
//
// One thread, started by the first timer, does it all: it sleeps until the earliest
// appointment and runs its action. Actions must be short and must not wait; the ones in
// this book close a channel or put one value into a buffer that has room. The thread is
// there as long as the process, so a destructor that runs after main may still set a
// timer or call one off.
//
// Go: time.AfterFunc and time.After. Tested by csp/timer_test.cpp.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>

#include "csp/recv_channel.hpp"

namespace csp {

/// Time for waiting: it only goes forward, whatever happens to the wall clock.
using Clock = std::chrono::steady_clock;
/// A moment on that clock.
using TimePoint = Clock::time_point;
/// The time between two moments.
using Duration = Clock::duration;

/// The moment that lies `duration` ahead. If the clock can't count so far, its last one,
/// in some 292 years: "never" may be said as Duration::max().
TimePoint fromNow(Duration duration);

/// A handle to one appointment. Copies mean the same one. Any thread may use it.
class Timer {
 public:
  /// A timer that will do nothing.
  Timer() = default;

  /// Runs `action` on the timer thread, once, at `when` or as soon after it as the
  /// machine allows; never before.
  Timer(TimePoint when, std::function<void()> action);

  /// Calls the appointment off. True: the action will not run. False: it has run, is
  /// running at this moment, or was called off before.
  bool stop() const;

 private:
  TimePoint when_{};
  std::uint64_t number_ = 0;  // tells apart the timers of one point in time
};

/// A channel that gives the time, once, when `duration` has passed. It has room for that
/// value, so nobody needs to be there to take it.
RecvChannel<TimePoint> after(Duration duration);

/// How many appointments are pending in the whole process, for tests.
std::size_t pendingTimers();

}  // namespace csp
