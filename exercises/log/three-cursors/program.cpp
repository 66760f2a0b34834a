// Three cursors: a follower, one step at a time.
#include <cstdio>
#include <memory>
#include <string>

#include "base/text.hpp"
#include "raft/log.hpp"
#include "raft/log_test.hpp"

using base::text;
using raft::entriesAt;
using raft::EntryId;
using raft::RaftLog;
using raft::TestStorage;
using raftpb::Entries;

namespace {

std::string indexes(const Entries& entries) {
  std::string all;
  for (const auto& entry : entries) all += text(all.empty() ? "" : ",", entry.index);
  return all.empty() ? "none" : all;
}

void print(int step, const RaftLog& log) {
  std::printf(
      "%d: log %s unstable %s c %s a-ing %s a-ed %s apply %s\n", step,
      text(log.firstIndex(), "-", log.lastIndex()).c_str(),
      text(log.unstable().offset(), ",", log.unstable().offsetInProgress()).c_str(),
      text(log.committed()).c_str(), text(log.applying()).c_str(),
      text(log.applied()).c_str(), indexes(log.nextCommittedEnts(true)).c_str());
}

}  // namespace

int main() {
  const auto disk = std::make_shared<TestStorage>(EntryId(), entriesAt(1, {1}));
  RaftLog log(disk, raft::silent());

  log.append(entriesAt(2, {1, 1}));
  print(1, log);

  const Entries old = log.nextUnstableEnts();
  log.acceptUnstable();  // the disk begins to write 2 and 3
  print(2, log);

  log.maybeAppend({.term = 2, .prev = {1, 1}, .entries = entriesAt(2, {2, 2})}, 1);
  print(3, log);

  disk->append(old);
  log.stableTo({.term = 1, .index = 3});  // the disk has written 2 and 3
  print(4, log);

  const Entries next = log.nextUnstableEnts();
  log.acceptUnstable();
  disk->append(next);
  log.stableTo({.term = 2, .index = 2});  // a disk that reports entry by entry
  print(5, log);

  log.acceptApplying(1, 0, true);
  log.stableTo({.term = 2, .index = 3});
  print(6, log);

  log.maybeAppend({.term = 2, .prev = {2, 3}, .entries = entriesAt(4, {2})}, 9);
  print(7, log);

  log.acceptApplying(3, 0, true);
  log.appliedTo(1, 0);
  print(8, log);
}
