// What the tests of the log share: entries from a list of terms, a storage that does
// nothing clever, and a logger that remembers.
#pragma once

#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "raft/entry_id.hpp"
#include "raft/log_unstable.hpp"
#include "raft/logger.hpp"
#include "raft/storage.hpp"
#include "raftpb/size.hpp"

namespace raft {

/// Entries at consecutive indexes, one for each term.
inline raftpb::Entries entriesAt(Index first, std::initializer_list<Term> terms) {
  raftpb::Entries entries;
  for (const Term term : terms) entries.push_back({.term = term, .index = first++});
  return entries;
}

/// The entries lo up to, not with, hi, each with its index for a term.
inline raftpb::Entries ascending(Index lo, Index hi) {
  raftpb::Entries entries;
  for (Index i = lo; i < hi; ++i) entries.push_back({.term = i, .index = i});
  return entries;
}

/// A snapshot without data.
inline raftpb::Snapshot snapshotAt(Index index, Term term) {
  raftpb::Snapshot snapshot;
  snapshot.metadata.index = index;
  snapshot.metadata.term = term;
  return snapshot;
}

/// The same, as the log holds it.
inline SnapshotPtr sharedSnapshotAt(Index index, Term term) {
  return std::make_shared<const raftpb::Snapshot>(snapshotAt(index, term));
}

/// A vector of entries, behind one that was compacted.
class TestStorage final : public Storage {
 public:
  explicit TestStorage(EntryId compacted = {}, raftpb::Entries entries = {})
      : compacted_(compacted), entries_(std::move(entries)) {}

  bool generous = false;  ///< gives all that is asked for, whatever the limit

  InitialState initialState() const override { return {}; }
  Index firstIndex() const override { return compacted_.index + 1; }
  Index lastIndex() const override { return compacted_.index + entries_.size(); }

  Result<Term> term(Index i) const override {
    if (i < compacted_.index) return base::Errc::Compacted;
    if (i == compacted_.index) return compacted_.term;
    if (i > lastIndex()) return base::Errc::Unavailable;
    return entries_[i - firstIndex()].term;
  }

  Result<raftpb::Entries> entries(Index lo, Index hi,
                                  std::uint64_t maxSize) const override {
    if (lo < firstIndex()) return base::Errc::Compacted;
    if (hi > lastIndex() + 1) return base::Errc::Unavailable;
    raftpb::Entries some(place(lo), place(hi));
    while (!generous && some.size() > 1 && raftpb::entriesSize(some) > maxSize) {
      some.pop_back();
    }
    return some;
  }

  Result<raftpb::Snapshot> snapshot() const override {
    return snapshotAt(compacted_.index, compacted_.term);
  }

  /// Writes them, over whatever stands there.
  void append(const raftpb::Entries& entries) {
    entries_.erase(place(entries.front().index), entries_.end());
    entries_.insert(entries_.end(), entries.begin(), entries.end());
  }

  /// Discards the entries up to and with i.
  void compact(Index i) {
    const Term kept = *term(i);
    entries_.erase(entries_.begin(), place(i + 1));
    compacted_ = {.term = kept, .index = i};
  }

 private:
  raftpb::Entries::const_iterator place(Index i) const {
    return entries_.begin() + static_cast<std::ptrdiff_t>(i - firstIndex());
  }

  EntryId compacted_;
  raftpb::Entries entries_;
};

/// Remembers the lines it is given.
struct Lines {
  std::vector<std::string> lines;

  Logger logger() {
    return [this](Level, const std::string& line) { lines.push_back(line); };
  }
};

/// Forgets them.
inline Logger silent() {
  return [](Level, const std::string&) {};
}

}  // namespace raft
