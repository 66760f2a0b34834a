#include "csp/lock.hpp"

#include <gtest/gtest.h>

#include <mutex>
#include <thread>
#include <vector>

namespace {

TEST(Lock, LetsOneThreadInAtATime) {
  constexpr int kThreads = 4;
  constexpr int kRounds = 5000;
  csp::Lock lock;
  int inside = 0;
  int sum = 0;  // not atomic on purpose: the lock must be enough

  std::vector<std::jthread> threads;
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([&] {
      for (int round = 0; round < kRounds; ++round) {
        const std::lock_guard guard(lock);
        EXPECT_EQ(++inside, 1);
        ++sum;
        --inside;
      }
    });
  }
  threads.clear();
  EXPECT_EQ(sum, kThreads * kRounds);
}

TEST(Lock, CanBeTakenAgainAfterItsRelease) {
  csp::Lock lock;
  lock.lock();
  lock.unlock();
  lock.lock();
  lock.unlock();
}

}  // namespace
