#include "raft/memory_storage.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <optional>
#include <vector>

#include "raft/log_test.hpp"

namespace {

using base::Errc;
using base::Error;
using raft::entriesAt;
using raft::Index;
using raft::kNoLimit;
using raft::MemoryStorage;
using raft::Result;
using raft::snapshotAt;
using raft::Term;
using raftpb::ConfState;
using raftpb::Entries;
using raftpb::HardState;
using raftpb::Snapshot;

// Entry 3 is compacted, 4 to 6 are there; each has its index for a term.
MemoryStorage fourToSix() {
  MemoryStorage storage;
  EXPECT_EQ(storage.applySnapshot(snapshotAt(3, 3)), Error());
  storage.append(entriesAt(4, {4, 5, 6}));
  return storage;
}

Entries all(const MemoryStorage& storage) {
  return *storage.entries(storage.firstIndex(), storage.lastIndex() + 1, kNoLimit);
}

TEST(MemoryStorage, BeginsEmptyBeforeIndexOne) {
  const MemoryStorage storage;
  EXPECT_EQ(storage.firstIndex(), 1u);
  EXPECT_EQ(storage.lastIndex(), 0u);
  EXPECT_EQ(storage.term(0), Result<Term>(0));
  EXPECT_EQ(storage.term(1).error(), Errc::Unavailable);
  EXPECT_EQ(storage.entries(1, 1, kNoLimit).error(), Errc::Unavailable);
  EXPECT_EQ(*storage.snapshot(), Snapshot());
  EXPECT_EQ(storage.initialState().hardState, HardState());
  EXPECT_EQ(storage.initialState().confState, ConfState());
}

TEST(MemoryStorage, RemembersTheHardState) {
  MemoryStorage storage;
  storage.setHardState({.term = 5, .vote = 2, .commit = 7});
  EXPECT_EQ(storage.initialState().hardState, (HardState{5, 2, 7}));
}

// INV-STORAGE-1
TEST(MemoryStorage, GivesEntriesWithinTheLimit) {
  const MemoryStorage storage = fourToSix();
  const std::uint64_t size = raftpb::entryEncodingSize(entriesAt(4, {4})[0]);
  struct {
    Index lo, hi;
    std::uint64_t maxSize;
    Entries entries;
  } const cases[] = {
      {4, 4, kNoLimit, {}},
      {4, 5, kNoLimit, entriesAt(4, {4})},
      {4, 6, kNoLimit, entriesAt(4, {4, 5})},
      {4, 7, kNoLimit, entriesAt(4, {4, 5, 6})},
      {4, 7, 0, entriesAt(4, {4})},  // one, however small the limit
      {4, 7, size * 2, entriesAt(4, {4, 5})},
      {4, 7, size * 2 + size / 2, entriesAt(4, {4, 5})},
      {4, 7, size * 3 - 1, entriesAt(4, {4, 5})},
      {4, 7, size * 3, entriesAt(4, {4, 5, 6})},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(*storage.entries(c.lo, c.hi, c.maxSize), c.entries)
        << c.lo << " to " << c.hi << " within " << c.maxSize;
  }
  EXPECT_EQ(storage.entries(2, 6, kNoLimit).error(), Errc::Compacted);
  EXPECT_EQ(storage.entries(3, 4, kNoLimit).error(), Errc::Compacted);
}

// INV-STORAGE-2
TEST(MemoryStorage, KnowsTheTermOfTheEntryBeforeTheFirst) {
  MemoryStorage storage = fourToSix();
  EXPECT_EQ(storage.term(2).error(), Errc::Compacted);
  EXPECT_EQ(storage.term(3), Result<Term>(3)) << "from the snapshot";
  EXPECT_EQ(storage.term(4), Result<Term>(4));
  EXPECT_EQ(storage.term(6), Result<Term>(6));
  EXPECT_EQ(storage.term(7).error(), Errc::Unavailable);
  EXPECT_EQ(storage.term(std::numeric_limits<Index>::max()).error(), Errc::Unavailable);

  EXPECT_EQ(storage.compact(5), Error());
  EXPECT_EQ(storage.term(4).error(), Errc::Compacted);
  EXPECT_EQ(storage.term(5), Result<Term>(5)) << "from the compaction";
  EXPECT_EQ(storage.term(6), Result<Term>(6));
}

TEST(MemoryStorage, CompactsUpToAnEntryAndWithIt) {
  struct {
    Index at;
    Error error;
    Index first;
  } const cases[] = {{2, Errc::Compacted, 4},
                     {3, Errc::Compacted, 4},
                     {4, {}, 5},
                     {5, {}, 6},
                     {6, {}, 7}};
  for (const auto& c : cases) {
    MemoryStorage storage = fourToSix();
    EXPECT_EQ(storage.compact(c.at), c.error) << c.at;
    EXPECT_EQ(storage.firstIndex(), c.first) << c.at;
    EXPECT_EQ(storage.lastIndex(), 6u) << c.at;
  }
}

TEST(MemoryStorage, IsCompactedAgainAndAgain) {
  MemoryStorage storage;
  storage.append(raft::ascending(1, 1001));
  for (const Index at : {300u, 500u, 800u, 900u}) {
    EXPECT_EQ(storage.compact(at), Error());
    EXPECT_EQ(all(storage), raft::ascending(at + 1, 1001));
  }
  EXPECT_EQ(storage.compact(899), Errc::Compacted);
}

TEST(MemoryStorage, GrowsAndIsOverwritten) {
  struct {
    const char* what;
    Entries entries;
    Entries result;
  } const cases[] = {
      {"nothing", {}, entriesAt(4, {4, 5, 6})},
      {"all of it compacted", entriesAt(2, {2, 3}), entriesAt(4, {4, 5, 6})},
      {"the same again", entriesAt(4, {4, 5, 6}), entriesAt(4, {4, 5, 6})},
      {"the last two replaced", entriesAt(5, {7, 7}), entriesAt(4, {4, 7, 7})},
      {"the same and one more", entriesAt(4, {4, 5, 6, 6}), entriesAt(4, {4, 5, 6, 6})},
      {"some of it compacted", entriesAt(3, {3, 4, 7}), entriesAt(4, {4, 7})},
      {"replaced and shortened", entriesAt(5, {7}), entriesAt(4, {4, 7})},
      {"one more", entriesAt(7, {6}), entriesAt(4, {4, 5, 6, 6})},
  };
  for (const auto& c : cases) {
    MemoryStorage storage = fourToSix();
    storage.append(c.entries);
    EXPECT_EQ(all(storage), c.result) << c.what;
    EXPECT_EQ(storage.term(3), Result<Term>(3)) << c.what;
  }
}

TEST(MemoryStorage, MakesASnapshotAtAnEntry) {
  const ConfState three{.voters = {1, 2, 3}};
  MemoryStorage storage = fourToSix();
  const Result<Snapshot> made = storage.createSnapshot(5, three, "state");
  ASSERT_TRUE(made);
  EXPECT_EQ(*made, (Snapshot{"state", {three, 5, 5}}));
  EXPECT_EQ(*storage.snapshot(), *made);
  EXPECT_EQ(storage.initialState().confState, three);
  EXPECT_EQ(storage.firstIndex(), 4u) << "a snapshot compacts nothing by itself";

  EXPECT_EQ(storage.createSnapshot(6, std::nullopt, "later")->metadata.confState, three)
      << "the members are those of before";
}

// INV-STORAGE-3
TEST(MemoryStorage, NeverGoesBackToAnOlderSnapshot) {
  MemoryStorage storage = fourToSix();
  EXPECT_TRUE(storage.createSnapshot(5, std::nullopt, "state"));
  EXPECT_EQ(storage.createSnapshot(5, std::nullopt, "again").error(),
            Errc::SnapOutOfDate);
  EXPECT_EQ(storage.createSnapshot(4, std::nullopt, "older").error(),
            Errc::SnapOutOfDate);
  EXPECT_EQ(storage.applySnapshot(snapshotAt(5, 5)), Errc::SnapOutOfDate);
  EXPECT_EQ(storage.snapshot()->data, "state");
}

TEST(MemoryStorage, BeginsAnewAfterALeadersSnapshot) {
  MemoryStorage storage = fourToSix();
  EXPECT_EQ(storage.applySnapshot(snapshotAt(100, 9)), Error());
  EXPECT_EQ(storage.firstIndex(), 101u);
  EXPECT_EQ(storage.lastIndex(), 100u);
  EXPECT_EQ(storage.term(100), Result<Term>(9));
  EXPECT_EQ(storage.term(6).error(), Errc::Compacted);
  storage.append(entriesAt(101, {9}));
  EXPECT_EQ(all(storage), entriesAt(101, {9}));
}

// A node that starts knows its members before there is any entry.
TEST(MemoryStorage, TakesASnapshotThatOnlyNamesTheMembers) {
  MemoryStorage storage;
  Snapshot members;
  members.metadata.confState.voters = {1, 2, 3};
  EXPECT_EQ(storage.applySnapshot(members), Error());
  EXPECT_EQ(storage.initialState().confState.voters,
            (std::vector<raft::NodeId>{1, 2, 3}));
  EXPECT_EQ(storage.applySnapshot(members), Error())
      << "there is nothing to go back from";
  EXPECT_EQ(storage.firstIndex(), 1u);
}

TEST(MemoryStorage, IsToldWhoTakesPart) {
  MemoryStorage storage;
  storage.setConfState({.voters = {1, 2}});
  EXPECT_EQ(storage.initialState().confState.voters, (std::vector<raft::NodeId>{1, 2}));
  EXPECT_EQ(storage.lastIndex(), 0u) << "that is not an entry";
}

TEST(MemoryStorageDeathTest, AWriterKnowsItsLog) {
  MemoryStorage storage = fourToSix();
  EXPECT_DEATH(storage.append(entriesAt(8, {6})), "a log is written without a gap");
  Entries holes = entriesAt(7, {6, 6});
  holes[1].index = 9;
  EXPECT_DEATH(storage.append(holes), "the entries of one write are consecutive");
  EXPECT_DEATH((void)storage.compact(7), "what is compacted was written");
  EXPECT_DEATH((void)storage.entries(4, 8, kNoLimit),
               "nobody asks for entries that were");
  EXPECT_DEATH((void)storage.createSnapshot(7, std::nullopt, ""),
               "a snapshot is made at an entry that is in the log");
}

}  // namespace
