// Reading the log, across the border between what is written and what is not. Tested by
// raft/log_slice_test.cpp.
#include <algorithm>
#include <utility>

#include "base/check.hpp"
#include "raft/log.hpp"
#include "raftpb/size.hpp"

namespace raft {

using base::Errc;
using raftpb::Entries;
using raftpb::Entry;

namespace {

using Run = std::span<const Entry>;

Entries copied(Run entries) {
  return {entries.begin(), entries.end()};
}

// Adds what still fits of the entries that follow. The first of them has to fit like the
// others: there is one entry already.
void extend(Entries& entries, Run more, std::uint64_t maxSize) {
  std::uint64_t size = raftpb::entriesSize(entries);
  for (const Entry& next : more) {
    size += raftpb::entryEncodingSize(next);
    if (size > maxSize) return;
    entries.push_back(next);
  }
}

}  // namespace

Index RaftLog::firstIndex() const {
  const std::optional<Index> first = unstable_.maybeFirstIndex();
  return first ? *first : storage_->firstIndex();
}

Index RaftLog::lastIndex() const {
  const std::optional<Index> last = unstable_.maybeLastIndex();
  return last ? *last : storage_->lastIndex();
}

EntryId RaftLog::lastEntryId() const {
  const Index last = lastIndex();
  const Result<Term> ours = term(last);
  RAFT_CHECK(ours, "the term of the last entry is always known");
  return {.term = *ours, .index = last};
}

Result<Term> RaftLog::term(Index i) const {
  if (const std::optional<Term> known = unstable_.maybeTerm(i)) return *known;
  if (i >= unstable_.offset()) return Errc::Unavailable;  // unstable, and unknown there
  if (unstable_.snapshot()) return Errc::Compacted;       // it stands for all before it
  return writtenTerm(i);
}

Result<Term> RaftLog::writtenTerm(Index i) const {
  Result<Term> written = storage_->term(i);
  RAFT_CHECK(written || written.error() == Errc::Compacted ||
                 written.error() == Errc::Unavailable,
             "a storage may lack an entry, but not fail");
  return written;
}

Term RaftLog::zeroTermOnOutOfBounds(Result<Term> term) {
  return term ? *term : 0;
}

Result<Entries> RaftLog::entries(Index i, std::uint64_t maxSize) const {
  const Index end = lastIndex() + 1;
  if (i >= end) return Entries();
  return slice(i, end, maxSize);
}

// With a storage that another thread compacts, the beginning may vanish between our
// asking for it and our reading from it. Then there is a new beginning to ask for.
Entries RaftLog::allEntries() const {
  Result<Entries> all = entries(firstIndex(), kNoLimit);
  while (!all) all = entries(firstIndex(), kNoLimit);
  return *std::move(all);
}

Result<SnapshotPtr> RaftLog::snapshot() const {
  if (unstable_.snapshot()) return unstable_.snapshot();
  Result<raftpb::Snapshot> written = storage_->snapshot();
  if (!written) return written.error();
  return SnapshotPtr(std::make_shared<raftpb::Snapshot>(*std::move(written)));
}

Error RaftLog::scan(Index lo, Index hi, std::uint64_t pageSize,
                    const std::function<Error(const Entries&)>& visit) const {
  while (lo < hi) {
    const Result<Entries> page = slice(lo, hi, pageSize);
    if (!page) return page.error();
    RAFT_CHECK(!page->empty(), "a slice of something holds at least one entry");
    if (const Error refused = visit(*page)) return refused;
    lo += page->size();
  }
  return {};
}

Error RaftLog::mustCheckOutOfBounds(Index lo, Index hi) const {
  RAFT_CHECK(lo <= hi, "a slice does not end before it begins");
  if (lo < firstIndex()) return Errc::Compacted;
  RAFT_CHECK(hi <= lastIndex() + 1, "a slice does not end after the log does");
  return {};
}

Result<Entries> RaftLog::slice(Index lo, Index hi, std::uint64_t maxSize) const {
  if (const Error outside = mustCheckOutOfBounds(lo, hi)) return outside;
  if (lo == hi) return Entries();

  const Index border = unstable_.offset();
  if (lo >= border)
    return copied(raftpb::limitSize(unstable_.entries().slice(lo, hi), maxSize));

  const Index cut = std::min(hi, border);
  Result<Entries> written = storage_->entries(lo, cut, maxSize);
  if (!written) {
    RAFT_CHECK(written.error() == Errc::Compacted, "a storage holds what was written");
    return written;
  }
  RAFT_CHECK(!written->empty() && written->size() <= cut - lo,
             "a storage gives at least one entry, and none that was not asked for");
  // Fewer than asked for: the limit cut them, and what follows would leave a gap.
  if (hi > border && written->size() == cut - lo) {
    extend(*written, unstable_.entries().slice(border, hi), maxSize);
  }
  return written;
}

}  // namespace raft
