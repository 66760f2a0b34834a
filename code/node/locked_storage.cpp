// One lock, one call. Tested by node/locked_storage_test.cpp.
#include "node/locked_storage.hpp"

#include "base/check.hpp"

namespace node {

using raft::Index;
using raft::Result;

raft::InitialState LockedStorage::initialState() const {
  const std::lock_guard lock(mutex_);
  return storage_.initialState();
}

Result<raftpb::Entries> LockedStorage::entries(Index lo, Index hi,
                                               std::uint64_t maxSize) const {
  const std::lock_guard lock(mutex_);
  return storage_.entries(lo, hi, maxSize);
}

Result<raft::Term> LockedStorage::term(Index i) const {
  const std::lock_guard lock(mutex_);
  return storage_.term(i);
}

Index LockedStorage::lastIndex() const {
  const std::lock_guard lock(mutex_);
  return storage_.lastIndex();
}

Index LockedStorage::firstIndex() const {
  const std::lock_guard lock(mutex_);
  return storage_.firstIndex();
}

Result<raftpb::Snapshot> LockedStorage::snapshot() const {
  const std::lock_guard lock(mutex_);
  return storage_.snapshot();
}

void LockedStorage::save(const raft::Ready& rd) {
  const std::lock_guard lock(mutex_);
  if (!rd.entries.empty()) storage_.append(rd.entries);
  if (rd.hardState) storage_.setHardState(*rd.hardState);
}

base::Error LockedStorage::compact(Index index) {
  const std::lock_guard lock(mutex_);
  return storage_.compact(index);
}

std::shared_ptr<LockedStorage> memoryOf(std::vector<raft::NodeId> voters) {
  raft::MemoryStorage storage;
  storage.setConfState({.voters = std::move(voters)});
  return std::make_shared<LockedStorage>(std::move(storage));
}

}  // namespace node
