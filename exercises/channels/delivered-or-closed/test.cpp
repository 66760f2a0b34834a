// Delivered, or closed? Three ways in which a send and a close can meet.
#include <gtest/gtest.h>

#include <thread>

#include "csp/channel.hpp"
#include "csp/wait_until.hpp"

namespace {

using csp::Channel;
using csp::waitUntil;

TEST(DeliveredOrClosed, ACloseDoesNotUndoADelivery) {
  for (int round = 0; round < 2000; ++round) {
    const auto channel = Channel<int>::make();
    std::jthread sender([&] { channel.send(round); });
    waitUntil([&] { return channel.waitingSenders() == 1; });
    ASSERT_EQ(channel.recv(), round);
    channel.close();  // the value has been delivered; the sender may not be awake yet
  }
}

class DeliveredOrClosedDeathTest : public testing::Test {
 protected:
  void SetUp() override { GTEST_FLAG_SET(death_test_style, "threadsafe"); }
};

TEST_F(DeliveredOrClosedDeathTest, ASenderThatWasClosedOutStopsTheProcess) {
  EXPECT_DEATH(
      {
        const auto channel = Channel<int>::make();
        std::jthread sender([&] { channel.send(1); });
        waitUntil([&] { return channel.waitingSenders() == 1; });
        channel.close();
        sender.join();
      },
      "send on closed channel")
      << "nobody took the value, and its sender went on as if somebody had";
}

TEST_F(DeliveredOrClosedDeathTest, ALateSendStopsTheProcess) {
  const auto channel = Channel<int>::make(1);
  channel.close();
  EXPECT_DEATH(channel.send(1), "send on closed channel")
      << "the channel was closed, and a send on it went through";
}

}  // namespace
