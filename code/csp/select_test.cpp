#include "csp/select.hpp"

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
using csp::otherwise;
using csp::recv;
using csp::select;
using csp::send;
using csp::Unit;
using csp::waitUntil;

constexpr auto yes = [] { return true; };
constexpr auto no = [] { return false; };

TEST(Select, DoesTheOneCaseThatIsReady) {
  const auto full = Channel<int>::make(1);
  const auto empty = Channel<int>::make(1);
  full.send(7);
  const auto value = [](int got) { return got; };
  EXPECT_EQ(select(recv(empty, value), recv(full, value)), 7);
}

TEST(Select, TakesOtherwiseOnlyWhenNothingIsReady) {
  const auto channel = Channel<int>::make(1);
  EXPECT_FALSE(select(recv(channel, yes), otherwise(no)));
  EXPECT_TRUE(select(send(channel, 1, yes), otherwise(no)));
  EXPECT_FALSE(select(send(channel, 2, yes), otherwise(no)));
}

TEST(Select, IsAnExpression) {
  const auto channel = Channel<int>::make(1);
  channel.send(2);
  const double half = select(recv(channel, [](int got) { return got * 1.5; }),
                             otherwise([] { return 0; }));
  EXPECT_EQ(half, 3.0);
  select(recv(channel, [](int) {}),
         otherwise([] {}));  // and a statement, if no body has a value
}

// INV-SELECT-2
TEST(Select, SleepsUntilAReceiverComes) {
  const auto channel = Channel<int>::make();
  const auto other = Channel<int>::make();
  std::jthread selecting(
      [&] { EXPECT_TRUE(select(send(channel, 7, yes), recv(other, no))); });
  waitUntil([&] { return channel.waitingSenders() == 1; });
  EXPECT_EQ(channel.recv(), 7);
}

// INV-SELECT-2
TEST(Select, SleepsUntilASenderComes) {
  const auto channel = Channel<int>::make();
  const auto other = Channel<int>::make();
  std::jthread selecting([&] {
    const int got = select(recv(channel, [](int value) { return value; }),
                           recv(other, [] { return 0; }));
    EXPECT_EQ(got, 7);
  });
  waitUntil([&] { return channel.waitingReceivers() == 1; });
  channel.send(7);
}

// Two selects wait for each other where two pollers never met.
// INV-SELECT-2
TEST(Select, TwoSelectsMeet) {
  const auto channel = Channel<int>::make();
  const Channel<Unit> nil;
  for (int round = 0; round < 1000; ++round) {
    std::jthread sender([&] { select(send(channel, round, [] {}), recv(nil, [] {})); });
    EXPECT_EQ(
        select(recv(channel, [](int got) { return got; }), recv(nil, [] { return -1; })),
        round);
  }
}

// INV-SELECT-2
TEST(Select, AParkedSelectLearnsOfAClose) {
  const auto channel = Channel<int>::make();
  const auto done = Channel<Unit>::make();
  std::jthread selecting(
      [&] { EXPECT_TRUE(select(recv(channel, no), recv(done, yes))); });
  waitUntil([&] { return done.waitingReceivers() == 1; });
  done.close();
}

// INV-SELECT-3
TEST(Select, LeavesNoNoteBehind) {
  const auto a = Channel<int>::make();
  const auto b = Channel<int>::make();
  const auto c = Channel<int>::make();
  std::thread selecting(
      [&] { select(recv(a, [] {}), send(b, 1, [] {}), recv(c, [] {})); });
  waitUntil([&] { return c.waitingReceivers() == 1; });
  EXPECT_EQ(a.waitingReceivers() + b.waitingSenders() + c.waitingReceivers(), 3U);
  c.send(1);
  selecting.join();
  EXPECT_EQ(a.waitingReceivers() + b.waitingSenders() + c.waitingReceivers(), 0U);
}

// Pitfall "two claims": the second hand finds a stale note, or none, and must not use it.
// INV-SELECT-1
TEST(Select, ASecondHandOnAnotherChannelIsRefused) {
  for (int round = 0; round < 300; ++round) {
    const auto a = Channel<int>::make();
    const auto b = Channel<int>::make();
    std::jthread selecting([&] { select(recv(a, [] {}), recv(b, [] {})); });
    waitUntil([&] { return b.waitingReceivers() == 1; });
    EXPECT_TRUE(select(send(a, 1, yes), otherwise(no)));
    EXPECT_FALSE(select(send(b, 1, yes), otherwise(no)));
  }
}

// INV-SELECT-1
TEST(Select, AStaleNoteDoesNotHideTheSleeperBehindIt) {
  const auto a = Channel<int>::make();
  const auto b = Channel<int>::make();
  std::jthread first([&] { select(recv(a, [] {}), recv(b, [] {})); });
  waitUntil([&] { return b.waitingReceivers() == 1; });
  std::jthread second([&] { EXPECT_EQ(b.recv(), 2); });
  waitUntil([&] { return b.waitingReceivers() == 2; });
  a.send(1);
  b.send(2);
}

