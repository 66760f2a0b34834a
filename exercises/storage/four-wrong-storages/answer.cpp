// Four wrong storages: your tests go here.
#include <gtest/gtest.h>

#include "raft/log_test.hpp"
#include "raft/memory_storage.hpp"

namespace {

using raft::entriesAt;
using raft::kNoLimit;
using raft::MemoryStorage;

TEST(MyStorage, GivesBackWhatWasWritten) {
  MemoryStorage storage;
  storage.append(entriesAt(1, {1, 1, 2}));
  EXPECT_EQ(*storage.entries(1, 4, kNoLimit), entriesAt(1, {1, 1, 2}));
}

// Your turn.

}  // namespace
