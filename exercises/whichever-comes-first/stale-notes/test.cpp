// What WaitQueue::pop owes to a channel once threads can leave several notes.
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "csp/channel.hpp"
#include "csp/select.hpp"
#include "csp/wait_queue.hpp"

namespace {

using csp::Channel;
using csp::Parking;
using csp::Waiter;
using csp::WaitQueue;

// INV-SELECT-1
TEST(StaleNotes, AFreshNoteIsClaimedAndReturned) {
  Parking sleeper;
  Waiter note{.parking = &sleeper};
  WaitQueue queue;
  queue.push(note);

  ASSERT_EQ(queue.pop(), &note) << "the only note is fresh: it should come back";
  EXPECT_EQ(sleeper.claimed(), &note)
      << "the note came back, but nobody claimed its thread";
  EXPECT_EQ(queue.size(), 0U) << "the note that was won should have left the queue";
}

// INV-SELECT-1
TEST(StaleNotes, AStaleNoteIsNotReturned) {
  Parking sleeper;
  Waiter here{.parking = &sleeper};
  Waiter elsewhere{.parking = &sleeper};
  WaitQueue queue;
  queue.push(here);
  ASSERT_TRUE(sleeper.claim(elsewhere));  // won on another channel

  EXPECT_EQ(queue.pop(), nullptr)
      << "its thread was won on another channel: it is not yours";
  EXPECT_EQ(queue.size(), 0U)
      << "a stale note should be dropped, not found again and again";
  EXPECT_EQ(sleeper.claimed(), &elsewhere) << "the first claim must stand";
}

// INV-SELECT-2
TEST(StaleNotes, BehindAStaleNoteStandsAFreshOne) {
  Parking busy;
  Parking idle;
  Waiter stale{.parking = &busy};
  Waiter other{.parking = &busy};
  Waiter fresh{.parking = &idle};
  WaitQueue queue;
  queue.push(stale);
  queue.push(fresh);
  ASSERT_TRUE(busy.claim(other));

  EXPECT_EQ(queue.pop(), &fresh)
      << "a thread that can be woken stands behind the stale note";
}

// INV-SELECT-1
TEST(StaleNotes, FirstComeFirstServed) {
  Parking one;
  Parking two;
  Waiter first{.parking = &one};
  Waiter second{.parking = &two};
  WaitQueue queue;
  queue.push(first);
  queue.push(second);

  EXPECT_EQ(queue.pop(), &first);
  EXPECT_EQ(queue.pop(), &second);
  EXPECT_EQ(queue.pop(), nullptr) << "the queue is empty";
}

// INV-SELECT-1
TEST(StaleNotes, TwoHandsOneSleeper) {
  constexpr int kRounds = 2'000;
  const auto left = Channel<int>::make(0);
  const auto right = Channel<int>::make(0);
  std::atomic<int> sum = 0;

  std::thread sleeper([&] {
    const auto add = [&](int value) { sum += value; };
    for (int i = 0; i < 2 * kRounds; ++i) csp::select(recv(left, add), recv(right, add));
  });
  std::thread hand([&] {
    for (int i = 0; i < kRounds; ++i) left.send(1);
  });
  for (int i = 0; i < kRounds; ++i) right.send(1);
  hand.join();
  sleeper.join();

  EXPECT_EQ(sum, 2 * kRounds) << "every value should arrive exactly once";
}

}  // namespace
