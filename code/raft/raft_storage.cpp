// What the storage reports: entries written, entries applied. And the limit on what a
// leader keeps in memory in between. Tested by raft/raft_storage_test.cpp.
#include <algorithm>

#include "base/check.hpp"
#include "raft/raft.hpp"
#include "raftpb/size.hpp"

namespace raft {

using raftpb::Entries;
using raftpb::Message;

// Written: they may be read from the storage from now on, and leave the unstable log.
void Raft::handleStorageAppendResp(const Message& m) {
  if (m.index != 0) raftLog_.stableTo({.term = m.logTerm, .index = m.index});
}

void Raft::appliedTo(const Applying& entries) {
  if (entries.last == 0) return;
  raftLog_.appliedTo(entries.last, entries.size);
  reduceUncommittedSize(entries.payloadSize);
}

// False: the leader must refuse them. The limit has two exceptions. With nothing on its
// way any size passes, or a proposal above the limit could never get in; and empty
// payloads always pass, because they are the leader's own.
bool Raft::increaseUncommittedSize(const Entries& entries) {
  const std::uint64_t size = raftpb::payloadsSize(entries);
  const std::uint64_t limit = config_.maxUncommittedEntriesSize;
  const bool fits = size <= limit && uncommittedSize_ <= limit - size;
  if (uncommittedSize_ > 0 && size > 0 && !fits) return false;
  uncommittedSize_ += size;
  return true;
}

// A leader does not know how much of an older term's tail is unapplied, so it may have
// counted too little. It never counts below zero.
void Raft::reduceUncommittedSize(std::uint64_t size) {
  uncommittedSize_ -= std::min(size, uncommittedSize_);
}

// A cluster begins in term 1, with a log that everybody is given and nobody has voted on.
void Raft::beginCluster(const std::vector<NodeId>& voters, Entries entries) {
  RAFT_CHECK(raftLog_.lastIndex() == 0, "a cluster begins with an empty log");
  becomeFollower(1, kNone);
  const Index last = entries.size();
  raftLog_.append(std::move(entries));
  raftLog_.commitTo(last);
  for (const NodeId voter : voters) trk_.config.voters.incoming.insert(voter);
  info(hex(id()), " switched to configuration ", toString(trk_.config));
  resetProgress();
}

}  // namespace raft
