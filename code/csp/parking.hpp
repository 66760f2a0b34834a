// Parking: the place where one thread sleeps until one other thread wakes it.
//
// It is a single int that goes from 0 to 1 once. Going to sleep means "wait while it is
// 0", so a wake that comes before the sleep is not lost: the int is 1 already and the
// sleeper passes by. A Parking is used for one sleep and lives on the sleeper's stack.
// That is safe for a reason that channel_core.hpp keeps true: whoever wakes holds the
// lock of a channel, and the sleeper takes that same lock before it returns. So wake()
// has finished when the stack frame dies.
//
// Tested by csp/parking_test.cpp.
#pragma once

#include <atomic>
#include <thread>

namespace csp {

struct Waiter;

/// One sleep of one thread. Go's counterpart is gopark and goready (runtime/proc.go).
class Parking {
 public:
  /// Sleeps until wake() has been called; returns at once if it was called before.
  /// Called once, by the thread that owns the Parking.
  void wait() const {
    // Sleeping and being woken takes longer than most waits: see PingPong. So we look for
    // a while, in case the waker has a core of its own; then step aside as often as we
    // look, in case it has none.
    for (int looks = 0; looks < kLooks + kYields; ++looks) {
      if (awake_.load(std::memory_order_acquire) != 0) return;
      if (looks >= kLooks) std::this_thread::yield();
    }
    awake_.wait(0, std::memory_order_acquire);
  }

  /// Ends the sleep. What this thread wrote before, the sleeper sees after wait().
  /// Called once, by a thread that holds the lock of a channel the sleeper has left a
  /// note in.
  void wake() {
    // libstdc++'s notify_one first looks whether anybody sleeps at all. A plain store may
    // still be on its way when it looks, and a sleeper that comes in between sees 0 and
    // is not seen. An exchange is done before the look.
    awake_.exchange(1);
    awake_.notify_one();
  }

#if STAGE >= SELECT
  /// Claims the sleep for one note of possibly many. True for the first caller only: that
  /// caller moves the value and calls wake(). A false answer means that the sleeper has
  /// been won on another channel. (Go: the swap of selectDone in runtime/chan.go,
  /// dequeue.)
  bool claim(const Waiter& note) {
    const Waiter* nobody = nullptr;
    return claimed_.compare_exchange_strong(nobody, &note, std::memory_order_relaxed);
  }

  /// The note that was claimed. Called after wait() has returned.
  const Waiter* claimed() const { return claimed_.load(std::memory_order_relaxed); }
#endif

 private:
  static constexpr int kLooks = 1000;  // about a microsecond
  static constexpr int kYields = 30;   // some more, if nobody else wants to run

  std::atomic<int> awake_{0};
#if STAGE >= SELECT
  std::atomic<const Waiter*> claimed_{nullptr};
#endif
};

}  // namespace csp
