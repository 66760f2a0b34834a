// Ready: everything that the core wants done, in one value.
//
// The core never writes, sends or applies. It says what to write (hardState, entries),
// what to send (messages) and what to apply (committedEntries), and waits to be told that
// it was done. The order is a promise of the application: first write, and sync if
// mustSync; then send; then apply; then advance. A field that has nothing to say is
// empty.
//
// etcd: Ready in node.go. Tested by raft/raft_of_one_test.cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "raft/util.hpp"
#include "raftpb/message.hpp"
#if STAGE >= MESSAGES
#include "raftpb/hard_state.hpp"
#endif

namespace raft {

/// The part a node plays.
enum class StateType : std::uint8_t { StateFollower, StateCandidate, StateLeader };

/// Who leads, and what we are. It may be forgotten in a crash.
struct SoftState {
  NodeId lead = kNone;
  StateType raftState = StateType::StateFollower;

  bool operator==(const SoftState&) const = default;
};

#if STAGE >= MESSAGES
using raftpb::HardState;
#else
/// What must survive a crash (§5.1, Figure 2: persistent state), and how far we
/// committed.
struct HardState {
  Term term = 0;
  NodeId vote = kNone;
  Index commit = 0;

  bool operator==(const HardState&) const = default;
};
#endif

/// One batch of work for the application.
struct Ready {
  // The `= {}` let an initializer name the fields it means and leave out the others.
  std::optional<SoftState> softState = {};  ///< set when it changed
  std::optional<HardState> hardState = {};  ///< set when it changed: write it
  std::vector<raftpb::Entry> entries = {};  ///< write these before sending anything
  std::vector<raftpb::Entry> committedEntries = {};  ///< apply these: a majority has them
  std::vector<raftpb::Message> messages = {};        ///< send these, once all is written
  bool mustSync = false;  ///< what is written must be on the disk before going on

  bool operator==(const Ready&) const = default;
};

/// A Ready on its way to the application. It is offered anew at every turn until it is
/// taken, and the loop keeps it until it is advanced: shared, and so never changed.
using ReadyPtr = std::shared_ptr<const Ready>;

/// Must the disk be forced? For entries, a vote or a term; not for a commit index alone,
/// which can be learnt again.
bool mustSync(const HardState& now, const HardState& before, std::size_t entries);

}  // namespace raft
