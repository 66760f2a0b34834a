// One entry behind: compactions, and what is known of the entry before the first.
#include <gtest/gtest.h>

#include <memory>

#include "raft/log.hpp"
#include "raft/log_test.hpp"
#include "raft/memory_storage.hpp"

namespace {

using base::Error;
using raft::entriesAt;
using raft::Index;
using raft::MemoryStorage;
using raft::RaftLog;
using raft::Term;
using raftpb::Entries;

class Compacted : public testing::Test {
 protected:
  void SetUp() override { storage->append(entriesAt(1, {1, 1, 2, 3, 3, 4})); }

  void compact(Index at) {
    const Term before = *storage->term(at);
    ASSERT_EQ(storage->compact(at), Error());
    EXPECT_EQ(storage->firstIndex(), at + 1) << "entry " << at << " should be gone";
    EXPECT_EQ(storage->term(at), raft::Result<Term>(before))
        << "the term changed with the compaction at " << at;
  }

  std::shared_ptr<MemoryStorage> storage = std::make_shared<MemoryStorage>();
};

// INV-STORAGE-2
TEST_F(Compacted, TheTermOfWhatIsGoneStaysTheSame) {
  compact(2);
}

// INV-STORAGE-2
TEST_F(Compacted, AgainAndAgain) {
  compact(1);
  compact(3);
  compact(5);
  compact(6);
}

// INV-STORAGE-2
TEST_F(Compacted, ItComesWithASnapshot) {
  ASSERT_EQ(storage->applySnapshot(raft::snapshotAt(10, 7)), Error());
  EXPECT_EQ(storage->term(10), raft::Result<Term>(7)) << "the snapshot ends with term 7";
}

// A leader and a follower with the same log. The leader compacts all but the last entry.
TEST_F(Compacted, AFollowerThatHasItAllAgrees) {
  const auto copy = std::make_shared<MemoryStorage>();
  copy->append(entriesAt(1, {1, 1, 2, 3, 3}));
  RaftLog follower(copy, raft::silent());
  compact(5);
  const RaftLog leader(storage, raft::silent());
  EXPECT_EQ(follower.maybeAppend({.term = 4,
                                  .prev = {*leader.term(5), 5},
                                  .entries = *leader.entries(6, raft::kNoLimit)},
                                 5),
            6u)
      << "the follower has all that was compacted, and refuses what comes next: the term "
         "changed with the compaction";
}

}  // namespace
