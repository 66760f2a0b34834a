// A run of entries with consecutive indexes, spoken to in indexes.
//
// A log grows at its end, is cut at its end when a leader disagrees, and is cut at its
// front when entries are done with. A vector does the first two well. For the third we
// leave the dropped entries where they are, emptied, until they are half of the vector;
// then the living half moves up. So dropping costs about one move an entry over the life
// of a log, however small the steps, and a run stays one piece of memory.
//
// Tested by raft/entry_run_test.cpp.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "base/check.hpp"
#include "raft/util.hpp"
#include "raftpb/message.hpp"

namespace raft {

/// The entries [first, end) of a log.
class EntryRun {
 public:
  /// An empty run, whose first entry will have this index.
  explicit EntryRun(Index first) : first_(first) {}

  Index first() const { return first_; }         ///< of the first entry, or the next one
  Index end() const { return first_ + size(); }  ///< one past the last entry
  std::size_t size() const { return entries_.size() - dead_; }  ///< how many there are
  bool empty() const { return size() == 0; }                    ///< none?

  /// The entry at an index of the run.
  const raftpb::Entry& operator[](Index i) const {
    RAFT_CHECK(i < end(), "the end of a run holds no entry");
    return entries_[place(i)];
  }

  /// The entries lo up to, not with, hi. True until the run changes.
  std::span<const raftpb::Entry> slice(Index lo, Index hi) const {
    RAFT_CHECK(lo <= hi, "a slice does not end before it begins");
    return {entries_.data() + place(lo), entries_.data() + place(hi)};
  }

  void take(std::span<raftpb::Entry> entries);  ///< moves them to the end
  void truncate(Index end);                     ///< drops the entries from `end` on
  void drop(Index first);                       ///< drops the entries before `first`
  void reset(Index first);                      ///< empties it, to go on from `first`

 private:
  std::size_t place(Index i) const {
    RAFT_CHECK(first_ <= i && i <= end(), "an entry is asked for where the run is");
    return dead_ + static_cast<std::size_t>(i - first_);
  }

  Index first_;
  std::vector<raftpb::Entry> entries_;  // the first dead_ of them were dropped
  std::size_t dead_ = 0;
};

}  // namespace raft
