// The other half: what Core::tryRecv must do. One test has a thread: it proves a wake.
#include <gtest/gtest.h>

#include <chrono>
#include <future>
#include <memory>
#include <optional>
#include <thread>

#include "csp/channel_core.hpp"

namespace {

using csp::Core;
using csp::Parking;
using csp::Waiter;
using namespace std::chrono_literals;

// A sender that is parked with a value, as Channel::send would have left it.
struct ParkedSender {
  ParkedSender(Core<int>& core, int value) : offered(value) { core.senders.push(note); }

  int offered;
  Parking parking;
  Waiter note{.parking = &parking, .slot = &offered};
};

bool isAwake(const std::shared_ptr<ParkedSender>& sender) {
  std::packaged_task<void()> sleep([sender] { sender->parking.wait(); });
  auto awake = sleep.get_future();
  // If nobody wakes it, the test goes on without it.
  std::thread(std::move(sleep)).detach();
  return awake.wait_for(2s) == std::future_status::ready;
}

void put(Core<int>& core, int value) {
  ASSERT_TRUE(core.trySend(value)) << "there was room for " << value;
}

std::optional<int> take(Core<int>& core) {
  std::optional<int> value;
  EXPECT_TRUE(core.tryRecv(value))
      << "there was an answer, and tryRecv said that one must wait";
  return value;
}

TEST(TheOtherHalf, BufferedValuesComeInTheirOrder) {
  Core<int> core(2, "");
  put(core, 1);
  put(core, 2);
  EXPECT_EQ(take(core), 1);
  EXPECT_EQ(take(core), 2);
}

TEST(TheOtherHalf, SaysNoWhenOneMustWait) {
  Core<int> core(1, "");
  std::optional<int> value;
  EXPECT_FALSE(core.tryRecv(value)) << "the channel is open and empty";
  EXPECT_EQ(value, std::nullopt);
}

// INV-CHANNEL-1
TEST(TheOtherHalf, TakesTheValueOfAParkedSender) {
  Core<int> core(0, "");
  const auto sender = std::make_shared<ParkedSender>(core, 7);
  EXPECT_EQ(take(core), 7);
  EXPECT_EQ(core.senders.size(), 0U) << "its note is still in the queue";
  EXPECT_TRUE(sender->note.delivered)
      << "the sender will not learn that its value was taken";
  EXPECT_TRUE(isAwake(sender)) << "the sender was not woken";
}

// INV-CHANNEL-2
TEST(TheOtherHalf, TheBufferIsOlderThanTheParkedSender) {
  Core<int> core(1, "");
  put(core, 1);
  const auto sender = std::make_shared<ParkedSender>(core, 2);
  EXPECT_EQ(take(core), 1);
  EXPECT_EQ(take(core), 2);
}

// INV-CHANNEL-3
TEST(TheOtherHalf, AParkedSenderMovesUpIntoTheFreePlace) {
  Core<int> core(1, "");
  put(core, 1);
  const auto sender = std::make_shared<ParkedSender>(core, 2);
  take(core);
  EXPECT_EQ(core.buffer.size(), 1U) << "there is room, and a sender waits for room";
  EXPECT_EQ(core.senders.size(), 0U) << "the sender is still parked beside a free place";
  EXPECT_TRUE(sender->note.delivered)
      << "the sender will not learn that its value was buffered";
  EXPECT_TRUE(isAwake(sender)) << "the sender was not woken";
}

// INV-CHANNEL-4
TEST(TheOtherHalf, AClosedChannelFirstGivesWhatItHolds) {
  Core<int> core(2, "");
  put(core, 1);
  put(core, 2);
  core.close();
  EXPECT_EQ(take(core), 1);
  EXPECT_EQ(take(core), 2);
}

// INV-CHANNEL-4
TEST(TheOtherHalf, AClosedAndDrainedChannelAnswersForEver) {
  Core<int> core(1, "");
  core.close();
  EXPECT_EQ(take(core), std::nullopt);
  EXPECT_EQ(take(core), std::nullopt);
}

}  // namespace
