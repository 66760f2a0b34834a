#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <vector>

#include "raft/log.hpp"
#include "raft/log_test.hpp"

namespace {

using base::Errc;
using base::Error;
using raft::ascending;
using raft::entriesAt;
using raft::EntryId;
using raft::Index;
using raft::kNoLimit;
using raft::RaftLog;
using raft::Result;
using raft::sharedSnapshotAt;
using raft::silent;
using raft::Term;
using raft::TestStorage;
using raftpb::Entries;

// Compacted up to 100; 101 to 149 are written, 150 to 199 are not. Terms are indexes.
constexpr Index kOffset = 100, kHalf = 150, kLast = 200;

RaftLog halfWritten(const std::shared_ptr<TestStorage>& storage =
                        std::make_shared<TestStorage>(EntryId{1, kOffset})) {
  storage->append(ascending(kOffset + 1, kHalf));
  RaftLog log(storage, silent());
  log.append(ascending(kHalf, kLast));
  return log;
}

const std::uint64_t kSize = raftpb::entryEncodingSize(ascending(kHalf, kHalf + 1)[0]);

// INV-LOG-1
TEST(RaftLogSlice, JoinsWhatIsWrittenAndWhatIsNot) {
  const RaftLog log = halfWritten();
  for (const Index lo : {kOffset + 1, kHalf - 1, kHalf, kHalf + 1, kLast - 1}) {
    for (const Index hi : {kHalf - 1, kHalf, kHalf + 1, kLast}) {
      if (lo > hi) continue;
      EXPECT_EQ(*log.slice(lo, hi, kNoLimit), ascending(lo, hi)) << lo << " to " << hi;
    }
  }
  EXPECT_EQ(log.allEntries(), ascending(kOffset + 1, kLast));
  for (Index i = kOffset + 1; i < kLast; ++i) EXPECT_EQ(*log.term(i), i);
}

TEST(RaftLogSlice, KeepsWithinTheLimit) {
  const RaftLog log = halfWritten();
  struct {
    Index lo, hi;
    std::uint64_t limit;
    Index end;
  } const cases[] = {
      // At least one, whatever the limit.
      {kOffset + 1, kLast, 0, kOffset + 2},
      {kHalf - 1, kHalf + 1, 0, kHalf},
      {kHalf, kLast, 0, kHalf + 1},
      {kHalf + 1, kLast, 0, kHalf + 2},
      // Not even enough for one; enough for one; not for two.
      {kOffset + 1, kLast, kSize - 1, kOffset + 2},
      {kHalf - 1, kHalf + 1, kSize - 1, kHalf},
      {kHalf, kLast, kSize - 1, kHalf + 1},
      {kHalf - 1, kHalf + 1, kSize, kHalf},
      {kHalf, kLast, kSize, kHalf + 1},
      {kHalf - 1, kHalf + 1, kSize + 1, kHalf},
      {kHalf, kLast, kSize + 1, kHalf + 1},
      // Enough for two, on either side of the border and across it.
      {kHalf - 2, kHalf + 1, kSize * 2, kHalf},
      {kHalf - 1, kHalf + 1, kSize * 2, kHalf + 1},
      {kHalf, kLast, kSize * 2, kHalf + 2},
      // Across the border, with room for a third or not.
      {kHalf - 2, kHalf + 1, kSize * 3 - 1, kHalf},
      {kHalf - 1, kHalf + 2, kSize * 3, kHalf + 2},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(*log.slice(c.lo, c.hi, c.limit), ascending(c.lo, c.end))
        << c.lo << " to " << c.hi << " within " << c.limit;
  }
}

// The storage cut its part; what is not written yet must not follow, or there were a gap.
// INV-LOG-1
TEST(RaftLogSlice, LeavesNoGapAtTheBorder) {
  Entries written = ascending(1, 4);
  written[2].data = std::string(100, 'x');
  RaftLog log(std::make_shared<TestStorage>(EntryId(), written), silent());
  log.append(ascending(4, 6));
  EXPECT_EQ(*log.slice(1, 6, 50), ascending(1, 3)) << "entry 3 is too large, 4 is not";
}

TEST(RaftLogSlice, TakesMoreFromAStorageThanTheLimit) {
  const auto storage = std::make_shared<TestStorage>(EntryId{1, kOffset});
  storage->generous = true;
  const RaftLog log = halfWritten(storage);
  EXPECT_EQ(*log.slice(kHalf - 3, kHalf + 1, kSize), ascending(kHalf - 3, kHalf));
}

TEST(RaftLogSlice, KnowsWhatIsCompactedAndWhatIsNotThere) {
  const RaftLog log = halfWritten();
  EXPECT_EQ(log.slice(kOffset - 1, kOffset + 1, kNoLimit).error(), Errc::Compacted);
  EXPECT_EQ(log.slice(kOffset, kOffset + 1, kNoLimit).error(), Errc::Compacted);
  EXPECT_EQ(*log.slice(kOffset + 1, kOffset + 1, kNoLimit), Entries());
  EXPECT_EQ(*log.slice(kLast, kLast, kNoLimit), Entries());
  EXPECT_EQ(*log.entries(kLast, kNoLimit), Entries());
  EXPECT_EQ(log.entries(kOffset, kNoLimit).error(), Errc::Compacted);
}

TEST(RaftLogSliceDeathTest, NobodyAsksPastTheEnd) {
  const RaftLog log = halfWritten();
  EXPECT_DEATH((void)log.slice(kHalf, kHalf - 1, 0),
               "a slice does not end before it begins");
  EXPECT_DEATH((void)log.slice(kLast, kLast + 1, 0),
               "a slice does not end after the log");
  EXPECT_DEATH((void)log.slice(kLast + 1, kLast + 1, 0),
               "a slice does not end after the log");
}

TEST(RaftLogTerm, IsKnownFromOneBeforeTheFirstEntryToTheLast) {
  const RaftLog log = halfWritten();
  EXPECT_EQ(log.term(kOffset - 1).error(), Errc::Compacted);
  EXPECT_EQ(log.term(kOffset), Result<Term>(1));
  EXPECT_EQ(log.term(kHalf), Result<Term>(kHalf));
  EXPECT_EQ(log.term(kLast - 1), Result<Term>(kLast - 1));
  EXPECT_EQ(log.term(kLast).error(), Errc::Unavailable);

  EXPECT_EQ(RaftLog::zeroTermOnOutOfBounds(log.term(kOffset)), 1u);
  EXPECT_EQ(RaftLog::zeroTermOnOutOfBounds(log.term(kOffset - 1)), 0u);
  EXPECT_EQ(RaftLog::zeroTermOnOutOfBounds(log.term(kLast)), 0u);
}

// What lies between the storage's end and a snapshot that waits is nowhere.
TEST(RaftLogTerm, IsUnknownBeforeASnapshotThatWaits) {
  RaftLog log(std::make_shared<TestStorage>(EntryId{1, 100}), silent());
  log.restore(sharedSnapshotAt(105, 1));
  for (const Index i : {100u, 101u, 104u}) {
    EXPECT_EQ(log.term(i).error(), Errc::Compacted) << i;
  }
  EXPECT_EQ(log.term(105), Result<Term>(1));
  EXPECT_EQ(log.term(106).error(), Errc::Unavailable);
}

TEST(RaftLogTerm, OutlivesACompaction) {
  const auto storage = std::make_shared<TestStorage>();
  storage->append(ascending(1, 751));
  RaftLog log(storage, silent());
  log.append(ascending(751, 1001));
  EXPECT_TRUE(log.maybeCommit(log.lastEntryId()));
  log.appliedTo(log.committed(), 0);

  storage->compact(500);
  EXPECT_EQ(log.lastIndex(), 1000u);
  for (Index i = 500; i <= 1000; ++i) {
    EXPECT_TRUE(log.matchTerm({.term = i, .index = i})) << i;
  }
  EXPECT_EQ(log.nextUnstableEnts(), ascending(751, 1001));
  EXPECT_EQ(log.append(ascending(1001, 1002)), 1001u);
  EXPECT_EQ(log.entries(1001, kNoLimit)->size(), 1u);
  EXPECT_EQ(log.allEntries().size(), 501u);
}

TEST(RaftLogScan, ReadsTheSameInPages) {
  const RaftLog log = halfWritten();
  for (const std::uint64_t page : {std::uint64_t{0}, kSize, kSize + 1, kSize * 5}) {
    for (Index lo = kHalf - 8; lo < kHalf + 8; ++lo) {
      Entries got;
      const auto collect = [&](const Entries& some) {
        EXPECT_TRUE(some.size() == 1 || raftpb::entriesSize(some) <= page);
        got.insert(got.end(), some.begin(), some.end());
        return Error();
      };
      EXPECT_EQ(log.scan(lo, kHalf + 8, page, collect), Error());
      EXPECT_EQ(got, ascending(lo, kHalf + 8));
    }
  }
}

TEST(RaftLogScan, FillsItsPages) {
  std::vector<std::size_t> pages;
  const auto count = [&](const Entries& some) {
    pages.push_back(some.size());
    return Error();
  };
  EXPECT_EQ(halfWritten().scan(kHalf - 5, kHalf + 5, kSize * 2, count), Error());
  EXPECT_EQ(pages, std::vector<std::size_t>(5, 2));
}

TEST(RaftLogScan, StopsWhenAPageIsRefused) {
  int pages = 0;
  const auto two = [&](const Entries&) {
    return ++pages == 2 ? make_error_code(Errc::Canceled) : Error();
  };
  EXPECT_EQ(halfWritten().scan(kOffset + 1, kHalf, 0, two), Errc::Canceled);
  EXPECT_EQ(pages, 2);
  EXPECT_EQ(halfWritten().scan(kOffset, kHalf, 0, two), Errc::Compacted);
}

}  // namespace
