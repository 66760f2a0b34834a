// The unstable log: what Raft knows and no disk does, yet.
//
// New entries, and a snapshot that a leader sent, stay here until the application has
// written them. Three things can be said of each entry, in this order:
//
//       offset        offsetInProgress      end
//         | being written    | to be handed out |
//   ------+------------------+------------------+
//   stable: read from Storage
//
// offset may lie *before* the end of what is in Storage: a leader that disagreed has
// replaced entries that were written already, and the next write will overwrite them.
//
// etcd: log_unstable.go. Tested by raft/log_unstable_test.cpp.
#pragma once

#include <memory>
#include <optional>
#include <span>

#include "raft/entry_id.hpp"
#include "raft/entry_run.hpp"
#include "raft/logger.hpp"
#include "raftpb/snapshot.hpp"

namespace raft {

/// A snapshot that several may hold and nobody changes; null means none.
using SnapshotPtr = std::shared_ptr<const raftpb::Snapshot>;

/// Entries and a snapshot that wait for the disk.
class Unstable {
 public:
  /// Nothing is unstable; the next entry will have the index `offset`.
  Unstable(Index offset, Logger logger);

  Index offset() const { return entries_.first(); }  ///< of the first unstable entry
  Index offsetInProgress() const { return offsetInProgress_; }  ///< first not handed out
  const EntryRun& entries() const { return entries_; }          ///< all of them
  const SnapshotPtr& snapshot() const { return snapshot_; }     ///< the one that waits

  std::optional<Index> maybeFirstIndex() const;  ///< known only if there is a snapshot
  std::optional<Index> maybeLastIndex() const;   ///< none if there is nothing here
  std::optional<Term> maybeTerm(Index i) const;  ///< none if it is not known here

  std::span<const raftpb::Entry> nextEntries() const;  ///< those not yet handed out
  SnapshotPtr nextSnapshot() const;                    ///< it, unless it is handed out

  void acceptInProgress();     ///< all that is here has been handed out for writing
  void stableTo(EntryId id);   ///< written, up to and with this very entry
  void stableSnapTo(Index i);  ///< the snapshot at i is written
  void restore(SnapshotPtr snapshot);  ///< the log begins anew, after this snapshot

  /// Makes these the end of the log, moving them in. What they contradict goes.
  void truncateAndAppend(std::span<raftpb::Entry> entries);

 private:
  void info(const std::string& line) const { logger_(Level::Info, line); }

  SnapshotPtr snapshot_;
  bool snapshotInProgress_ = false;
  EntryRun entries_;
  Index offsetInProgress_;  // offset <= offsetInProgress <= entries_.end()
  Logger logger_;
};

}  // namespace raft
