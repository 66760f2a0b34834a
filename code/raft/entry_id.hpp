// Which entry, and which stretch of a log: numbers that belong together, in one struct.
//
// A term and an index are both 64-bit numbers, and a function that takes the two can be
// called with them the wrong way round. One that takes an EntryId can not. It is also
// exactly what Raft knows about an entry without its data: one leader a term, and one
// entry of that leader at an index, so two entries with the same id are the same entry
// (Log Matching, §5.3).
//
// etcd: types.go. Tested by raft/entry_id_test.cpp.
#pragma once

#include "raft/util.hpp"
#include "raftpb/message.hpp"

namespace raft {

/// Names one entry of all that were ever proposed.
struct EntryId {
  Term term = 0;
  Index index = 0;

  bool operator==(const EntryId&) const = default;
};

/// The id of an entry.
inline EntryId entryId(const raftpb::Entry& entry) {
  return {.term = entry.term, .index = entry.index};
}

/// Can these entries stand behind `before` in the log of a leader of `term`? Indexes
/// without a gap, terms that never fall, none above the leader's own.
inline bool follow(EntryId before, const raftpb::Entries& entries, Term term) {
  for (const raftpb::Entry& entry : entries) {
    if (entry.index != before.index + 1 || entry.term < before.term) return false;
    before = entryId(entry);
  }
  return before.term <= term;
}

/// A stretch of a leader's log: what a MsgApp carries.
struct LogSlice {
  Term term = 0;                 ///< the leader's, whose log this is
  EntryId prev = {};             ///< the entry before the first
  raftpb::Entries entries = {};  ///< consecutive, from prev.index + 1 on

  Index lastIndex() const { return prev.index + entries.size(); }  ///< prev's if empty

  /// The id of the last entry, or prev.
  EntryId lastEntryId() const { return entries.empty() ? prev : entryId(entries.back()); }

  bool valid() const { return follow(prev, entries, term); }  ///< could a leader's be so?
};

}  // namespace raft
