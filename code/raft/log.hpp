// The log as Raft sees it: what is in Storage, what is not there yet, and three cursors.
//
// Reading joins the two halves, and nobody above knows which half an entry came from. The
// cursors say how far the log has come:
//
//     applied <= applying <= committed <= lastIndex
//
// Applied: done by the application. Applying: handed to it. Committed: on a majority's
// disks, so no leader will ever replace it. Cursors only move forward; only what lies
// behind committed can change.
//
// etcd: log.go. Reading is in log_slice.cpp, applying in log_apply.cpp, the rest in
// log.cpp. Tested by raft/log_test.cpp, log_slice_test.cpp, log_apply_test.cpp and,
// against a model, log_model_test.cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "raft/entry_id.hpp"
#include "raft/log_unstable.hpp"
#include "raft/logger.hpp"
#include "raft/storage.hpp"

namespace raft {

/// One node's log, and how far it is committed and applied.
class RaftLog {
 public:
  /// The log that is in `storage`, compacted entries counting as applied. At most
  /// `maxApplyingEntsSize` bytes are out with the application at any time.
  RaftLog(std::shared_ptr<const Storage> storage, Logger logger,
          std::uint64_t maxApplyingEntsSize = kNoLimit);

  Index committed() const { return committed_; }  ///< on a majority's disks up to here
  Index applying() const { return applying_; }    ///< handed out for applying
  Index applied() const { return applied_; }      ///< applied
  const Unstable& unstable() const { return unstable_; }  ///< what is not in Storage yet

  Index firstIndex() const;     ///< of the first entry that can be read
  Index lastIndex() const;      ///< of the last entry, written or not
  EntryId lastEntryId() const;  ///< of the last entry, or of what was compacted

  /// The term of an entry, from firstIndex - 1 to lastIndex. Errc::Compacted before that,
  /// Errc::Unavailable after it.
  Result<Term> term(Index i) const;

  /// What term() said, with 0 for an entry that is not there: no entry has term 0.
  static Term zeroTermOnOutOfBounds(Result<Term> term);

  bool matchTerm(EntryId id) const;     ///< is this very entry in the log?
  bool isUpToDate(EntryId last) const;  ///< is a log that ends so at least as new? §5.4.1

  // Growing.

  /// A follower's append: the index of the slice's last entry, which is now in the log.
  /// Nothing, if the log does not hold the entry before the slice.
  std::optional<Index> maybeAppend(LogSlice a, Index committed);

  /// Makes these the end of the log, moving them in; gives the new last index.
  Index append(raftpb::Entries entries);

  /// The first of these entries that the log does not hold; 0 if it holds them all.
  Index findConflict(const raftpb::Entries& entries) const;

  /// The highest entry, at `index` or before it, whose term is at most `term`. Where a
  /// term is not known any more the search ends, and says term 0.
  EntryId findConflictByTerm(Index index, Term term) const;

  /// Commits up to this entry, if it is news and if the log holds this very entry.
  bool maybeCommit(EntryId at);
  void commitTo(Index tocommit);  ///< never backwards; never past the end

  void restore(SnapshotPtr snapshot);  ///< forgets the log; it begins after the snapshot

  // Writing.

  raftpb::Entries nextUnstableEnts() const;  ///< to be written, and not handed out yet
  bool hasNextUnstableEnts() const;          ///< are there any?
  bool hasNextOrInProgressUnstableEnts() const;  ///< ... or any that are being written?
  SnapshotPtr nextUnstableSnapshot() const;  ///< to be written, and not handed out yet
  bool hasNextUnstableSnapshot() const;      ///< is there one?
  bool hasNextOrInProgressSnapshot() const;  ///< ... or one that is being written?
  void acceptUnstable() { unstable_.acceptInProgress(); }    ///< all is handed out
  void stableTo(EntryId id) { unstable_.stableTo(id); }      ///< entries are written
  void stableSnapTo(Index i) { unstable_.stableSnapTo(i); }  ///< the snapshot is

  // Applying.

  /// The next entries to apply. Those that are not on our own disk yet only with
  /// `allowUnstable`; none while too much is out, or while a snapshot comes first.
  raftpb::Entries nextCommittedEnts(bool allowUnstable) const;
  bool hasNextCommittedEnts(bool allowUnstable) const;  ///< are there any?
  Index maxAppliableIndex(bool allowUnstable) const;    ///< how far applying could go
  bool applyingEntsPaused() const { return applyingEntsPaused_; }  ///< too much is out
  std::uint64_t applyingEntsSize() const { return applyingEntsSize_; }  ///< ... this much

  /// Entries up to i, of so many bytes, were handed out for applying.
  void acceptApplying(Index i, std::uint64_t size, bool allowUnstable);
  void appliedTo(Index i, std::uint64_t size);  ///< they were applied

  // Reading.

  /// The entries lo up to, not with, hi, as many as fit into maxSize bytes; at least one
  /// if there is one. Errc::Compacted if lo is gone.
  Result<raftpb::Entries> slice(Index lo, Index hi, std::uint64_t maxSize) const;

  /// The entries from i to the end, likewise.
  Result<raftpb::Entries> entries(Index i, std::uint64_t maxSize) const;
  raftpb::Entries allEntries() const;  ///< all that can be read

  /// Reads lo up to, not with, hi, a page at a time, until `visit` refuses a page.
  Error scan(Index lo, Index hi, std::uint64_t pageSize,
             const std::function<Error(const raftpb::Entries&)>& visit) const;

  Result<SnapshotPtr> snapshot() const;  ///< the newest, written or not

 private:
  void appendFrom(raftpb::Entries& entries, std::size_t place);
  Result<Term> writtenTerm(Index i) const;
  Error mustCheckOutOfBounds(Index lo, Index hi) const;
  void checkInvariants() const;

  std::shared_ptr<const Storage> storage_;
  Unstable unstable_;
  Index committed_;
  Index applying_;
  Index applied_;
  std::uint64_t maxApplyingEntsSize_;
  std::uint64_t applyingEntsSize_ = 0;  // handed out for applying, and not applied yet
  bool applyingEntsPaused_ = false;
  Logger logger_;
};

/// The log's numbers, as etcd prints them.
std::string toString(const RaftLog& log);

}  // namespace raft