// Pitfall "self-match": nobody looks at the other side of its own select.
// INV-SELECT-1
TEST(Select, DoesNotMeetItself) {
  const auto channel = Channel<int>::make();
  EXPECT_FALSE(select(send(channel, 1, yes), recv(channel, yes), otherwise(no)));
  std::jthread selecting([&] {
    EXPECT_EQ(select(send(channel, 1, [] { return 1; }),
                     recv(channel, [](int got) { return got; })),
              7);
  });
  waitUntil([&] { return channel.waitingReceivers() == 1; });
  EXPECT_EQ(channel.waitingSenders(), 1U);
  channel.send(7);
}

// Pitfall "same channel twice": it is locked once.
TEST(Select, MayNameOneChannelTwice) {
  const auto channel = Channel<int>::make();
  std::jthread selecting(
      [&] { EXPECT_TRUE(select(recv(channel, yes), recv(channel, yes))); });
  waitUntil([&] { return channel.waitingReceivers() == 2; });
  channel.send(1);
  selecting.join();
  EXPECT_EQ(channel.waitingReceivers(), 0U);
}

// Pitfall "body under lock".
TEST(Select, ABodyMayUseTheChannelsOfItsSelect) {
  const auto channel = Channel<int>::make(1);
  channel.send(1);
  select(recv(channel, [&](int got) { channel.send(got + 1); }), otherwise([] {}));
  EXPECT_EQ(channel.recv(), 2);
}

// Pitfall "value moved out, case lost".
TEST(Select, KeepsTheCallersValueIfAnotherCaseWins) {
  const auto full = Channel<std::string>::make();
  const auto done = Channel<Unit>::make();
  done.close();
  const std::string message = "a Ready that nobody took";
  select(send(full, message, [] {}), recv(done, [] {}));
  EXPECT_EQ(message, "a Ready that nobody took");
}

TEST(Select, ANilCaseIsOff) {
  const Channel<int> nil;
  const auto channel = Channel<int>::make(1);
  EXPECT_FALSE(select(recv(nil, yes), send(nil, 1, yes), otherwise(no)));
  EXPECT_TRUE(select(recv(nil, no), send(channel, 1, yes)));
}

// Pitfall "closed-channel spin": a closed channel is always ready; nil turns its case
// off.
TEST(Select, AClosedChannelIsReadyUntilItsHandleIsNil) {
  auto channel = Channel<int>::make();
  channel.close();
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(select(recv(channel, yes), otherwise(no)));
  channel = nullptr;
  EXPECT_FALSE(select(recv(channel, yes), otherwise(no)));
}

// INV-SELECT-4
TEST(Select, ChoosesEvenlyAmongTheReady) {
  std::array<int, 3> count{};
  const auto a = Channel<Unit>::make();
  const auto b = Channel<Unit>::make();
  const auto c = Channel<Unit>::make();
  a.close();
  b.close();
  c.close();
  for (int i = 0; i < 3000; ++i) {
    select(recv(a, [&] { ++count[0]; }), recv(b, [&] { ++count[1]; }),
           recv(c, [&] { ++count[2]; }));
  }
  for (const int times : count)
    EXPECT_NEAR(times, 1000, 150);  // over five standard deviations
}

// Pitfall "starvation of stop": a feed that never runs dry must not keep us from hearing
// it. INV-SELECT-4
TEST(Select, HearsStopBesideAFeedThatNeverRunsDry) {
  const auto feed = Channel<Unit>::make();
  const auto stop = Channel<Unit>::make();
  feed.close();
  stop.close();
  int turns = 0;
  while (select(recv(feed, yes), recv(stop, no))) ++turns;
  EXPECT_LT(turns, 1000);  // a fair coin shows 1000 heads in a row once in 10^301 tries
}

// Pitfall "reply channel on the caller's stack": the loop answers somebody who has left.
TEST(Select, AnAskerWhoLeavesDoesNotHoldUpTheAnswer) {
  struct Question {
    Channel<int> answer;
  };
  const auto questions = Channel<Question>::make();
  const auto gone = Channel<Unit>::make();
  std::jthread loop([&] {
    const auto question = questions.recv();
    gone.recv();
    question->answer.send(7);  // nobody is there any more
  });
  {
    const auto answer = Channel<int>::make(1);
    questions.send({answer});
    EXPECT_FALSE(select(recv(answer, yes), otherwise(no)));
  }
  gone.close();
}

class SelectDeathTest : public testing::Test {
 protected:
  void SetUp() override { GTEST_FLAG_SET(death_test_style, "threadsafe"); }
};

// Pitfall "nil everywhere".
TEST_F(SelectDeathTest, WithEveryCaseOffStopsTheProcess) {
  const Channel<int> nil;
  EXPECT_DEATH(select(recv(nil, [] {}), send(nil, 1, [] {})),
               "select with every case off blocks for ever");
}

TEST_F(SelectDeathTest, ASendOnAClosedChannelStopsTheProcess) {
  const auto channel = Channel<int>::make();
  channel.close();
  EXPECT_DEATH(select(send(channel, 1, [] {}), otherwise([] {})),
               "send on closed channel");
}

TEST_F(SelectDeathTest, AParkedSendCaseStopsTheProcessWhenItsChannelIsClosed) {
  EXPECT_DEATH(
      {
        const auto channel = Channel<int>::make();
        const auto other = Channel<int>::make();
        std::jthread selecting(
            [&] { select(send(channel, 1, [] {}), recv(other, [] {})); });
        waitUntil([&] { return channel.waitingSenders() == 1; });
        channel.close();
        selecting.join();
      },
      "send on closed channel");
}

}  // namespace
