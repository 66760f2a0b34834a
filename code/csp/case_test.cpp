#include "csp/case.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace {

using csp::Channel;
using csp::otherwise;
using csp::recv;
using csp::send;
using csp::Unit;

/// Does the case if it is ready, as a select does: under the lock of its channel.
template <class Arm>
bool tryAlone(Arm& arm) {
  const std::lock_guard lock(arm.core()->lock);
  return arm.tryNow();
}

TEST(Case, AReceiveBodyMayTakeTheValueTheOptionalOrNothing) {
  const auto channel = Channel<int>::make(3);
  for (int i = 1; i <= 3; ++i) channel.send(i);
  auto value = recv(channel, [](int got) { return got; });
  auto optional = recv(channel, [](std::optional<int> got) { return got; });
  auto nothing = recv(channel, [] { return 30; });
  EXPECT_TRUE(tryAlone(value) && tryAlone(optional) && tryAlone(nothing));
  EXPECT_EQ(value.run(), 1);
  EXPECT_EQ(optional.run(), std::optional<int>(2));
  EXPECT_EQ(nothing.run(), 30);
}

TEST(Case, AClosedChannelGivesTheZeroValueOrNoValue) {
  const auto channel = Channel<int>::make();
  channel.close();
  auto value = recv(channel, [](int got) { return got; });
  auto optional = recv(channel, [](std::optional<int> got) { return got.has_value(); });
  EXPECT_TRUE(tryAlone(value) && tryAlone(optional));
  EXPECT_EQ(value.run(), 0);
  EXPECT_FALSE(optional.run());
}

// Pitfall "value moved out, case lost".
TEST(Case, ASendOfAnLvalueLeavesTheCallerItsOwn) {
  const auto full = Channel<std::string>::make();
  const std::string message = "kept";
  auto arm = send(full, message, [] {});
  EXPECT_FALSE(tryAlone(arm));
  EXPECT_EQ(message, "kept");
}

TEST(Case, ASendOfAnRvalueDiesWithItsCase) {
  const auto full = Channel<std::shared_ptr<int>>::make();
  auto value = std::make_shared<int>(7);
  const std::weak_ptr<int> watch = value;
  {
    auto arm = send(full, std::move(value), [] {});
    EXPECT_FALSE(tryAlone(arm));
    EXPECT_FALSE(watch.expired());
  }
  EXPECT_TRUE(watch.expired());
}

TEST(Case, OfANilChannelHasNoCore) {
  EXPECT_EQ(recv(Channel<int>(), [] {}).core(), nullptr);
  EXPECT_EQ(send(Channel<int>(), 1, [] {}).core(), nullptr);
}

TEST(Case, TheResultIsTheCommonTypeOfTheBodies) {
  auto small = otherwise([] { return 1; });
  auto large = otherwise([] { return 2.5; });
  auto none = otherwise([] {});
  static_assert(std::is_same_v<csp::ResultOf<decltype(small), decltype(large)>, double>);
  static_assert(std::is_same_v<csp::ResultOf<decltype(none)>, void>);
  EXPECT_EQ((csp::runArm<double>(0, small, large)), 1.0);
  EXPECT_EQ((csp::runArm<double>(1, small, large)), 2.5);
}

}  // namespace
