#include <gtest/gtest.h>

#include <memory>

#include "raft/log.hpp"
#include "raft/log_test.hpp"

namespace {

using raft::entriesAt;
using raft::EntryId;
using raft::Index;
using raft::kNoLimit;
using raft::RaftLog;
using raft::sharedSnapshotAt;
using raft::silent;
using raft::TestStorage;
using raftpb::Entries;

constexpr std::uint64_t kMax = 100;

// Compacted up to 3. Entry 4 is written, 5 and 6 are not; 4 and 5 are committed.
RaftLog fiveCommitted(std::uint64_t maxApplyingEntsSize = kNoLimit) {
  const auto storage = std::make_shared<TestStorage>(EntryId{1, 3}, entriesAt(4, {1}));
  RaftLog log(storage, silent(), maxApplyingEntsSize);
  log.append(entriesAt(5, {1, 1}));
  EXPECT_TRUE(log.maybeCommit({.term = 1, .index = 5}));
  return log;
}

TEST(RaftLogApply, HandsOutWhatIsCommittedAndNotHandedOut) {
  struct {
    Index applied, applying;
    bool allowUnstable;
    Entries next;
  } const cases[] = {
      {3, 3, true, entriesAt(4, {1, 1})},
      {3, 4, true, entriesAt(5, {1})},
      {3, 5, true, {}},
      {4, 4, true, entriesAt(5, {1})},
      {4, 5, true, {}},
      {5, 5, true, {}},
      // Entry 5 is not on our own disk.
      {3, 3, false, entriesAt(4, {1})},
      {3, 4, false, {}},
      {3, 5, false, {}},
      {4, 4, false, {}},
      {5, 5, false, {}},
  };
  for (const auto& c : cases) {
    RaftLog log = fiveCommitted();
    log.acceptApplying(c.applying, 0, true);
    log.appliedTo(c.applied, 0);
    EXPECT_EQ(log.nextCommittedEnts(c.allowUnstable), c.next)
        << "applied " << c.applied << ", applying " << c.applying;
    EXPECT_EQ(log.hasNextCommittedEnts(c.allowUnstable), !c.next.empty());
  }
}

TEST(RaftLogApply, HandsOutNothingWhileASnapshotComesFirst) {
  RaftLog log = fiveCommitted();
  log.restore(sharedSnapshotAt(6, 1));
  log.append(entriesAt(7, {1}));
  EXPECT_TRUE(log.maybeCommit({.term = 1, .index = 7}));
  EXPECT_FALSE(log.hasNextCommittedEnts(true));
  log.acceptUnstable();
  EXPECT_FALSE(log.hasNextCommittedEnts(true)) << "it is still being written";

  log.appliedTo(6, 0);
  log.stableSnapTo(6);
  EXPECT_EQ(log.nextCommittedEnts(true), entriesAt(7, {1}));
}

TEST(RaftLogApply, PausesWhenTheLimitIsReachedOrCutTheEntries) {
  struct {
    Index index;
    bool allowUnstable;
    std::uint64_t size;
    bool paused;
  } const cases[] = {
      // Of 4 and 5, nothing or only 4 was handed out: the limit must have cut them.
      {3, true, kMax - 1, true},
      {3, true, kMax, true},
      {4, true, kMax - 1, true},
      {4, true, kMax + 1, true},
      // All of it was: only the bytes count.
      {5, true, kMax - 1, false},
      {5, true, kMax, true},
      {5, true, kMax + 1, true},
      // Of 4 alone, likewise.
      {3, false, kMax - 1, true},
      {4, false, kMax - 1, false},
      {4, false, kMax, true},
      {5, false, kMax - 1, false},
      {5, false, kMax + 1, true},
  };
  for (const auto& c : cases) {
    RaftLog log = fiveCommitted(kMax);
    log.acceptApplying(c.index, c.size, c.allowUnstable);
    EXPECT_EQ(log.applyingEntsPaused(), c.paused)
        << c.index << ", " << c.size << " bytes";
    EXPECT_EQ(log.hasNextCommittedEnts(true), !c.paused && c.index < 5);
  }
}

TEST(RaftLogApply, GoesOnWhenEnoughIsApplied) {
  constexpr std::uint64_t kOver = 5;
  struct {
    Index index;
    std::uint64_t size, left;
    bool paused;
  } const cases[] = {
      {4, kOver - 1, kMax + 1, true},
      {4, kOver, kMax, true},
      {4, kOver + 1, kMax - 1, false},
      {5, kOver - 1, kMax + 1, true},
      {5, kOver, kMax, true},
      {5, kOver + 1, kMax - 1, false},
      {4, kMax + kOver, 0, false},
      {4, kMax + kOver + 1, 0, false},  // more than is out: never below zero
  };
  for (const auto& c : cases) {
    RaftLog log = fiveCommitted(kMax);
    log.acceptApplying(5, kMax + kOver, true);
    log.appliedTo(c.index, c.size);
    EXPECT_EQ(log.applied(), c.index);
    EXPECT_EQ(log.applying(), 5u);
    EXPECT_EQ(log.applyingEntsSize(), c.left) << c.size << " bytes were applied";
    EXPECT_EQ(log.applyingEntsPaused(), c.paused) << c.size << " bytes were applied";
  }
}

TEST(RaftLogApply, CountsWhatIsStillOut) {
  const std::uint64_t size = raftpb::entriesSize(entriesAt(1, {1}));
  RaftLog log(std::make_shared<TestStorage>(), silent(), size * 3);
  log.append(entriesAt(1, {1, 1, 1, 1, 1}));
  log.commitTo(2);
  EXPECT_EQ(log.nextCommittedEnts(true).size(), 2u);
  log.acceptApplying(2, size * 2, true);

  log.commitTo(5);
  EXPECT_EQ(log.nextCommittedEnts(true).size(), 1u) << "two of three are out";
  log.acceptApplying(3, size, true);
  EXPECT_FALSE(log.hasNextCommittedEnts(true));
  log.appliedTo(1, size);
  EXPECT_EQ(log.nextCommittedEnts(true), entriesAt(4, {1}));
}

// etcd#10063: with a storage that gave more than the limit, entries were forgotten. Each
// must be handed out once, whatever the limit and whatever the storage makes of it.
// INV-LOG-4
TEST(RaftLogApply, HandsOutEachCommittedEntryOnce) {
  for (const bool generous : {false, true}) {
    for (const std::uint64_t limit : {std::uint64_t{1}, std::uint64_t{40}, kNoLimit}) {
      const auto storage = std::make_shared<TestStorage>();
      storage->generous = generous;
      storage->append(entriesAt(1, {1, 1, 1, 1, 1, 1, 1, 1}));
      RaftLog log(storage, silent(), limit);
      log.append(entriesAt(9, {1, 1, 1}));
      log.commitTo(10);

      Entries handedOut;
      while (log.hasNextCommittedEnts(true)) {
        const Entries next = log.nextCommittedEnts(true);
        ASSERT_FALSE(next.empty());
        const std::uint64_t size = raftpb::entriesSize(next);
        log.acceptApplying(next.back().index, size, true);
        handedOut.insert(handedOut.end(), next.begin(), next.end());
        log.appliedTo(next.back().index, size);
      }
      EXPECT_EQ(handedOut, entriesAt(1, {1, 1, 1, 1, 1, 1, 1, 1, 1, 1}))
          << "limit " << limit << (generous ? ", a generous storage" : "");
    }
  }
}

// INV-LOG-2
TEST(RaftLogApplyDeathTest, TheCursorsKeepTheirOrder) {
  RaftLog log = fiveCommitted();
  EXPECT_DEATH(log.acceptApplying(6, 0, true),
               "nothing is handed out that is not committed");
  EXPECT_DEATH(log.appliedTo(6, 0), "nothing is applied that is not committed");
  log.acceptApplying(5, 0, true);
  log.appliedTo(4, 0);
  EXPECT_DEATH(log.acceptApplying(4, 0, true),
               "what was handed out is not handed out again");
  EXPECT_DEATH(log.appliedTo(3, 0), "what was applied stays applied");
}

}  // namespace
