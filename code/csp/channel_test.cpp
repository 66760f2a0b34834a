#include "csp/channel.hpp"

#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "csp/wait_until.hpp"

namespace {

using csp::Channel;
using csp::Unit;
using csp::waitUntil;

// INV-CHANNEL-1
TEST(Channel, ASendAndAReceiveMeet) {
  const auto channel = Channel<int>::make();
  std::jthread sender([&] { channel.send(7); });
  EXPECT_EQ(channel.recv(), 7);
}

TEST(Channel, AnUnbufferedSendWaitsForItsReceiver) {
  const auto channel = Channel<int>::make();
  std::atomic<bool> returned = false;
  std::jthread sender([&] {
    channel.send(7);
    returned = true;
  });
  waitUntil([&] { return channel.waitingSenders() == 1; });
  EXPECT_FALSE(returned);
  EXPECT_EQ(channel.recv(), 7);
  EXPECT_EQ(channel.waitingSenders(), 0U);
}

TEST(Channel, ABufferedSendDoesNotWaitWhileThereIsRoom) {
  const auto channel = Channel<int>::make(2);
  channel.send(1);
  channel.send(2);
  EXPECT_EQ(channel.size(), 2U);
  EXPECT_EQ(channel.capacity(), 2U);
}

// INV-CHANNEL-2
TEST(Channel, TheBufferKeepsTheOrder) {
  const auto channel = Channel<int>::make(3);
  for (int i = 0; i < 3; ++i) channel.send(i);
  for (int i = 0; i < 3; ++i) EXPECT_EQ(channel.recv(), i);
}

// INV-CHANNEL-2
TEST(Channel, ParkedSendersAreServedInTheOrderTheyCame) {
  const auto channel = Channel<int>::make(1);
  channel.send(0);
  std::vector<std::jthread> senders;
  for (int i = 1; i <= 3; ++i) {
    senders.emplace_back([&, i] { channel.send(i); });
    waitUntil([&] { return channel.waitingSenders() == static_cast<std::size_t>(i); });
  }
  for (int i = 0; i <= 3; ++i) EXPECT_EQ(channel.recv(), i);
}

// INV-CHANNEL-2
TEST(Channel, ParkedReceiversAreServedInTheOrderTheyCame) {
  const auto channel = Channel<int>::make();
  std::array<std::atomic<int>, 3> got{};
  std::vector<std::jthread> receivers;
  for (std::size_t i = 0; i < 3; ++i) {
    receivers.emplace_back([&, i] { got[i] = channel.recv().value(); });
    waitUntil([&] { return channel.waitingReceivers() == i + 1; });
  }
  for (int i = 1; i <= 3; ++i) channel.send(i);
  receivers.clear();
  for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(got[i], static_cast<int>(i) + 1);
}

// Pitfall "barging": the value is in the sleeper's slot before anybody else can ask for
// it. INV-CHANNEL-3
TEST(Channel, AParkedReceiverIsNotRobbedByALaterOne) {
  const auto channel = Channel<int>::make(1);
  std::atomic<int> first = 0;
  std::jthread early([&] { first = channel.recv().value(); });
  waitUntil([&] { return channel.waitingReceivers() == 1; });
  channel.send(1);
  EXPECT_EQ(channel.size(), 0U);  // went past the buffer, straight to the sleeper
  channel.send(2);
  EXPECT_EQ(channel.recv(), 2);
  early.join();
  EXPECT_EQ(first, 1);
}

// INV-CHANNEL-3
TEST(Channel, AReceiveRefillsTheBufferFromTheFirstParkedSender) {
  const auto channel = Channel<int>::make(1);
  channel.send(1);
  std::jthread sender([&] { channel.send(2); });
  waitUntil([&] { return channel.waitingSenders() == 1; });
  EXPECT_EQ(channel.recv(), 1);
  EXPECT_EQ(channel.waitingSenders(), 0U);
  EXPECT_EQ(channel.size(), 1U);
  EXPECT_EQ(channel.recv(), 2);
}

// INV-CHANNEL-1
TEST(Channel, ManySendersAndReceiversLoseAndDoubleNothing) {
  constexpr int kSenders = 3;
  constexpr int kEach = 1500;
  for (const std::size_t capacity : {0U, 1U, 3U}) {
    const auto channel = Channel<int>::make(capacity);
    std::vector<std::atomic<int>> seen(kSenders * kEach);
    std::vector<std::jthread> receivers;
    for (int i = 0; i < 3; ++i) {
      receivers.emplace_back([&] {
        while (const auto value = channel.recv())
          ++seen[static_cast<std::size_t>(*value)];
      });
    }
    std::vector<std::jthread> senders;
    for (int from = 0; from < kSenders; ++from) {
      senders.emplace_back([&, from] {
        for (int i = 0; i < kEach; ++i) channel.send(from * kEach + i);
      });
    }
    senders.clear();
    channel.close();
    receivers.clear();
    for (const auto& count : seen) ASSERT_EQ(count, 1);
  }
}

TEST(Channel, CarriesWhatCanOnlyBeMoved) {
  const auto channel = Channel<std::unique_ptr<int>>::make(1);
  channel.send(std::make_unique<int>(7));
  EXPECT_EQ(**channel.recv(), 7);
}

struct ThrowsWhenMoved {
  ThrowsWhenMoved() = default;
  ThrowsWhenMoved(ThrowsWhenMoved&&) noexcept(false) {}
  ThrowsWhenMoved& operator=(ThrowsWhenMoved&&) noexcept(false) { return *this; }
};

// Pitfall "throwing move under lock": half a transfer can't be undone, so it is refused.
TEST(Channel, RefusesAtCompileTimeWhatMayThrowWhenMoved) {
  static_assert(!csp::Sendable<ThrowsWhenMoved>);
  static_assert(csp::Sendable<std::string>);
}

TEST(Channel, HandlesToOneChannelAreEqual) {
  const auto channel = Channel<Unit>::make(0, "done");
  const Channel<Unit> copy = channel;
  EXPECT_EQ(copy, channel);
  EXPECT_NE(copy, Channel<Unit>::make());
  EXPECT_STREQ(copy.name(), "done");
  EXPECT_TRUE(copy);
}

TEST(Channel, TheDefaultHandleIsNil) {
  const Channel<Unit> nil;
  EXPECT_FALSE(nil);
  EXPECT_EQ(nil, Channel<Unit>(nullptr));
  EXPECT_EQ(nil.size() + nil.capacity() + nil.waitingSenders() + nil.waitingReceivers(),
            0U);
  EXPECT_STREQ(nil.name(), "nil");
}

// Pitfall "reply channel on the caller's stack": the answer needs a place that outlives
// the asker.
TEST(Channel, AnAnswerToSomebodyWhoLeftFindsRoom) {
  Channel<int> answers;
  {
    const auto result = Channel<int>::make(1);
    answers = result;  // what the loop holds; the asker's own handle dies here
  }
  answers.send(7);
  EXPECT_EQ(answers.size(), 1U);
}

TEST(ChannelDeathTest, ALoneOperationOnNilWouldWaitForEver) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_DEATH(Channel<int>().send(1), "send on a nil channel blocks for ever");
  EXPECT_DEATH(Channel<int>().recv(), "receive from a nil channel blocks for ever");
}

}  // namespace
