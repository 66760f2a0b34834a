// The log grows, is contradicted, and is committed. Tested by raft/log_test.cpp.
#include "raft/log.hpp"

#include <algorithm>
#include <utility>

#include "base/check.hpp"
#include "base/text.hpp"

namespace raft {

using base::text;
using raftpb::Entries;
using raftpb::Entry;

RaftLog::RaftLog(std::shared_ptr<const Storage> storage, Logger logger,
                 std::uint64_t maxApplyingEntsSize)
    : storage_(std::move(storage)),
      unstable_(storage_->lastIndex() + 1, logger),
      committed_(storage_->firstIndex() - 1),
      applying_(committed_),
      applied_(committed_),
      maxApplyingEntsSize_(maxApplyingEntsSize),
      logger_(std::move(logger)) {}

std::optional<Index> RaftLog::maybeAppend(LogSlice a, Index committed) {
  if (!matchTerm(a.prev)) return std::nullopt;

  const Index last = a.lastIndex();
  const Index conflict = findConflict(a.entries);
  if (conflict != 0) {
    RAFT_CHECK(conflict > committed_, "a leader never contradicts a committed entry");
    appendFrom(a.entries, conflict - a.prev.index - 1);
  }
  commitTo(std::min(committed, last));
  return last;
}

Index RaftLog::append(Entries entries) {
  if (!entries.empty()) appendFrom(entries, 0);
  return lastIndex();
}

// Moves in the entries from a place of the vector on.
void RaftLog::appendFrom(Entries& entries, std::size_t place) {
  RAFT_CHECK(place < entries.size(), "what is appended is at least one entry");
  RAFT_CHECK(entries[place].index > committed_, "what is committed is never replaced");
  unstable_.truncateAndAppend(std::span<Entry>(entries).subspan(place));
  checkInvariants();
}

Index RaftLog::findConflict(const Entries& entries) const {
  const auto held = [this](const Entry& entry) { return matchTerm(entryId(entry)); };
  const auto conflict = std::find_if_not(entries.begin(), entries.end(), held);
  if (conflict == entries.end()) return 0;

  const Index i = conflict->index;
  if (i <= lastIndex()) {
    logger_(Level::Info, text("found conflict at index ", i,
                              " [existing term: ", zeroTermOnOutOfBounds(term(i)),
                              ", conflicting term: ", conflict->term, "]"));
  }
  return i;
}

EntryId RaftLog::findConflictByTerm(Index index, Term term) const {
  for (; index > 0; --index) {
    const Result<Term> ours = this->term(index);
    if (!ours) return {.term = 0, .index = index};
    if (*ours <= term) return {.term = *ours, .index = index};
  }
  return {};
}

bool RaftLog::maybeCommit(EntryId at) {
  if (at.term == 0 || at.index <= committed_ || !matchTerm(at)) return false;
  commitTo(at.index);
  return true;
}

void RaftLog::commitTo(Index tocommit) {
  if (tocommit <= committed_) return;
  RAFT_CHECK(tocommit <= lastIndex(),
             "nothing is committed that is not in the log: was it corrupted, truncated, "
             "or lost?");
  committed_ = tocommit;
}

void RaftLog::restore(SnapshotPtr snapshot) {
  const raftpb::SnapshotMetadata& at = snapshot->metadata;
  logger_(Level::Info, text("log [", toString(*this),
                            "] starts to restore snapshot [index: ", at.index,
                            ", term: ", at.term, "]"));
  RAFT_CHECK(at.index >= committed_, "a snapshot never takes back what is committed");
  committed_ = at.index;
  unstable_.restore(std::move(snapshot));
  checkInvariants();
}

bool RaftLog::matchTerm(EntryId id) const {
  const Result<Term> ours = term(id.index);
  return ours && *ours == id.term;
}

bool RaftLog::isUpToDate(EntryId last) const {
  const EntryId ours = lastEntryId();
  if (last.term != ours.term) return last.term > ours.term;
  return last.index >= ours.index;
}

Entries RaftLog::nextUnstableEnts() const {
  const std::span<const Entry> next = unstable_.nextEntries();
  return {next.begin(), next.end()};
}

bool RaftLog::hasNextUnstableEnts() const {
  return !unstable_.nextEntries().empty();
}

bool RaftLog::hasNextOrInProgressUnstableEnts() const {
  return !unstable_.entries().empty();
}

SnapshotPtr RaftLog::nextUnstableSnapshot() const {
  return unstable_.nextSnapshot();
}

bool RaftLog::hasNextUnstableSnapshot() const {
  return unstable_.nextSnapshot() != nullptr;
}

bool RaftLog::hasNextOrInProgressSnapshot() const {
  return unstable_.snapshot() != nullptr;
}

void RaftLog::checkInvariants() const {
  RAFT_CHECK(applied_ <= applying_, "nothing is applied that was not handed out");
  RAFT_CHECK(applying_ <= committed_, "nothing is handed out that is not committed");
  RAFT_CHECK(committed_ <= lastIndex(), "nothing is committed that is not in the log");
}

std::string toString(const RaftLog& log) {
  const Unstable& unstable = log.unstable();
  return text("committed=", log.committed(), ", applied=", log.applied(),
              ", applying=", log.applying(), ", unstable.offset=", unstable.offset(),
              ", unstable.offsetInProgress=", unstable.offsetInProgress(),
              ", len(unstable.Entries)=", unstable.entries().size());
}

}  // namespace raft
