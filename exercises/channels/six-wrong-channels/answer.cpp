// Six wrong channels: your tests go here.
#include <gtest/gtest.h>

#include <atomic>
#include <optional>
#include <thread>
#include <vector>

#include "csp/channel.hpp"
#include "csp/wait_until.hpp"

namespace {

using csp::Channel;
using csp::waitUntil;

TEST(MyChannel, ASendAndAReceiveMeet) {
  const auto channel = Channel<int>::make();
  std::jthread sender([&] { channel.send(7); });
  EXPECT_EQ(channel.recv(), 7);
}

// Your turn.

}  // namespace
