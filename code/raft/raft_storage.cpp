// What the storage reports: entries written, entries applied. And the limit on what a
// leader keeps in memory in between. Tested by raft/raft_storage_test.cpp.
#include <algorithm>
#include <variant>

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

Applying applyingOf(const Entries& entries) {
  if (entries.empty()) return {};
  return {.last = entries.back().index,
          .size = raftpb::entriesSize(entries),
          .payloadSize = raftpb::payloadsSize(entries)};
}

void Raft::appliedTo(const Applying& entries) {
  if (entries.last == 0) return;
  raftLog_.appliedTo(entries.last, entries.size);
  reduceUncommittedSize(entries.payloadSize);
}

// The answer to a write of an older term. Its entries may have been replaced in the log
// since, and be under way to the disk again.
void Raft::ignoreAppendResp(const Message& m) const {
  if (m.index == 0) return;
  info(hex(id()), " [term: ", term_, "] ignored entry appends from a ", name(m.type),
       " message with lower term [term: ", m.term, "]");
}

// Whatever may be said against a proposal. The last to be asked counts its bytes.
bool Raft::refuses(const Message& proposal) {
  using Objection = bool (Raft::*)(const Message&);
  static constexpr Objection kObjections[] = {
      &Raft::exceedsUncommittedSize,
  };
  return std::ranges::any_of(
      kObjections, [&](Objection objects) { return (this->*objects)(proposal); });
}

bool Raft::exceedsUncommittedSize(const Message& proposal) {
  if (increaseUncommittedSize(proposal.entries)) return false;
  config_.logger(Level::Warning, base::text(hex(id()),
                                            " appending new entries to log would exceed "
                                            "uncommitted entry size limit; dropping "
                                            "proposal"));
  return true;
}

// False: the leader must refuse them. The limit has two exceptions. With nothing on its
// way any size passes, or a proposal above the limit could never get in; and empty
// payloads always pass, because they are the leader's own.
bool Raft::increaseUncommittedSize(const Entries& entries) {
  const std::uint64_t size = raftpb::payloadsSize(entries);
  const std::uint64_t limit = config_.maxUncommittedEntriesSize;
  std::uint64_t& uncommitted = as<Leader>().uncommittedSize;
  const bool fits = size <= limit && uncommitted <= limit - size;
  if (uncommitted > 0 && size > 0 && !fits) return false;
  uncommitted += size;
  return true;
}

// A leader does not know how much of an older term's tail is unapplied, so it may have
// counted too little. It never counts below zero.
void Raft::reduceUncommittedSize(std::uint64_t size) {
  Leader* const leader = std::get_if<Leader>(&role_);
  if (leader == nullptr) return;
  leader->uncommittedSize -= std::min(size, leader->uncommittedSize);
}

// A cluster begins in term 1, with a log that everybody is given and nobody has voted on.
void Raft::beginCluster(const std::vector<NodeId>& voters, Entries entries) {
  RAFT_CHECK(raftLog_.lastIndex() == 0, "a cluster begins with an empty log");
  becomeFollower(1, kNone);
  const Index last = entries.size();
  raftLog_.append(std::move(entries));
  raftLog_.commitTo(last);
  for (const NodeId voter : voters) {
    trk_.config.learners.erase(voter);
    trk_.config.voters.incoming.insert(voter);
  }
  info(hex(id()), " switched to configuration ", toString(trk_.config));
  resetProgress();
}

}  // namespace raft
