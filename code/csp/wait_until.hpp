// waitUntil: how a test or a picture waits for another thread to get somewhere.
//
// A sleep would be too short on a busy machine and too long on all others. Asking is
// exact:
//   waitUntil([&] { return channel.waitingReceivers() == 1; });
// Not for the node itself, which never asks: it parks.
//
// Tested by csp/channel_test.cpp, which could not do without it.
#pragma once

#include <chrono>
#include <thread>

#include "base/check.hpp"

namespace csp {

/// Returns when `condition()` is true. Stops the process if that takes longer than 30
/// seconds.
template <class Condition>
void waitUntil(Condition condition) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(30);
  while (!condition()) {
    RAFT_CHECK(std::chrono::steady_clock::now() < end, "waited 30 seconds in vain");
    std::this_thread::yield();
  }
}

}  // namespace csp
