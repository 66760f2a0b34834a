// What a polling select can do, and the two things it cannot.
#include "csp/select_naive.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "csp/wait_until.hpp"

namespace {

using csp::Channel;
using csp::otherwise;
using csp::recv;
using csp::select;
using csp::send;
using csp::Unit;
using csp::waitUntil;

TEST(SelectNaive, DoesTheCaseThatIsReady) {
  const auto full = Channel<int>::make(1);
  const auto empty = Channel<int>::make(1);
  full.send(7);
  const int got = select(recv(empty, [](int value) { return value; }),
                         recv(full, [](int value) { return value; }));
  EXPECT_EQ(got, 7);
}

TEST(SelectNaive, MeetsAThreadThatIsParked) {
  const auto channel = Channel<int>::make();
  std::jthread receiver([&] { EXPECT_EQ(channel.recv(), 7); });
  select(send(channel, 7, [] {}));
}

TEST(SelectNaive, TakesOtherwiseWhenNothingIsReady) {
  const auto channel = Channel<int>::make();
  EXPECT_TRUE(
      select(recv(channel, [] { return false; }), otherwise([] { return true; })));
}

// A rendezvous needs one of the two to wait for the other. Here neither does.
TEST(SelectNaive, TwoPollersNeverMeet) {
  const auto channel = Channel<int>::make();
  for (int turn = 0; turn < 10000; ++turn) {
    const bool sent =
        select(send(channel, 7, [] { return true; }), otherwise([] { return false; }));
    const bool received =
        select(recv(channel, [] { return true; }), otherwise([] { return false; }));
    ASSERT_FALSE(sent || received);
  }
}

// The same with two threads, until both have been told to stop. In all that time, nothing
// passed from one to the other, and nobody slept.
TEST(SelectNaive, BurnsItsProcessorWhileItWaits) {
  const auto channel = Channel<int>::make();
  const auto stop = Channel<Unit>::make();
  std::atomic<int> passed = 0;
  std::jthread sender(
      [&] { select(send(channel, 7, [&] { ++passed; }), recv(stop, [] {})); });
  std::jthread receiver(
      [&] { select(recv(channel, [&] { ++passed; }), recv(stop, [] {})); });

  const auto before = csp::turnsInVain.load();
  waitUntil([&] { return csp::turnsInVain.load() >= before + 10000; });
  EXPECT_EQ(channel.waitingSenders() + channel.waitingReceivers(), 0U);
  stop.close();
  sender.join();
  receiver.join();
  EXPECT_EQ(passed, 0);
}

}  // namespace
