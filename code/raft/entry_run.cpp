// Cutting at both ends. Tested by raft/entry_run_test.cpp.
#include "raft/entry_run.hpp"

#include <iterator>

namespace raft {

namespace {

auto at(std::vector<raftpb::Entry>& entries, std::size_t place) {
  return entries.begin() + static_cast<std::ptrdiff_t>(place);
}

}  // namespace

void EntryRun::take(std::span<raftpb::Entry> entries) {
  entries_.insert(entries_.end(), std::move_iterator(entries.begin()),
                  std::move_iterator(entries.end()));
}

void EntryRun::truncate(Index end) {
  entries_.erase(at(entries_, place(end)), entries_.end());
}

void EntryRun::drop(Index first) {
  const std::size_t living = place(first);
  for (; dead_ < living; ++dead_) {
    entries_[dead_].data = {};  // the bytes go at once; only the shell waits
  }
  first_ = first;
  if (dead_ < size()) return;
  entries_.erase(entries_.begin(), at(entries_, dead_));
  dead_ = 0;
}

void EntryRun::reset(Index first) {
  entries_.clear();
  dead_ = 0;
  first_ = first;
}

}  // namespace raft
