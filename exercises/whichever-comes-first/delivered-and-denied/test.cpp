// A send that was delivered has happened, whatever becomes of the channel afterwards.
#include <gtest/gtest.h>

#include <thread>

#include "csp/channel.hpp"
#include "csp/select.hpp"

namespace {

using csp::Channel;
using csp::Unit;

template <class T>
void waitForSender(const Channel<T>& channel) {
  while (channel.waitingSenders() == 0) std::this_thread::yield();
}

// INV-SELECT-1
TEST(DeliveredAndDenied, ACloseAfterTheDeliveryChangesNothing) {
  for (int round = 0; round < 500; ++round) {
    const auto values = Channel<int>::make(0);
    const auto never = Channel<Unit>::make(0);
    bool sent = false;
    std::thread sender([&] {
      csp::select(send(values, round, [&] { sent = true; }), recv(never, [] {}));
    });
    waitForSender(values);

    ASSERT_EQ(values.recv(), round);  // the value is here …
    values.close();                   // … and this comes later

    sender.join();
    ASSERT_TRUE(sent) << "the value arrived, but the body of its send did not run";
  }
}

// INV-SELECT-1
TEST(DeliveredAndDenied, ACloseBeforeTheDeliveryIsStillAMistake) {
  const auto values = Channel<int>::make(0);
  const auto never = Channel<Unit>::make(0);
  const auto closeUnderTheSender = [&] {
    std::thread closer([&] {
      waitForSender(values);
      values.close();
    });
    csp::select(send(values, 1, [] {}), recv(never, [] {}));
    closer.join();
  };
  EXPECT_DEATH(closeUnderTheSender(), "send on closed channel")
      << "nobody took the value: a sender that is woken by a close must stop the process";
}

// INV-SELECT-2
TEST(DeliveredAndDenied, AReceiverThatIsWokenByACloseGoesOn) {
  const auto values = Channel<int>::make(0);
  const auto never = Channel<Unit>::make(0);
  std::thread closer([&] {
    while (values.waitingReceivers() == 0) std::this_thread::yield();
    values.close();
  });
  const bool closed = csp::select(recv(values, [](std::optional<int> v) { return !v; }),
                                  recv(never, [] { return false; }));
  closer.join();
  EXPECT_TRUE(closed) << "a receive from a channel that closes answers: closed";
}

}  // namespace
