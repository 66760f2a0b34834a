// Progress: what a leader believes about one follower's log.
//
// Two numbers say where they stand. Up to `match` the follower's log is known to equal
// ours; from `next` on entries have not been sent. Between the two lies what was sent and
// not answered, so match < next at all times.
//
//        1 … match | match+1 … next-1 | next …
//        the same  | on their way     | not sent yet
//
// How eagerly entries are sent is the state:
//
//   StateProbe      We guess where the logs part. One MsgApp at a time, then wait.
//   StateReplicate  We know. MsgApps are sent ahead, as many as the window allows.
//
// A Progress makes its own transitions; Raft only says what happened.
//
// etcd: tracker/progress.go. Tested by raft/tracker/progress_test.cpp.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "raft/tracker/inflights.hpp"
#include "raft/util.hpp"

namespace raft::tracker {

/// How entries are sent to a follower.
enum class StateType : std::uint8_t { StateProbe, StateReplicate };

/// The state's name as etcd writes it, "StateProbe".
std::string_view name(StateType state);

/// One follower, as its leader sees it.
class Progress {
 public:
  /// Nothing is known to match; `next` is the first guess.
  Progress(Index next, Inflights window, bool isLearner);

  Index match() const { return match_; }         ///< the logs are equal up to here
  Index next() const { return next_; }           ///< the next entry to be sent
  StateType state() const { return state_; }     ///< how entries are sent
  bool isLearner() const { return isLearner_; }  ///< receives the log, does not count
  void setLearner(bool isLearner) { isLearner_ = isLearner; }  ///< see isLearner
  const Inflights& inflights() const { return inflights_; }    ///< MsgApps unanswered

  /// The follower has answered something since the last time that somebody looked.
  bool recentActive() const { return recentActive_; }
  void setRecentActive(bool active) { recentActive_ = active; }  ///< see recentActive

  void becomeProbe();      ///< guess again, beginning right after what matches
  void becomeReplicate();  ///< we know where the logs meet: send ahead

  /// No MsgApp with entries may be sent at present.
  bool isPaused() const;
  void resume() { msgAppFlowPaused_ = false; }  ///< a heartbeat was answered: try once

  /// So many entries of so many bytes were sent, from next on. 0 entries is a message
  /// too.
  void sentEntries(std::size_t entries, std::uint64_t bytes);

  /// A message told the follower that everything up to `commit` is committed.
  void sentCommit(Index commit) { sentCommit_ = commit; }

  /// Would telling it about `commit` be news that its log can use?
  bool canBumpCommit(Index commit) const;

  /// The follower has everything up to `index`. False if that was known before.
  bool maybeUpdate(Index index);

  /// Has a later answer overtaken the refusal of a MsgApp that followed `rejected`?
  bool isStale(Index rejected) const;

  /// The follower refused a MsgApp that followed `rejected`, and says that the logs may
  /// meet at `matchHint`. False if the refusal is stale.
  bool maybeDecrTo(Index rejected, Index matchHint);

  /// Everything up to `index` was answered: those MsgApps are no longer in flight.
  void freeInflights(Index index) { inflights_.freeLE(index); }

  bool operator==(const Progress&) const = default;

 private:
  void resetState(StateType state);
  void sentProbe(std::size_t entries);
  void sentAhead(std::size_t entries, std::uint64_t bytes);

  Index match_ = 0;
  Index next_;
  Index sentCommit_ = 0;  // the highest commit index in flight to it
  StateType state_ = StateType::StateProbe;
  bool recentActive_ = false;
  bool msgAppFlowPaused_ = false;
  bool isLearner_;
  Inflights inflights_;
};

/// "StateProbe match=3 next=4 paused inactive"; what does not apply is left out.
std::string toString(const Progress& progress);

/// Everybody's progress, in the order of the ids: the order in which messages are sent.
using ProgressMap = std::map<NodeId, Progress>;

/// One line for each, "1: StateReplicate match=3 next=4".
std::string toString(const ProgressMap& progress);

}  // namespace raft::tracker
