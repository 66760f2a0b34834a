#include "raft/log_unstable.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <vector>

#include "raft/log_test.hpp"

namespace {

using raft::entriesAt;
using raft::EntryId;
using raft::Index;
using raft::Lines;
using raft::sharedSnapshotAt;
using raft::silent;
using raft::SnapshotPtr;
using raft::Term;
using raft::Unstable;
using raftpb::Entries;
using testing::ElementsAre;
using testing::IsEmpty;

void append(Unstable& unstable, Entries entries) {
  unstable.truncateAndAppend(entries);
}

// Entries, the first `inProgress` of them handed out, behind a snapshot or not.
Unstable unstableOf(const Entries& entries, std::size_t inProgress = 0,
                    const SnapshotPtr& snapshot = nullptr,
                    raft::Logger logger = silent()) {
  Unstable unstable(entries.front().index, std::move(logger));
  if (snapshot) unstable.restore(snapshot);
  const auto border = entries.begin() + static_cast<std::ptrdiff_t>(inProgress);
  if (inProgress > 0) append(unstable, Entries(entries.begin(), border));
  unstable.acceptInProgress();
  if (border != entries.end()) append(unstable, Entries(border, entries.end()));
  return unstable;
}

Entries all(const Unstable& unstable) {
  const auto& run = unstable.entries();
  const auto entries = run.slice(run.first(), run.end());
  return {entries.begin(), entries.end()};
}

Entries next(const Unstable& unstable) {
  const auto entries = unstable.nextEntries();
  return {entries.begin(), entries.end()};
}

TEST(Unstable, KnowsTheFirstIndexOnlyFromASnapshot) {
  EXPECT_EQ(Unstable(0, silent()).maybeFirstIndex(), std::nullopt);
  EXPECT_EQ(unstableOf(entriesAt(5, {1})).maybeFirstIndex(), std::nullopt);

  Unstable snapshot(1, silent());
  snapshot.restore(sharedSnapshotAt(4, 1));
  EXPECT_EQ(snapshot.maybeFirstIndex(), 5u);
  append(snapshot, entriesAt(5, {1}));
  EXPECT_EQ(snapshot.maybeFirstIndex(), 5u);
}

TEST(Unstable, KnowsTheLastIndexIfThereIsAnything) {
  EXPECT_EQ(Unstable(0, silent()).maybeLastIndex(), std::nullopt);
  EXPECT_EQ(unstableOf(entriesAt(5, {1})).maybeLastIndex(), 5u);

  Unstable snapshot(1, silent());
  snapshot.restore(sharedSnapshotAt(4, 1));
  EXPECT_EQ(snapshot.maybeLastIndex(), 4u);
  append(snapshot, entriesAt(5, {1}));
  EXPECT_EQ(snapshot.maybeLastIndex(), 5u);
}

TEST(Unstable, KnowsTheTermsOfItsEntriesAndOfItsSnapshot) {
  const Unstable plain = unstableOf(entriesAt(5, {1}));
  EXPECT_EQ(plain.maybeTerm(4), std::nullopt);
  EXPECT_EQ(plain.maybeTerm(5), 1u);
  EXPECT_EQ(plain.maybeTerm(6), std::nullopt);
  EXPECT_EQ(Unstable(0, silent()).maybeTerm(5), std::nullopt);

  Unstable snapshot(1, silent());
  snapshot.restore(sharedSnapshotAt(4, 3));
  EXPECT_EQ(snapshot.maybeTerm(3), std::nullopt);
  EXPECT_EQ(snapshot.maybeTerm(4), 3u);
  EXPECT_EQ(snapshot.maybeTerm(5), std::nullopt);
  append(snapshot, entriesAt(5, {3}));
  EXPECT_EQ(snapshot.maybeTerm(4), 3u);
  EXPECT_EQ(snapshot.maybeTerm(5), 3u);
}

TEST(Unstable, BeginsAnewAfterASnapshot) {
  Unstable unstable = unstableOf(entriesAt(5, {1}), 1, sharedSnapshotAt(4, 1));
  unstable.acceptInProgress();
  const SnapshotPtr snapshot = sharedSnapshotAt(6, 2);
  unstable.restore(snapshot);

  EXPECT_EQ(unstable.offset(), 7u);
  EXPECT_EQ(unstable.offsetInProgress(), 7u);
  EXPECT_TRUE(unstable.entries().empty());
  EXPECT_EQ(unstable.snapshot(), snapshot);
  EXPECT_EQ(unstable.nextSnapshot(), snapshot) << "it has not been handed out";
}

TEST(Unstable, HandsOutEachEntryOnce) {
  Unstable unstable = unstableOf(entriesAt(5, {1, 1}));
  EXPECT_EQ(next(unstable), entriesAt(5, {1, 1}));
  EXPECT_EQ(next(unstable), entriesAt(5, {1, 1})) << "looking changes nothing";
  unstable.acceptInProgress();
  EXPECT_THAT(next(unstable), IsEmpty());
  append(unstable, entriesAt(7, {2}));
  EXPECT_EQ(next(unstable), entriesAt(7, {2}));
  EXPECT_EQ(all(unstable), entriesAt(5, {1, 1, 2})) << "handed out is not gone";
}

TEST(Unstable, HandsOutASnapshotOnce) {
  Unstable unstable(1, silent());
  EXPECT_EQ(unstable.nextSnapshot(), nullptr);
  unstable.restore(sharedSnapshotAt(4, 1));
  EXPECT_NE(unstable.nextSnapshot(), nullptr);
  unstable.acceptInProgress();
  EXPECT_EQ(unstable.nextSnapshot(), nullptr);
  EXPECT_NE(unstable.snapshot(), nullptr) << "handed out is not gone";
}

TEST(Unstable, ForgetsASnapshotThatIsWritten) {
  Unstable unstable(1, silent());
  unstable.restore(sharedSnapshotAt(4, 1));
  unstable.acceptInProgress();
  unstable.stableSnapTo(3);
  EXPECT_NE(unstable.snapshot(), nullptr) << "that was another one";
  unstable.stableSnapTo(4);
  EXPECT_EQ(unstable.snapshot(), nullptr);
}

TEST(Unstable, AcceptsEverythingThatIsThere) {
  for (const std::size_t inProgress : {0u, 1u, 2u}) {
    for (const SnapshotPtr& snapshot : {SnapshotPtr(), sharedSnapshotAt(4, 1)}) {
      Unstable unstable = unstableOf(entriesAt(5, {1, 1}), inProgress, snapshot);
      unstable.acceptInProgress();
      EXPECT_EQ(unstable.offsetInProgress(), 7u);
      EXPECT_EQ(unstable.nextSnapshot(), nullptr);
    }
  }
  Unstable nothing(5, silent());
  nothing.acceptInProgress();
  EXPECT_EQ(nothing.offsetInProgress(), 5u);
}

TEST(Unstable, LetsGoOfWhatIsWritten) {
  struct {
    const char* what;
    Entries entries;
    std::size_t inProgress;
    EntryId written;
    Index offset, offsetInProgress;
    std::size_t left;
  } const cases[] = {
      {"the only entry", entriesAt(5, {1}), 1, {1, 5}, 6, 6, 0},
      {"the first of two", entriesAt(5, {1, 1}), 1, {1, 5}, 6, 6, 1},
      {"the first of two in progress", entriesAt(5, {1, 1}), 2, {1, 5}, 6, 7, 1},
      {"one that nobody handed out", entriesAt(5, {1, 1}), 0, {1, 5}, 6, 6, 1},
      {"another entry at this index", entriesAt(6, {2}), 1, {1, 6}, 6, 7, 1},
      {"one that is gone already", entriesAt(5, {1}), 1, {1, 4}, 5, 6, 1},
      {"one that is not there yet", entriesAt(5, {1}), 1, {1, 6}, 5, 6, 1},
  };
  for (const auto& c : cases) {
    const Index before = c.entries.front().index - 1;
    for (const SnapshotPtr& snapshot : {SnapshotPtr(), sharedSnapshotAt(before, 1)}) {
      Unstable unstable = unstableOf(c.entries, c.inProgress, snapshot);
      unstable.stableTo(c.written);
      EXPECT_EQ(unstable.offset(), c.offset) << c.what;
      EXPECT_EQ(unstable.offsetInProgress(), c.offsetInProgress) << c.what;
      EXPECT_EQ(unstable.entries().size(), c.left) << c.what;
    }
  }
}

// The write of (2, term 1) was under way when another leader put (2, term 3) there. Its
// report must not pass for a report on the new entry.
// INV-LOG-3
TEST(Unstable, BelievesOnlyAReportOnTheVeryEntry) {
  Lines log;
  Unstable unstable = unstableOf(entriesAt(1, {1, 1}), 2, nullptr, log.logger());
  append(unstable, entriesAt(2, {3}));
  unstable.stableTo({.term = 1, .index = 2});
  EXPECT_EQ(unstable.offset(), 1u);
  EXPECT_EQ(next(unstable), entriesAt(2, {3}));

  unstable.acceptInProgress();
  unstable.stableTo({.term = 3, .index = 2});
  EXPECT_EQ(unstable.offset(), 3u);
  EXPECT_THAT(log.lines,
              ElementsAre("truncate the unstable entries before index 2",
                          "entry at (index,term)=(2,1) mismatched with entry at (2,3) in "
                          "unstable log; ignoring"));
}

TEST(Unstable, SaysWhichReportsItIgnores) {
  Lines log;
  Unstable unstable =
      unstableOf(entriesAt(5, {2}), 1, sharedSnapshotAt(4, 1), log.logger());
  unstable.stableTo({.term = 1, .index = 3});
  unstable.stableTo({.term = 1, .index = 4});
  unstable.stableTo({.term = 2, .index = 6});
  EXPECT_THAT(log.lines,
              ElementsAre("entry at index 3 missing from unstable log; ignoring",
                          "entry at index 4 matched unstable snapshot; ignoring",
                          "entry at index 6 missing from unstable log; ignoring"));
}

struct Truncation {
  const char* what;
  Entries entries;
  std::size_t inProgress;
  Entries more;
  Index offset, offsetInProgress;
  Entries result;
  std::vector<std::string> lines;
};

void check(const Truncation& c) {
  Lines log;
  Unstable unstable = unstableOf(c.entries, c.inProgress, nullptr, log.logger());
  append(unstable, c.more);
  EXPECT_EQ(unstable.offset(), c.offset) << c.what;
  EXPECT_EQ(unstable.offsetInProgress(), c.offsetInProgress) << c.what;
  EXPECT_EQ(all(unstable), c.result) << c.what;
  EXPECT_EQ(log.lines, c.lines) << c.what;
}

TEST(Unstable, AppendsAtItsEndWithoutAWord) {
  check({"nothing in progress",
         entriesAt(5, {1}),
         0,
         entriesAt(6, {1, 1}),
         5,
         5,
         entriesAt(5, {1, 1, 1}),
         {}});
  check({"all in progress",
         entriesAt(5, {1}),
         1,
         entriesAt(6, {1, 1}),
         5,
         6,
         entriesAt(5, {1, 1, 1}),
         {}});
}

TEST(Unstable, IsReplacedFromItsBeginningOrBefore) {
  const std::vector<std::string> from5{"replace the unstable entries from index 5"};
  const std::vector<std::string> from4{"replace the unstable entries from index 4"};
  check({"from 5", entriesAt(5, {1}), 0, entriesAt(5, {2, 2}), 5, 5, entriesAt(5, {2, 2}),
         from5});
  check({"from 4", entriesAt(5, {1}), 0, entriesAt(4, {2, 2, 2}), 4, 4,
         entriesAt(4, {2, 2, 2}), from4});
  check({"from 5, in progress", entriesAt(5, {1}), 1, entriesAt(5, {2, 2}), 5, 5,
         entriesAt(5, {2, 2}), from5});
}

TEST(Unstable, IsCutInTheMiddle) {
  const std::vector<std::string> at6{"truncate the unstable entries before index 6"};
  const std::vector<std::string> at7{"truncate the unstable entries before index 7"};
  check({"at 6", entriesAt(5, {1, 1, 1}), 0, entriesAt(6, {2}), 5, 5,
         entriesAt(5, {1, 2}), at6});
  check({"at 7", entriesAt(5, {1, 1, 1}), 0, entriesAt(7, {2, 2}), 5, 5,
         entriesAt(5, {1, 1, 2, 2}), at7});
  check({"what stays was in progress", entriesAt(5, {1, 1, 1}), 1, entriesAt(6, {2}), 5,
         6, entriesAt(5, {1, 2}), at6});
  check({"what goes was in progress", entriesAt(5, {1, 1, 1}), 2, entriesAt(6, {2}), 5, 6,
         entriesAt(5, {1, 2}), at6});
}

TEST(UnstableDeathTest, NeverLeavesAGap) {
  Unstable unstable = unstableOf(entriesAt(5, {1}));
  EXPECT_DEATH(append(unstable, entriesAt(7, {1})),
               "an entry is asked for where the run is");
}

}  // namespace
