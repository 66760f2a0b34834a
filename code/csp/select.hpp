// select: waits on several channels and does exactly one of the cases.
//
//   const Error error = select(send(propc, proposal, taken),
//                              recv(ctx.done(), cancelled),
//                              recv(done, stopped));
//
// For one instant the thread holds every channel it looks at. If nothing is ready it
// leaves a note in each, and the first hand to claim one note claims them all.
//
// It guarantees that one case happens, once, and no trace of the others remains. It does
// not guarantee which one: if several are ready, each is as likely as the others. There
// is no priority, not by order and not by kind.
//
// Go: runtime/select.go, selectgo. Tested by csp/select_test.cpp and
// csp/select_stress_test.cpp.
#pragma once

#include <array>
#include <cstddef>
#include <span>

#include "csp/case.hpp"

namespace csp {

/// The largest select. Its tables have this size, so that it need not allocate.
constexpr std::size_t kMostCases = 16;

/// Does one case and returns its number. A nullptr stands for otherwise.
std::size_t choose(std::span<Case* const> cases);

/// Does one of the cases, then runs its body with no lock held, and returns what the body
/// returns. Waits if no case is ready and there is no `otherwise`. A case with a nil
/// channel is off; if all are off and there is no `otherwise`, it would wait for ever and
/// stops the process. So does choosing a send on a closed channel.
template <class... Arms>
ResultOf<Arms...> select(Arms&&... arms) {
  static_assert(sizeof...(Arms) <= kMostCases);
  const std::array<Case*, sizeof...(Arms)> cases{caseOf(arms)...};
  return runArm<ResultOf<Arms...>>(choose(cases), arms...);
}

}  // namespace csp
