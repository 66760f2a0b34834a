// What a leader believes about a follower. Tested by raft/tracker/progress_test.cpp.
#include "raft/tracker/progress.hpp"

#include <algorithm>
#include <utility>

#include "base/text.hpp"

namespace raft::tracker {

using base::text;

std::string_view name(StateType state) {
  switch (state) {
    case StateType::StateProbe:
      return "StateProbe";
    case StateType::StateReplicate:
      return "StateReplicate";
  }
  return "StateUnknown";
}

Progress::Progress(Index next, Inflights window, bool isLearner)
    : next_(next), isLearner_(isLearner), inflights_(std::move(window)) {}

void Progress::resetState(StateType state) {
  state_ = state;
  msgAppFlowPaused_ = false;
  inflights_.reset();
}

// What was in flight may be lost, so it counts as never sent: entries and commit index.
void Progress::becomeProbe() {
  resetState(StateType::StateProbe);
  next_ = match_ + 1;
  sentCommit_ = std::min(sentCommit_, next_ - 1);
}

void Progress::becomeReplicate() {
  resetState(StateType::StateReplicate);
  next_ = match_ + 1;
}

bool Progress::isPaused() const {
  switch (state_) {
    case StateType::StateProbe:
    case StateType::StateReplicate:
      return msgAppFlowPaused_;
  }
  return true;
}

void Progress::sentEntries(std::size_t entries, std::uint64_t bytes) {
  switch (state_) {
    case StateType::StateProbe:
      return sentProbe(entries);
    case StateType::StateReplicate:
      return sentAhead(entries, bytes);
  }
}

// One message with entries is enough until it is answered: its answer tells where to go
// on. An empty one commits us to nothing, and does not pause.
void Progress::sentProbe(std::size_t entries) {
  msgAppFlowPaused_ = msgAppFlowPaused_ || entries > 0;
}

// We trust the entries to arrive, and go on behind them.
void Progress::sentAhead(std::size_t entries, std::uint64_t bytes) {
  if (entries > 0) {
    next_ += entries;
    inflights_.add(next_ - 1, bytes);
  }
  msgAppFlowPaused_ = inflights_.full();
}

// A commit index above next-1 means no more to the follower than next-1 itself: it can't
// commit what it hasn't got.
bool Progress::canBumpCommit(Index commit) const {
  return commit > sentCommit_ && sentCommit_ < next_ - 1;
}

bool Progress::maybeUpdate(Index index) {
  if (index <= match_) return false;
  match_ = index;
  next_ = std::max(next_, index + 1);
  msgAppFlowPaused_ = false;
  return true;
}

bool Progress::isStale(Index rejected) const {
  switch (state_) {
    case StateType::StateProbe:
      return next_ - 1 != rejected;  // we have guessed anew since
    case StateType::StateReplicate:
      return rejected <= match_;  // it has that entry
  }
  return true;
}

bool Progress::maybeDecrTo(Index rejected, Index matchHint) {
  if (isStale(rejected)) return false;
  if (state_ == StateType::StateReplicate) {
    next_ = match_ + 1;
  } else {
    next_ = std::max(std::min(rejected, matchHint + 1), match_ + 1);
    msgAppFlowPaused_ = false;
  }
  sentCommit_ = std::min(sentCommit_, next_ - 1);
  return true;
}

std::string toString(const Progress& progress) {
  std::string out = text(name(progress.state()), " match=", progress.match(),
                         " next=", progress.next());
  if (progress.isLearner()) out += " learner";
  if (progress.isPaused()) out += " paused";
  if (!progress.recentActive()) out += " inactive";
  if (const std::size_t count = progress.inflights().count(); count > 0) {
    out += text(" inflight=", count, progress.inflights().full() ? "[full]" : "");
  }
  return out;
}

std::string toString(const ProgressMap& progress) {
  std::string out;
  for (const auto& [id, one] : progress) out += text(id, ": ", toString(one), "\n");
  return out;
}

}  // namespace raft::tracker
