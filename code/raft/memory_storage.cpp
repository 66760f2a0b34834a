// Writing to a log in memory. Tested by raft/memory_storage_test.cpp.
#include "raft/memory_storage.hpp"

#include <algorithm>
#include <span>
#include <utility>

#include "base/check.hpp"
#include "raftpb/size.hpp"

namespace raft {

using base::Errc;
using raftpb::Entries;
using raftpb::Snapshot;

InitialState MemoryStorage::initialState() const {
  return {.hardState = hardState_, .confState = snapshot_.metadata.confState};
}

Result<Entries> MemoryStorage::entries(Index lo, Index hi, std::uint64_t maxSize) const {
  if (lo < firstIndex()) return Errc::Compacted;
  RAFT_CHECK(hi <= entries_.end(), "nobody asks for entries that were not written");
  if (entries_.empty()) return Errc::Unavailable;

  const auto fit = raftpb::limitSize(entries_.slice(lo, hi), maxSize);
  return Entries(fit.begin(), fit.end());
}

Result<Term> MemoryStorage::term(Index i) const {
  const Index compacted = firstIndex() - 1;
  if (i < compacted) return Errc::Compacted;
  if (i == compacted) return dummyTerm_;
  if (i > lastIndex()) return Errc::Unavailable;
  return entries_[i].term;
}

void MemoryStorage::append(Entries entries) {
  if (entries.empty()) return;
  const Index begin = std::max(entries.front().index, firstIndex());
  const Index end = entries.front().index + entries.size();
  if (end <= begin) return;  // all of them are compacted

  RAFT_CHECK(entries.back().index + 1 == end, "the entries of one write are consecutive");
  RAFT_CHECK(begin <= entries_.end(), "a log is written without a gap");
  entries_.truncate(begin);
  entries_.take(std::span(entries).last(end - begin));
}

Error MemoryStorage::applySnapshot(Snapshot snapshot) {
  // A snapshot at index 0 says only who the members are: the first one may replace that.
  const Index ours = snapshot_.metadata.index;
  if (ours != 0 && ours >= snapshot.metadata.index) return Errc::SnapOutOfDate;

  snapshot_ = std::move(snapshot);
  entries_.reset(snapshot_.metadata.index + 1);
  dummyTerm_ = snapshot_.metadata.term;
  return {};
}

Result<Snapshot> MemoryStorage::createSnapshot(Index i,
                                               std::optional<raftpb::ConfState> confState,
                                               base::Bytes data) {
  if (i <= snapshot_.metadata.index) return Errc::SnapOutOfDate;
  const Result<Term> at = term(i);
  RAFT_CHECK(at, "a snapshot is made at an entry that is in the log");

  snapshot_.metadata.index = i;
  snapshot_.metadata.term = *at;
  if (confState) snapshot_.metadata.confState = *std::move(confState);
  snapshot_.data = std::move(data);
  return snapshot_;
}

Error MemoryStorage::compact(Index compactIndex) {
  if (compactIndex < firstIndex()) return Errc::Compacted;
  RAFT_CHECK(compactIndex <= lastIndex(), "what is compacted was written");
  dummyTerm_ = entries_[compactIndex].term;
  entries_.drop(compactIndex + 1);
  return {};
}

}  // namespace raft
