#include "raft/entry_run.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <deque>
#include <set>
#include <vector>

#include "base/random.hpp"
#include "raft/log_test.hpp"

namespace {

using raft::entriesAt;
using raft::EntryRun;
using raft::Index;
using raftpb::Entries;
using raftpb::Entry;

std::vector<Entry> all(const EntryRun& run) {
  const auto entries = run.slice(run.first(), run.end());
  return {entries.begin(), entries.end()};
}

EntryRun runOf(Entries entries) {
  EntryRun run(entries.front().index);
  run.take(entries);
  return run;
}

TEST(EntryRun, IsEmptyWhereItBegins) {
  const EntryRun run(5);
  EXPECT_TRUE(run.empty());
  EXPECT_EQ(run.first(), 5u);
  EXPECT_EQ(run.end(), 5u);
  EXPECT_TRUE(run.slice(5, 5).empty());
}

TEST(EntryRun, MovesEntriesIn) {
  Entries entries = entriesAt(5, {1, 1});
  entries[0].data = "kept";
  const char* place = entries[0].data.data();
  EntryRun run(5);
  run.take(entries);
  EXPECT_EQ(run[5].data, "kept");
  EXPECT_EQ(run[5].data.data(), place);
}

TEST(EntryRun, IsCutAtBothEnds) {
  EntryRun run = runOf(entriesAt(5, {1, 1, 2, 2, 3}));
  run.truncate(9);
  EXPECT_EQ(all(run), entriesAt(5, {1, 1, 2, 2}));
  run.drop(6);
  EXPECT_EQ(all(run), entriesAt(6, {1, 2, 2}));
  EXPECT_EQ(run[7].term, 2u);
  run.drop(9);
  EXPECT_TRUE(run.empty());
  EXPECT_EQ(run.first(), 9u);
}

TEST(EntryRun, GoesOnElsewhereAfterAReset) {
  EntryRun run = runOf(entriesAt(5, {1, 1}));
  run.reset(100);
  EXPECT_TRUE(run.empty());
  Entries more = entriesAt(100, {7});
  run.take(more);
  EXPECT_EQ(all(run), entriesAt(100, {7}));
}

TEST(EntryRun, ReleasesTheBytesOfWhatItDrops) {
  Entries entries = entriesAt(1, {1, 1, 1, 1, 1, 1});
  for (Entry& entry : entries) entry.data = "bytes";
  EntryRun run = runOf(entries);
  const Entry* shell = run.slice(1, 2).data();
  run.drop(2);  // one of six: it stays as a shell
  EXPECT_EQ(shell->data.size(), 0u);
}

TEST(EntryRun, MovesUpWhenHalfOfItIsDropped) {
  EntryRun run = runOf(entriesAt(1, {1, 1, 1, 1, 1, 1}));
  const Entry* const front = &run[1];
  run.drop(3);
  EXPECT_EQ(&run[3], front + 2) << "two of six are not worth a move";
  run.drop(4);
  EXPECT_EQ(&run[4], front);
}

// A log that is written and read at the same pace for ever takes the same memory for
// ever.
TEST(EntryRun, StaysInPlaceWhileItGrowsAndIsDropped) {
  EntryRun run = runOf(entriesAt(1, {1, 1, 1, 1, 1, 1, 1, 1, 1, 1}));
  std::set<const Entry*> places;
  for (int round = 0; round < 10'000; ++round) {
    Entries one = entriesAt(run.end(), {1});
    run.take(one);
    run.drop(run.first() + 1);
    places.insert(&run[run.first()]);
  }
  EXPECT_LT(places.size(), 64u) << "ten entries live at any time";
}

// Random cuts and growth, against a deque that does the same the plain way.
TEST(EntryRun, AgreesWithADeque) {
  base::Random random(8);
  EntryRun run(1);
  std::deque<Entry> model;
  for (int step = 0; step < 20'000; ++step) {
    const Index first = run.first();
    const Index pick = first + random.below(static_cast<std::uint32_t>(model.size() + 1));
    switch (random.below(4)) {
      case 0:
        run.truncate(pick);
        model.resize(static_cast<std::size_t>(pick - first));
        break;
      case 1:
        run.drop(pick);
        model.erase(model.begin(),
                    model.begin() + static_cast<std::ptrdiff_t>(pick - first));
        break;
      default: {
        Entries more = entriesAt(run.end(), {random.below(9), random.below(9)});
        run.take(more);
        for (const Entry& entry : more) model.push_back(entry);
      }
    }
    const std::vector<Entry> expected(model.begin(), model.end());
    ASSERT_EQ(all(run), expected) << "after step " << step;
  }
}

TEST(EntryRunDeathTest, ToAskOutsideIsABug) {
  const EntryRun run = runOf(entriesAt(5, {1, 1}));
  EXPECT_DEATH((void)run[4], "an entry is asked for where the run is");
  EXPECT_DEATH((void)run[7], "the end of a run holds no entry");
  EXPECT_DEATH((void)run.slice(6, 5), "a slice does not end before it begins");
  EXPECT_DEATH((void)run.slice(5, 8), "an entry is asked for where the run is");
}

}  // namespace
