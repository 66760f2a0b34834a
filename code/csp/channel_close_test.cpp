// What a close promises to those who wait, to what is still in the buffer, and to
// latecomers.
#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <thread>
#include <vector>

#include "csp/channel.hpp"
#include "csp/wait_until.hpp"

namespace {

using csp::Channel;
using csp::Unit;
using csp::waitUntil;

// Pitfall "lost at close".
// INV-CHANNEL-4
TEST(ChannelClose, TheBufferIsStillGivenOut) {
  const auto channel = Channel<int>::make(2);
  channel.send(1);
  channel.send(2);
  channel.close();
  EXPECT_EQ(channel.recv(), 1);
  EXPECT_EQ(channel.recv(), 2);
  EXPECT_EQ(channel.recv(), std::nullopt);
  EXPECT_EQ(channel.recv(), std::nullopt);
}

// INV-CHANNEL-4
TEST(ChannelClose, WakesEveryParkedReceiver) {
  const auto channel = Channel<int>::make();
  std::atomic<int> ended = 0;
  std::vector<std::jthread> receivers;
  for (int i = 0; i < 3; ++i) {
    receivers.emplace_back([&] { ended += channel.recv() == std::nullopt ? 1 : 0; });
  }
  waitUntil([&] { return channel.waitingReceivers() == 3; });
  channel.close();
  receivers.clear();
  EXPECT_EQ(ended, 3);
}

// Pitfall "outcome re-derived from the channel": the sender's value was taken, then the
// channel was closed. The sender must learn the first from its note, not the second from
// the channel. INV-CHANNEL-4
TEST(ChannelClose, DoesNotUndoADeliveryThatWentBefore) {
  for (int round = 0; round < 500; ++round) {
    const auto channel = Channel<int>::make();
    std::jthread sender(
        [&] { channel.send(round); });  // would stop the process if it got it wrong
    waitUntil([&] { return channel.waitingSenders() == 1; });
    EXPECT_EQ(channel.recv(), round);
    channel.close();
  }
}

// Pitfall "close() on a dying handle": whoever the close wakes may drop the last other
// handle.
TEST(ChannelClose, SurvivesTheOwnerThatItWakes) {
  struct Owner {
    Channel<Unit> done = Channel<Unit>::make();
  };
  for (int round = 0; round < 500; ++round) {
    auto owner = std::make_unique<Owner>();
    Channel<Unit>& dying = owner->done;
    std::jthread waiter([&] {
      owner->done.recv();
      owner.reset();
    });
    waitUntil([&] { return dying.waitingReceivers() == 1; });
    dying.close();
  }
}

class ChannelCloseDeathTest : public testing::Test {
 protected:
  void SetUp() override { GTEST_FLAG_SET(death_test_style, "threadsafe"); }
};

TEST_F(ChannelCloseDeathTest, ASendOnAClosedChannelStopsTheProcess) {
  const auto channel = Channel<int>::make(1);
  channel.close();
  EXPECT_DEATH(channel.send(1), "send on closed channel");
}

// Pitfall "blocked sender at close": it is woken, and what it was doing is a bug.
TEST_F(ChannelCloseDeathTest, AParkedSendStopsTheProcessWhenItsChannelIsClosed) {
  EXPECT_DEATH(
      {
        const auto channel = Channel<int>::make();
        std::jthread sender([&] { channel.send(1); });
        waitUntil([&] { return channel.waitingSenders() == 1; });
        channel.close();
        sender.join();
      },
      "send on closed channel");
}

TEST_F(ChannelCloseDeathTest, ASecondCloseStopsTheProcess) {
  const auto channel = Channel<int>::make();
  channel.close();
  EXPECT_DEATH(channel.close(), "close of closed channel");
}

TEST_F(ChannelCloseDeathTest, ACloseOfNilStopsTheProcess) {
  EXPECT_DEATH(Channel<int>().close(), "close of nil channel");
}

}  // namespace
