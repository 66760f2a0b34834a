// Your turn: tests that our select passes and each of four wrong ones fails.
#include <gtest/gtest.h>

#include <thread>

#include "csp/channel.hpp"
#include "csp/select.hpp"
#include "csp/wait_until.hpp"

namespace {

using csp::Channel;
using csp::otherwise;

TEST(Select, TakesWhatIsReady) {
  const auto ready = Channel<int>::make(1);
  const Channel<int> off;
  ready.send(7);
  const int value =
      csp::select(recv(ready, [](int v) { return v; }), recv(off, [](int) { return 0; }));
  EXPECT_EQ(value, 7);
}

}  // namespace
