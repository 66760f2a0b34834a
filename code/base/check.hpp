// RAFT_CHECK: an invariant that must hold, whatever the input.
//
// A broken invariant is a bug in this program, never a mistake of its caller. Going on
// would spread the damage to disk and to other nodes, so we stop where it is seen:
// always, in every build. What etcd answers with a panic, we answer with RAFT_CHECK; what
// etcd answers with an error value is an ordinary refusal and has no business here.
//
// Tested by base/check_test.cpp.
#pragma once

namespace base {

/// Prints one line that names the broken invariant and its place, then aborts.
/// @param condition  the expression that was false, as written
/// @param why        the sentence that says why it had to hold
[[noreturn]] void checkFailed(const char* condition, const char* why, const char* file,
                              int line);

}  // namespace base

/// Stops the process unless `condition` holds; `why` says why it must.
#define RAFT_CHECK(condition, why) \
  ((condition) ? void() : ::base::checkFailed(#condition, why, __FILE__, __LINE__))
