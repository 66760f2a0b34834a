// A Storage in memory: for tests, and for nodes that keep their real log elsewhere and
// read it back at every start.
//
// It holds a snapshot, and the entries after the last compaction. Of the entry that was
// compacted last, the term is kept: a leader that sends what comes next names that entry,
// and it must be recognized (§5.3). etcd keeps it as a dummy entry at position 0.
//
// Nothing here is locked. Raft reads a Storage on one thread; an application that writes
// to it on another puts a lock around it.
//
// etcd: MemoryStorage in storage.go. Tested by raft/memory_storage_test.cpp.
#pragma once

#include <optional>
#include <utility>

#include "base/bytes.hpp"
#include "raft/entry_run.hpp"
#include "raft/storage.hpp"

namespace raft {

/// A log, a hard state and a snapshot, in memory. It begins empty, before index 1.
class MemoryStorage final : public Storage {
 public:
  InitialState initialState() const override;
  Result<raftpb::Entries> entries(Index lo, Index hi,
                                  std::uint64_t maxSize) const override;
  Result<Term> term(Index i) const override;
  Index lastIndex() const override { return entries_.end() - 1; }
  Index firstIndex() const override { return entries_.first(); }
  Result<raftpb::Snapshot> snapshot() const override { return snapshot_; }

  /// Writes it.
  void setHardState(raftpb::HardState hardState) { hardState_ = hardState; }

  /// Who takes part, before there is a snapshot or an entry that says so.
  void setConfState(raftpb::ConfState members) {
    snapshot_.metadata.confState = std::move(members);
  }

  /// Writes entries. They replace those at the same indexes and everything after them;
  /// what was compacted already is skipped.
  void append(raftpb::Entries entries);

  /// Forgets everything for a snapshot from a leader: the log begins after it.
  /// Errc::SnapOutOfDate if ours is as new.
  Error applySnapshot(raftpb::Snapshot snapshot);

  /// Makes the application's state at entry i the snapshot. Without a `confState`, the
  /// members are those of the snapshot before. Errc::SnapOutOfDate if ours is as new.
  Result<raftpb::Snapshot> createSnapshot(Index i,
                                          std::optional<raftpb::ConfState> confState,
                                          base::Bytes data);

  /// Discards the entries up to and with this one, which must be applied.
  /// Errc::Compacted if that was done before.
  Error compact(Index compactIndex);

 private:
  raftpb::HardState hardState_;
  raftpb::Snapshot snapshot_;
  EntryRun entries_{1};
  Term dummyTerm_ = 0;  // of the entry before the first, which is gone
};

}  // namespace raft
