// The window of messages in flight.
#include "raft/tracker/inflights.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <deque>
#include <utility>

#include "base/random.hpp"

namespace raft::tracker {
namespace {

// Messages whose last entries are at from … to, each of so many bytes.
void addAll(Inflights& window, Index from, Index to, std::uint64_t bytes = 1) {
  for (Index last = from; last <= to; ++last) window.add(last, bytes);
}

Inflights windowOf(std::size_t size, Index from, Index to) {
  Inflights window(size);
  addAll(window, from, to);
  return window;
}

TEST(Inflights, CountsWhatWasSent) {
  Inflights window(10);
  EXPECT_EQ(window.count(), 0u);
  EXPECT_FALSE(window.full());

  addAll(window, 1, 9);
  EXPECT_EQ(window.count(), 9u);
  EXPECT_FALSE(window.full());

  window.add(10, 1);
  EXPECT_EQ(window.count(), 10u);
  EXPECT_TRUE(window.full());
}

TEST(Inflights, AnAnswerFreesItsMessageAndAllBeforeIt) {
  Inflights window = windowOf(10, 1, 10);
  window.freeLE(1);
  EXPECT_EQ(window, windowOf(10, 2, 10));
  window.freeLE(5);
  EXPECT_EQ(window, windowOf(10, 6, 10));
  window.freeLE(5);  // the same answer again
  EXPECT_EQ(window, windowOf(10, 6, 10));
  window.freeLE(10);
  EXPECT_EQ(window, Inflights(10));
}

TEST(Inflights, AnIndexBetweenTwoMessagesFreesTheFirst) {
  Inflights window(4);
  window.add(3, 1);  // entries up to 3
  window.add(7, 1);  // entries 4 to 7
  window.freeLE(5);
  EXPECT_EQ(window.count(), 1u);
  window.freeLE(6);
  EXPECT_EQ(window.count(), 1u);
  window.freeLE(7);
  EXPECT_EQ(window.count(), 0u);
}

// What was freed at the front makes room at the back, again and again.
TEST(Inflights, GoesRoundTheRing) {
  Inflights window = windowOf(4, 1, 4);
  for (Index last = 5; last <= 100; ++last) {
    EXPECT_TRUE(window.full());
    window.freeLE(last - 4);
    EXPECT_FALSE(window.full());
    window.add(last, 1);
    EXPECT_EQ(window, windowOf(4, last - 3, last)) << "after " << last;
  }
}

// The ring grows while its oldest message stands in the middle of it: 1, 2 and 4 places.
TEST(Inflights, GrowsWithoutLosingTheOrder) {
  Inflights window(100);
  addAll(window, 1, 4);
  window.freeLE(3);
  addAll(window, 5, 9);  // wraps, then must grow
  EXPECT_EQ(window, windowOf(100, 4, 9));
  for (Index last = 4; last <= 9; ++last) {
    window.freeLE(last);
    EXPECT_EQ(window.count(), 9 - last);
  }
}

struct Fullness {
  const char* name;
  std::size_t size;
  std::uint64_t maxBytes;
  Index fullAt;  // sending 10, 11, 12 … bytes, this is the message that fills it
  Index answered;
  Index fullAgainAt;
};

TEST(Inflights, IsFullByCountOrByBytes) {
  const Fullness cases[] = {
      {"one at a time", 1, 0, 1, 1, 2},
      {"by count", 5, 0, 5, 2, 7},
      {"by count, the bytes are many", 3, 1000, 3, 1, 4},
      {"by bytes, to the byte", 8, 10 + 11 + 12, 3, 1, 4},
      {"by bytes, one message over", 8, 30, 3, 2, 5},
      {"by bytes, one message is enough", 8, 1, 1, 1, 2},
  };
  for (const Fullness& c : cases) {
    SCOPED_TRACE(c.name);
    Inflights window(c.size, c.maxBytes);
    const auto fill = [&](Index from, Index to) {
      for (Index last = from; last <= to; ++last) {
        EXPECT_FALSE(window.full()) << "before message " << last;
        if (!window.full()) window.add(last, 9 + last);
      }
      EXPECT_TRUE(window.full()) << "after message " << to;
    };
    fill(1, c.fullAt);
    window.freeLE(c.answered);
    fill(c.fullAt + 1, c.fullAgainAt);
  }
}

TEST(Inflights, AWindowOfNothingIsAlwaysFull) {
  EXPECT_TRUE(Inflights(0).full());
}

// Bytes that are forgotten must not be counted on.
TEST(Inflights, AResetForgetsTheBytesToo) {
  Inflights window(10, 100);
  for (Index epoch = 0; epoch < 50; ++epoch) {
    window.reset();
    EXPECT_EQ(window.count(), 0u);
    addAll(window, 5 * epoch + 1, 5 * epoch + 5, 16);
    EXPECT_FALSE(window.full()) << "80 of 100 bytes";
    window.freeLE(5 * epoch + 3);
    EXPECT_EQ(window.count(), 2u);
  }
}

TEST(InflightsDeathTest, NothingIsSentIntoAFullWindow) {
  Inflights window = windowOf(2, 1, 2);
  EXPECT_DEATH(window.add(3, 1), "nothing is sent into a full window");
}

// Against a queue that never wraps and never grows.
TEST(Inflights, IsAQueue) {
  base::Random random(7);
  for (std::size_t size = 1; size <= 9; ++size) {
    Inflights window(size, 200);
    std::deque<std::pair<Index, std::uint64_t>> queue;
    Index last = 0;
    for (int turn = 0; turn < 2000; ++turn) {
      std::uint64_t bytes = 0;
      for (const auto& [unused, one] : queue) bytes += one;
      ASSERT_EQ(window.count(), queue.size());
      ASSERT_EQ(window.full(), queue.size() == size || bytes >= 200);
      if (!window.full() && random.below(3) != 0) {
        last += 1 + random.below(3);
        const std::uint64_t size_of_it = random.below(80);
        window.add(last, size_of_it);
        queue.emplace_back(last, size_of_it);
      } else {
        const Index answered = last - std::min<Index>(last, random.below(8));
        window.freeLE(answered);
        while (!queue.empty() && queue.front().first <= answered) queue.pop_front();
      }
    }
  }
}

}  // namespace
}  // namespace raft::tracker
