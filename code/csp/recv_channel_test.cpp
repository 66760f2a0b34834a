#include "csp/recv_channel.hpp"

#include <gtest/gtest.h>

#include <concepts>
#include <type_traits>

#include "csp/context.hpp"
#include "csp/select.hpp"
#include "csp/timer.hpp"

namespace {

using csp::Channel;
using csp::RecvChannel;
using csp::Unit;

template <class Handle>
concept Closes = requires(Handle handle) { handle.close(); };

template <class Handle, class T>
concept Sends = requires(Handle handle, T value) { handle.send(value); };

template <class Handle, class T>
concept SendsInASelect =
    requires(Handle handle, T value) { csp::send(handle, value, [] {}); };

template <class Handle, class T>
concept OnlyReceives =
    !Closes<Handle> && !Sends<Handle, T> && !SendsInASelect<Handle, T> &&
    !std::convertible_to<Handle, Channel<T>>;

TEST(RecvChannel, HasNeitherSendNorCloseNorAWayBack) {
  static_assert(OnlyReceives<RecvChannel<int>, int>);
  static_assert(Closes<Channel<int>> && Sends<Channel<int>, int>);  // the whole has
  static_assert(SendsInASelect<Channel<int>, int>);
}

// INV-CONTEXT-1: nobody but the context itself can close what it ends with.
TEST(RecvChannel, IsAllThatAContextAndATimeoutGiveAway) {
  static_assert(OnlyReceives<decltype(csp::background().done()), Unit>);
  static_assert(OnlyReceives<decltype(csp::after({})), csp::TimePoint>);
}

TEST(RecvChannel, ReceivesWhatIsSentOnItsChannel) {
  const auto channel = Channel<int>::make(2, "numbers");
  const RecvChannel<int> half = channel;
  channel.send(1);
  channel.send(2);
  EXPECT_EQ(half.size(), 2U);
  EXPECT_EQ(half.capacity(), 2U);
  EXPECT_STREQ(half.name(), "numbers");
  EXPECT_EQ(half.recv(), 1);
  EXPECT_EQ(csp::select(csp::recv(half, [](int got) { return got; })), 2);
  channel.close();
  EXPECT_EQ(half.recv(), std::nullopt);
}

TEST(RecvChannel, IsNilIfItsChannelIs) {
  const RecvChannel<int> nil;
  EXPECT_FALSE(nil);
  EXPECT_EQ(nil, Channel<int>());
  EXPECT_FALSE(csp::select(csp::recv(nil, [] { return true; }),
                           csp::otherwise([] { return false; })));
  const auto channel = Channel<int>::make();
  EXPECT_TRUE(RecvChannel<int>(channel));
  EXPECT_EQ(RecvChannel<int>(channel), channel);
  EXPECT_NE(RecvChannel<int>(channel), nil);
}

}  // namespace
