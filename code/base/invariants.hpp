// Whether a room's checkInvariants() runs after every step: in debug and test builds yes,
// in Release builds no. RAFT_CHECK itself is always on. Tested by
// raft/raft_election_test.cpp.
#pragma once

namespace base {

/// Set by the build: false in Release, where benchmarks are measured.
inline constexpr bool kCheckInvariants = RAFT_CHECK_INVARIANTS;

}  // namespace base
