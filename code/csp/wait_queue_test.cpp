#include "csp/wait_queue.hpp"

#include <gtest/gtest.h>

#include <array>

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

TEST(WaitQueue, AnUnlinkedNoteCanBePushedAgain) {
  Sleeper sleeper;
  WaitQueue queue;
  queue.push(sleeper.note);
  queue.unlink(sleeper.note);
  queue.push(sleeper.note);
  EXPECT_EQ(queue.pop(), &sleeper.note);
}

}  // namespace
