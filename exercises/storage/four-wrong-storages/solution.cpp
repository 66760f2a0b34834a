// Four wrong storages: one test per sentence of the contract.
#include <gtest/gtest.h>

#include "raft/log_test.hpp"
#include "raft/memory_storage.hpp"

namespace {

using base::Errc;
using base::Error;
using raft::entriesAt;
using raft::kNoLimit;
using raft::MemoryStorage;
using raft::snapshotAt;

TEST(MyStorage, AWriteReplacesEverythingBehindIt) {
  MemoryStorage storage;
  storage.append(entriesAt(1, {1, 1, 1}));
  storage.append(entriesAt(2, {2}));
  EXPECT_EQ(storage.lastIndex(), 2U);
}

TEST(MyStorage, AWriteSkipsWhatIsCompacted) {
  MemoryStorage storage;
  storage.append(entriesAt(1, {1, 2, 3}));
  EXPECT_EQ(storage.compact(2), Error());
  storage.append(entriesAt(1, {1, 2, 4, 5}));
  EXPECT_EQ(*storage.entries(3, 5, kNoLimit), entriesAt(3, {4, 5}));
}

TEST(MyStorage, GivesOneEntryAtLeast) {
  MemoryStorage storage;
  storage.append(entriesAt(1, {1, 1}));
  EXPECT_EQ(*storage.entries(1, 3, 0), entriesAt(1, {1}));
}

TEST(MyStorage, RefusesAnOlderSnapshot) {
  MemoryStorage storage;
  EXPECT_EQ(storage.applySnapshot(snapshotAt(5, 2)), Error());
  EXPECT_EQ(storage.applySnapshot(snapshotAt(4, 2)), Errc::SnapOutOfDate);
  EXPECT_EQ(storage.firstIndex(), 6U);
}

}  // namespace
