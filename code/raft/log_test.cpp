#include "raft/log.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <optional>

#include "raft/log_test.hpp"

namespace {

using raft::entriesAt;
using raft::EntryId;
using raft::Index;
using raft::kNoLimit;
using raft::Lines;
using raft::LogSlice;
using raft::RaftLog;
using raft::sharedSnapshotAt;
using raft::silent;
using raft::Term;
using raft::TestStorage;
using raftpb::Entries;
using testing::ElementsAre;

// Three entries, none of them written.
RaftLog threeUnstable(raft::Logger logger = silent()) {
  RaftLog log(std::make_shared<TestStorage>(), std::move(logger));
  log.append(entriesAt(1, {1, 2, 3}));
  return log;
}

TEST(RaftLog, BeginsWhereItsStorageBegins) {
  const auto storage =
      std::make_shared<TestStorage>(EntryId{7, 1000}, entriesAt(1001, {7, 8}));
  const RaftLog log(storage, silent());
  EXPECT_EQ(log.firstIndex(), 1001u);
  EXPECT_EQ(log.lastEntryId(), (EntryId{8, 1002}));
  EXPECT_EQ(log.committed(), 1000u) << "what was compacted was applied";
  EXPECT_EQ(log.applying(), 1000u);
  EXPECT_EQ(log.applied(), 1000u);
  EXPECT_EQ(log.unstable().offset(), 1003u);
  EXPECT_EQ(*log.term(1000), 7u) << "the term before the first entry is known";
  EXPECT_EQ(toString(log),
            "committed=1000, applied=1000, applying=1000, unstable.offset=1003, "
            "unstable.offsetInProgress=1003, len(unstable.Entries)=0");
}

TEST(RaftLog, FindsTheFirstEntryThatItLacks) {
  struct {
    const char* what;
    Entries entries;
    Index conflict;
  } const cases[] = {
      {"nothing", {}, 0},
      {"all of them held", entriesAt(1, {1, 2, 3}), 0},
      {"the last two held", entriesAt(2, {2, 3}), 0},
      {"the last held", entriesAt(3, {3}), 0},
      {"all held, and two more", entriesAt(1, {1, 2, 3, 4, 4}), 4},
      {"two held, and two more", entriesAt(2, {2, 3, 4, 5}), 4},
      {"one held, and two more", entriesAt(3, {3, 4, 4}), 4},
      {"two more", entriesAt(4, {4, 4}), 4},
      {"a conflict at the first", entriesAt(1, {4, 4}), 1},
      {"a conflict at the second", entriesAt(2, {1, 4, 4}), 2},
      {"a conflict at the third", entriesAt(3, {1, 2, 4, 4}), 3},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(threeUnstable().findConflict(c.entries), c.conflict) << c.what;
  }
}

TEST(RaftLog, SaysWhatConflicts) {
  Lines lines;
  const RaftLog log = threeUnstable(lines.logger());
  log.findConflict(entriesAt(4, {4}));
  EXPECT_THAT(lines.lines, ElementsAre()) << "a new entry contradicts nothing";
  log.findConflict(entriesAt(2, {4, 4}));
  EXPECT_THAT(lines.lines, ElementsAre("found conflict at index 2 [existing term: 2, "
                                       "conflicting term: 4]"));
}

TEST(RaftLog, GuessesWhereAnotherLogParted) {
  struct {
    EntryId compacted;
    Entries entries;
    Index index;
    Term term;
    EntryId guess;
  } const cases[] = {
      // From the origin. Past the end, nothing is known: the guess is the question.
      {{}, entriesAt(1, {2, 2, 5, 5, 5}), 100, 2, {0, 100}},
      {{}, entriesAt(1, {2, 2, 5, 5, 5}), 5, 6, {5, 5}},
      {{}, entriesAt(1, {2, 2, 5, 5, 5}), 5, 5, {5, 5}},
      {{}, entriesAt(1, {2, 2, 5, 5, 5}), 5, 4, {2, 2}},
      {{}, entriesAt(1, {2, 2, 5, 5, 5}), 5, 2, {2, 2}},
      {{}, entriesAt(1, {2, 2, 5, 5, 5}), 5, 1, {0, 0}},
      {{}, entriesAt(1, {2, 2, 5, 5, 5}), 1, 2, {2, 1}},
      {{}, entriesAt(1, {2, 2, 5, 5, 5}), 1, 1, {0, 0}},
      {{}, entriesAt(1, {2, 2, 5, 5, 5}), 0, 0, {0, 0}},
      // Behind a compaction: the search ends one before the entry whose term is kept.
      {{3, 10}, entriesAt(11, {3, 3, 4, 4, 4}), 30, 3, {0, 30}},
      {{3, 10}, entriesAt(11, {3, 3, 4, 4, 4}), 14, 9, {4, 14}},
      {{3, 10}, entriesAt(11, {3, 3, 4, 4, 4}), 14, 4, {4, 14}},
      {{3, 10}, entriesAt(11, {3, 3, 4, 4, 4}), 14, 3, {3, 12}},
      {{3, 10}, entriesAt(11, {3, 3, 4, 4, 4}), 14, 2, {0, 9}},
      {{3, 10}, entriesAt(11, {3, 3, 4, 4, 4}), 11, 5, {3, 11}},
      {{3, 10}, entriesAt(11, {3, 3, 4, 4, 4}), 10, 5, {3, 10}},
      {{3, 10}, entriesAt(11, {3, 3, 4, 4, 4}), 10, 3, {3, 10}},
      {{3, 10}, entriesAt(11, {3, 3, 4, 4, 4}), 10, 2, {0, 9}},
      {{3, 10}, entriesAt(11, {3, 3, 4, 4, 4}), 9, 2, {0, 9}},
      {{3, 10}, entriesAt(11, {3, 3, 4, 4, 4}), 4, 2, {0, 4}},
      {{3, 10}, entriesAt(11, {3, 3, 4, 4, 4}), 0, 0, {0, 0}},
  };
  for (const auto& c : cases) {
    RaftLog log(std::make_shared<TestStorage>(c.compacted), silent());
    log.append(c.entries);
    EXPECT_EQ(log.findConflictByTerm(c.index, c.term), c.guess)
        << "index " << c.index << ", term " << c.term;
  }
}

TEST(RaftLog, JudgesWhichLogIsNewer) {
  const RaftLog log = threeUnstable();
  for (const Index last : {2u, 3u, 4u}) {
    EXPECT_TRUE(log.isUpToDate({.term = 4, .index = last})) << "the later term wins";
    EXPECT_FALSE(log.isUpToDate({.term = 2, .index = last})) << "the later term wins";
  }
  EXPECT_FALSE(log.isUpToDate({.term = 3, .index = 2})) << "then the longer log wins";
  EXPECT_TRUE(log.isUpToDate({.term = 3, .index = 3})) << "an equal one is good enough";
  EXPECT_TRUE(log.isUpToDate({.term = 3, .index = 4})) << "then the longer log wins";
}

TEST(RaftLog, AppendsOverWhatIsWritten) {
  struct {
    const char* what;
    Entries entries;
    Index last;
    Entries log;
    Index unstable;
  } const cases[] = {
      {"nothing", {}, 2, entriesAt(1, {1, 2}), 3},
      {"at the end", entriesAt(3, {2}), 3, entriesAt(1, {1, 2, 2}), 3},
      {"from the first", entriesAt(1, {2}), 1, entriesAt(1, {2}), 1},
      {"from the second", entriesAt(2, {3, 3}), 3, entriesAt(1, {1, 3, 3}), 2},
  };
  for (const auto& c : cases) {
    RaftLog log(std::make_shared<TestStorage>(EntryId(), entriesAt(1, {1, 2})), silent());
    EXPECT_EQ(log.append(c.entries), c.last) << c.what;
    EXPECT_EQ(*log.entries(1, kNoLimit), c.log) << c.what;
    EXPECT_EQ(log.unstable().offset(), c.unstable) << c.what;
  }
}

TEST(RaftLog, TakesALeadersSliceWhereItFits) {
  struct {
    const char* what;
    EntryId prev;
    Index committed;
    Entries entries;
    std::optional<Index> last;
    Index commit;
  } const cases[] = {
      {"another entry is there", {2, 3}, 3, entriesAt(4, {4}), {}, 1},
      {"no entry is there", {3, 4}, 3, entriesAt(5, {4}), {}, 1},
      {"nothing new, all committed", {3, 3}, 3, {}, 3, 3},
      {"nothing is committed past the slice", {3, 3}, 4, {}, 3, 3},
      {"some of it committed", {3, 3}, 2, {}, 3, 2},
      {"commit never falls", {3, 3}, 0, {}, 3, 1},
      {"commit never falls, from the origin", {}, 3, {}, 0, 1},
      {"one more", {3, 3}, 3, entriesAt(4, {4}), 4, 3},
      {"one more, committed", {3, 3}, 4, entriesAt(4, {4}), 4, 4},
      {"one more, and a commit beyond", {3, 3}, 5, entriesAt(4, {4}), 4, 4},
      {"two more, committed", {3, 3}, 5, entriesAt(4, {4, 4}), 5, 5},
      {"replaces the last", {2, 2}, 3, entriesAt(3, {4}), 3, 3},
      {"replaces the last two by one", {1, 1}, 3, entriesAt(2, {4}), 2, 2},
      {"replaces the last two", {1, 1}, 3, entriesAt(2, {4, 4}), 3, 3},
  };
  for (const auto& c : cases) {
    RaftLog log = threeUnstable();
    log.commitTo(1);
    const LogSlice slice{.term = 100, .prev = c.prev, .entries = c.entries};
    ASSERT_TRUE(slice.valid()) << c.what;

    EXPECT_EQ(log.maybeAppend(slice, c.committed), c.last) << c.what;
    EXPECT_EQ(log.committed(), c.commit) << c.what;
    if (c.last && !c.entries.empty()) {
      EXPECT_EQ(*log.entries(c.prev.index + 1, kNoLimit), c.entries) << c.what;
    }
  }
}

// A slow message, all of it old news, must not cut off what came after it.
TEST(RaftLog, IsNotShortenedByAnOldMessage) {
  RaftLog log = threeUnstable();
  EXPECT_EQ(log.maybeAppend({.term = 3, .prev = {}, .entries = entriesAt(1, {1, 2})}, 0),
            2u);
  EXPECT_EQ(log.lastIndex(), 3u);
}

TEST(RaftLog, IsRepairedByANewLeader) {
  Lines lines;
  RaftLog log(std::make_shared<TestStorage>(EntryId(), entriesAt(1, {1, 1, 2})),
              lines.logger());
  log.append(entriesAt(4, {2, 2}));
  log.maybeAppend({.term = 3, .prev = {1, 2}, .entries = entriesAt(3, {3, 3})}, 3);
  EXPECT_EQ(log.allEntries(), entriesAt(1, {1, 1, 3, 3}));
  EXPECT_EQ(log.unstable().offset(), 3u) << "entry 3 is written, but another one";
  EXPECT_THAT(lines.lines,
              ElementsAre("found conflict at index 3 [existing term: 2, conflicting "
                          "term: 3]",
                          "replace the unstable entries from index 3"));
}

TEST(RaftLog, CommitsOnlyTheVeryEntry) {
  RaftLog log = threeUnstable();
  EXPECT_FALSE(log.maybeCommit({.term = 2, .index = 3})) << "another entry is there";
  EXPECT_FALSE(log.maybeCommit({.term = 3, .index = 4})) << "no entry is there";
  EXPECT_EQ(log.committed(), 0u);
  EXPECT_TRUE(log.maybeCommit({.term = 2, .index = 2}));
  EXPECT_FALSE(log.maybeCommit({.term = 2, .index = 2})) << "that is no news";
  EXPECT_FALSE(log.maybeCommit({.term = 1, .index = 1})) << "never backwards";
  EXPECT_EQ(log.committed(), 2u);
}

TEST(RaftLog, CommitsNothingOfTermZero) {
  RaftLog log(std::make_shared<TestStorage>(), silent());
  log.append(entriesAt(1, {0}));
  EXPECT_FALSE(log.maybeCommit({.term = 0, .index = 1})) << "no leader has term 0";
}

TEST(RaftLog, BelievesAReportOnTheVeryEntryOnly) {
  struct {
    EntryId written;
    Index offset;
  } const cases[] = {{{1, 1}, 2}, {{2, 2}, 3}, {{1, 2}, 1}, {{1, 3}, 1}};
  for (const auto& c : cases) {
    RaftLog log(std::make_shared<TestStorage>(), silent());
    log.append(entriesAt(1, {1, 2}));
    log.stableTo(c.written);
    EXPECT_EQ(log.unstable().offset(), c.offset);
  }
}

TEST(RaftLog, HandsOutWhatIsToBeWritten) {
  const auto storage = std::make_shared<TestStorage>(EntryId(), entriesAt(1, {1, 2}));
  RaftLog log(storage, silent());
  EXPECT_FALSE(log.hasNextUnstableEnts());
  EXPECT_FALSE(log.hasNextOrInProgressUnstableEnts());

  log.append(entriesAt(3, {2}));
  EXPECT_TRUE(log.hasNextUnstableEnts());
  EXPECT_EQ(log.nextUnstableEnts(), entriesAt(3, {2}));

  log.acceptUnstable();
  EXPECT_FALSE(log.hasNextUnstableEnts());
  EXPECT_TRUE(log.hasNextOrInProgressUnstableEnts());

  storage->append(entriesAt(3, {2}));
  log.stableTo({.term = 2, .index = 3});
  EXPECT_FALSE(log.hasNextOrInProgressUnstableEnts());
  EXPECT_EQ(log.lastIndex(), 3u);
}

TEST(RaftLog, BeginsAnewAfterASnapshot) {
  Lines lines;
  RaftLog log(std::make_shared<TestStorage>(EntryId{1, 100}), lines.logger());
  EXPECT_FALSE(log.hasNextUnstableSnapshot());
  log.append(entriesAt(101, {1, 1}));
  log.restore(sharedSnapshotAt(105, 3));

  EXPECT_EQ(log.committed(), 105u);
  EXPECT_EQ(log.firstIndex(), 106u);
  EXPECT_EQ(log.lastEntryId(), (EntryId{3, 105}));
  EXPECT_TRUE(log.hasNextUnstableSnapshot());
  EXPECT_EQ((*log.snapshot())->metadata.index, 105u);
  EXPECT_THAT(lines.lines,
              ElementsAre("log [committed=100, applied=100, applying=100, "
                          "unstable.offset=101, unstable.offsetInProgress=101, "
                          "len(unstable.Entries)=2] starts to restore snapshot [index: "
                          "105, term: 3]"));

  log.acceptUnstable();
  EXPECT_FALSE(log.hasNextUnstableSnapshot());
  EXPECT_TRUE(log.hasNextOrInProgressSnapshot());
  log.stableSnapTo(105);
  EXPECT_FALSE(log.hasNextOrInProgressSnapshot());
  EXPECT_EQ((*log.snapshot())->metadata.index, 100u) << "the storage's, from here on";
}

// INV-LOG-2
TEST(RaftLogDeathTest, WhatIsCommittedStays) {
  RaftLog log = threeUnstable();
  log.commitTo(2);
  log.commitTo(1);
  EXPECT_EQ(log.committed(), 2u);
  EXPECT_DEATH(
      log.maybeAppend({.term = 4, .prev = {}, .entries = entriesAt(1, {1, 4})}, 0),
      "a leader never contradicts a committed entry");
  EXPECT_DEATH(log.append(entriesAt(2, {4})), "what is committed is never replaced");
  EXPECT_DEATH(log.commitTo(4), "was it corrupted, truncated, or lost");
  EXPECT_DEATH(log.restore(sharedSnapshotAt(1, 1)),
               "a snapshot never takes back what is committed");
}

}  // namespace
