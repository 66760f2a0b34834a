// A MemoryStorage that two threads share.
//
// The application writes to its storage, on its own thread. Raft reads from it, on the
// loop's. The storage itself knows of neither, because the core has no locks; so whoever
// brings the threads brings the lock. It is held for one call, and no call waits.
//
// A storage on a disk has the same duty: writing must not disturb a read that is under
// way.
//
// etcd: the mutex in MemoryStorage (storage.go). Tested by node/locked_storage_test.cpp.
#pragma once

#include <memory>
#include <mutex>
#include <utility>

#include "raft/memory_storage.hpp"
#include "raft/ready.hpp"

namespace node {

/// May be read and written from any thread.
class LockedStorage final : public raft::Storage {
 public:
  /// Takes over what is there: an empty storage, or one that knows its cluster.
  explicit LockedStorage(raft::MemoryStorage storage) : storage_(std::move(storage)) {}

  raft::InitialState initialState() const override;
  raft::Result<raftpb::Entries> entries(raft::Index lo, raft::Index hi,
                                        std::uint64_t maxSize) const override;
  raft::Result<raft::Term> term(raft::Index i) const override;
  raft::Index lastIndex() const override;
  raft::Index firstIndex() const override;
  raft::Result<raftpb::Snapshot> snapshot() const override;

  /// Writes what a Ready asks to be written: its entries and its hard state. When this
  /// returns, the messages may be sent.
  void save(const raft::Ready& rd);

  /// Drops the entries up to `index`, which must be applied.
  base::Error compact(raft::Index index);

 private:
  mutable std::mutex mutex_;  // guards storage_
  raft::MemoryStorage storage_;
};

/// The storage of a node of a new cluster, whose first members are these, in memory.
std::shared_ptr<LockedStorage> memoryOf(std::vector<raft::NodeId> voters);

}  // namespace node
