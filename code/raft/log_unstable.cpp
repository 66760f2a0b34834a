// What waits for the disk: in, handed out, written. Tested by raft/log_unstable_test.cpp.
#include "raft/log_unstable.hpp"

#include <algorithm>
#include <utility>

#include "base/check.hpp"
#include "base/text.hpp"

namespace raft {

using base::text;

Unstable::Unstable(Index offset, Logger logger)
    : entries_(offset), offsetInProgress_(offset), logger_(std::move(logger)) {}

std::optional<Index> Unstable::maybeFirstIndex() const {
  if (snapshot_) return snapshot_->metadata.index + 1;
  return std::nullopt;
}

std::optional<Index> Unstable::maybeLastIndex() const {
  if (!entries_.empty()) return entries_.end() - 1;
  if (snapshot_) return snapshot_->metadata.index;
  return std::nullopt;
}

std::optional<Term> Unstable::maybeTerm(Index i) const {
  if (offset() <= i && i < entries_.end()) return entries_[i].term;
  if (snapshot_ && i == snapshot_->metadata.index) return snapshot_->metadata.term;
  return std::nullopt;
}

std::span<const raftpb::Entry> Unstable::nextEntries() const {
  return entries_.slice(offsetInProgress_, entries_.end());
}

SnapshotPtr Unstable::nextSnapshot() const {
  return snapshotInProgress_ ? nullptr : snapshot_;
}

void Unstable::acceptInProgress() {
  offsetInProgress_ = entries_.end();
  snapshotInProgress_ = snapshot_ != nullptr;
}

// The caller says which entry was written, not only up to which index: since it was
// handed out, another one may have taken its place, and that one is not written.
void Unstable::stableTo(EntryId id) {
  const std::optional<Term> term = maybeTerm(id.index);
  if (!term) {
    return info(
        text("entry at index ", id.index, " missing from unstable log; ignoring"));
  }
  if (id.index < offset()) {
    return info(
        text("entry at index ", id.index, " matched unstable snapshot; ignoring"));
  }
  if (*term != id.term) {
    return info(text("entry at (index,term)=(", id.index, ",", id.term,
                     ") mismatched with entry at (", id.index, ",", *term,
                     ") in unstable log; ignoring"));
  }
  entries_.drop(id.index + 1);
  offsetInProgress_ = std::max(offsetInProgress_, offset());
}

void Unstable::stableSnapTo(Index i) {
  if (!snapshot_ || snapshot_->metadata.index != i) return;
  snapshot_ = nullptr;
  snapshotInProgress_ = false;
}

void Unstable::restore(SnapshotPtr snapshot) {
  entries_.reset(snapshot->metadata.index + 1);
  offsetInProgress_ = offset();
  snapshot_ = std::move(snapshot);
  snapshotInProgress_ = false;
}

void Unstable::truncateAndAppend(std::span<raftpb::Entry> entries) {
  const Index from = entries.front().index;
  if (from == entries_.end()) {
    // They follow on what we have.
  } else if (from <= offset()) {
    info(text("replace the unstable entries from index ", from));
    entries_.reset(from);
    offsetInProgress_ = from;
  } else {
    info(text("truncate the unstable entries before index ", from));
    entries_.truncate(from);
    offsetInProgress_ = std::min(offsetInProgress_, from);
  }
  entries_.take(entries);
}

}  // namespace raft
