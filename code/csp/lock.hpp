// Lock: a mutual exclusion of four bytes, for the very short times that a channel is
// locked.
//
// One int says it all: free, taken, or taken while somebody may be asleep. A lock that
// nobody fights over costs one exchange to take and one to release. std::mutex does the
// same and would be right here too; but a select takes several locks, and
// bench/csp_bench.cpp shows what the shorter way saves (ReadySelect3, DefaultMiss). It is
// used through std::lock_guard.
//
// Tested by csp/lock_test.cpp.
#pragma once

#include <atomic>
#include <thread>

namespace csp {

/// A mutual exclusion. Go's counterpart is the runtime's mutex (runtime/lock_futex.go;
/// from Go 1.24 on, lock_spinbit.go).
class Lock {
 public:
  /// Waits until the lock is free and takes it. Not twice by one thread.
  void lock();

  /// Releases it, by the thread that took it.
  void unlock() {
    if (state_.exchange(kFree, std::memory_order_release) == kContended)
      state_.notify_one();
  }

 private:
  static constexpr int kFree = 0;
  static constexpr int kTaken = 1;
  static constexpr int kContended = 2;  // taken, and somebody may sleep for it
  static constexpr int kTries = 4;      // before we think of sleeping

  std::atomic<int> state_{kFree};
};

inline void Lock::lock() {
  // Whoever finds it taken steps aside and tries again. The owner then gets several turns
  // in a row, which is quicker for both than to trade the lock at every turn: see
  // Buffered128_1to1.
  for (int tries = 0; tries < kTries; ++tries) {
    int state = kFree;
    if (state_.compare_exchange_strong(state, kTaken, std::memory_order_acquire,
                                       std::memory_order_relaxed)) {
      return;
    }
    std::this_thread::yield();
  }
  // We can't know whether others sleep too, so we take it as contended: one wake too many
  // at the end of a queue, never one too few.
  while (state_.exchange(kContended, std::memory_order_acquire) != kFree) {
    state_.wait(kContended, std::memory_order_relaxed);
  }
}

}  // namespace csp
