// A select that asks again and again. It is wrong, and this chapter shows how.
//
// It tries each case under its channel's lock and starts over until one succeeds. Against
// parked threads that works. But it never parks itself, so two of them never meet on an
// unbuffered channel: each finds nobody there. And while it waits, it burns its
// processor.
//
// Tested by csp/select_naive_test.cpp. Replaced by csp/select.hpp.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <span>
#include <thread>

#include "csp/case.hpp"

namespace csp {

/// How often a polling select has asked all its cases in vain, in the whole process.
inline std::atomic<std::uint64_t> turnsInVain = 0;

/// Tries the cases in the order in which they are written down. Returns the number of the
/// one that succeeded, or nothing.
inline std::optional<std::size_t> tryInOrder(std::span<Case* const> cases) {
  for (std::size_t number = 0; number < cases.size(); ++number) {
    Case* const arm = cases[number];
    if (arm == nullptr || arm->core() == nullptr) continue;
    const std::lock_guard lock(arm->core()->lock);
    if (arm->tryNow()) return number;
  }
  return std::nullopt;
}

/// Polls until one case succeeds, or takes `otherwise` after one turn in vain.
inline std::size_t poll(std::span<Case* const> cases) {
  while (true) {
    if (const auto number = tryInOrder(cases)) return *number;
    for (std::size_t number = 0; number < cases.size(); ++number) {
      if (cases[number] == nullptr) return number;
    }
    turnsInVain.fetch_add(1, std::memory_order_relaxed);
    std::this_thread::yield();
  }
}

/// Does one of the cases and returns what its body returns.
template <class... Arms>
ResultOf<Arms...> select(Arms&&... arms) {
  const std::array<Case*, sizeof...(Arms)> cases{caseOf(arms)...};
  return runArm<ResultOf<Arms...>>(poll(cases), arms...);
}

}  // namespace csp
