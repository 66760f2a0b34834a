#include "csp/wait_queue.hpp"

#include <gtest/gtest.h>

#include <array>
#include <vector>

namespace {

using csp::Parking;
using csp::Waiter;
using csp::WaitQueue;

struct Sleeper {
  Parking parking;
  Waiter note{.parking = &parking};
};

TEST(WaitQueue, GivesNothingWhenEmpty) {
  WaitQueue queue;
  EXPECT_EQ(queue.pop(), nullptr);
  EXPECT_EQ(queue.size(), 0U);
}

// INV-CHANNEL-2
TEST(WaitQueue, FirstComeFirstServed) {
  std::array<Sleeper, 3> sleepers;
  WaitQueue queue;
  for (auto& sleeper : sleepers) queue.push(sleeper.note);
  EXPECT_EQ(queue.size(), 3U);
  for (auto& sleeper : sleepers) EXPECT_EQ(queue.pop(), &sleeper.note);
  EXPECT_EQ(queue.pop(), nullptr);
}

TEST(WaitQueue, UnlinksANoteWhereverItStands) {
  for (std::size_t gone = 0; gone < 3; ++gone) {
    std::array<Sleeper, 3> sleepers;
    WaitQueue queue;
    for (auto& sleeper : sleepers) queue.push(sleeper.note);
    queue.unlink(sleepers[gone].note);
    EXPECT_FALSE(sleepers[gone].note.queued);
    EXPECT_EQ(queue.size(), 2U);
    for (std::size_t i = 0; i < 3; ++i) {
      if (i == gone) continue;
      EXPECT_EQ(queue.pop(), &sleepers[i].note);
    }
    EXPECT_EQ(queue.pop(), nullptr);
  }
}

// Every way in which three notes can come and go in seven steps: first, last and only.
// INV-CHANNEL-2
TEST(WaitQueue, KeepsTheOrderHoweverNotesComeAndGo) {
  constexpr int kSteps = 7;
  constexpr int kPlans = 2187;  // 3^7: a digit for each step says whose turn it is
  for (int plan = 0; plan < kPlans; ++plan) {
    std::array<Sleeper, 3> sleepers;
    WaitQueue queue;
    std::vector<Waiter*> expected;
    for (int step = 0, digits = plan; step < kSteps; ++step, digits /= 3) {
      Waiter& note = sleepers[static_cast<std::size_t>(digits % 3)].note;
      if (note.queued) {
        queue.unlink(note);
        std::erase(expected, &note);
      } else {
        queue.push(note);
        expected.push_back(&note);
      }
      ASSERT_EQ(queue.size(), expected.size()) << plan;
    }
    for (Waiter* const note : expected) ASSERT_EQ(queue.pop(), note) << plan;
    ASSERT_EQ(queue.pop(), nullptr) << plan;
  }
}

TEST(WaitQueue, AnUnlinkedNoteCanBePushedAgain) {
  Sleeper sleeper;
  WaitQueue queue;
  queue.push(sleeper.note);
  queue.unlink(sleeper.note);
  queue.push(sleeper.note);
  EXPECT_EQ(queue.pop(), &sleeper.note);
}

}  // namespace
