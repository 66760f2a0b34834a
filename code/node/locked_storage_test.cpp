#include "node/locked_storage.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <thread>
#include <vector>

namespace node {
namespace {

using base::Errc;
using raftpb::Entry;

Entry entry(raft::Term term, raft::Index index, std::string data = "") {
  return {.term = term, .index = index, .data = std::move(data)};
}

TEST(LockedStorage, TakesOverWhatIsThere) {
  const auto storage = memoryOf({1, 2, 3});
  EXPECT_EQ(storage->initialState().confState.voters,
            (std::vector<raft::NodeId>{1, 2, 3}));
  EXPECT_EQ(storage->initialState().hardState, raft::HardState());
  EXPECT_EQ(storage->firstIndex(), 1u);
  EXPECT_EQ(storage->lastIndex(), 0u);
  EXPECT_EQ(storage->snapshot()->metadata.confState.voters.size(), 3u);
}

TEST(LockedStorage, SavesTheEntriesAndTheHardStateOfAReady) {
  const auto storage = memoryOf({1});
  const raft::HardState state{.term = 2, .vote = 1, .commit = 1};
  storage->save({.hardState = state, .entries = {entry(1, 1, "a"), entry(2, 2, "b")}});
  EXPECT_EQ(storage->initialState().hardState, state);
  EXPECT_EQ(*storage->entries(1, 3, raft::kNoLimit),
            (std::vector<Entry>{entry(1, 1, "a"), entry(2, 2, "b")}));
  EXPECT_EQ(*storage->term(2), 2u);

  storage->save({.entries = {entry(3, 2, "c")}});
  EXPECT_EQ(storage->initialState().hardState, state) << "no news of the hard state";
  EXPECT_EQ(storage->lastIndex(), 2u);
  EXPECT_EQ(*storage->term(2), 3u);

  storage->save({});
  EXPECT_EQ(storage->lastIndex(), 2u);
}

TEST(LockedStorage, Compacts) {
  const auto storage = memoryOf({1});
  storage->save({.entries = {entry(1, 1), entry(1, 2), entry(1, 3)}});
  EXPECT_EQ(storage->compact(2), base::Error());
  EXPECT_EQ(storage->firstIndex(), 3u);
  EXPECT_EQ(storage->term(1).error(), Errc::Compacted);
  EXPECT_EQ(storage->compact(1), Errc::Compacted);
}

// The writer replaces the whole log by itself, which takes it a while. Nobody may see it
// half done.
TEST(LockedStorage, ALookWaitsForAWriteThatIsUnderWay) {
  constexpr raft::Index kLast = 1000;
  raftpb::Entries all;
  for (raft::Index i = 1; i <= kLast; ++i) all.push_back(entry(1, i, "color=blue"));
  const auto storage = memoryOf({1});
  storage->save({.entries = all});

  std::atomic<bool> over = false;
  std::thread writer([&] {
    while (!over) storage->save({.entries = all});
  });
  int seenHalfDone = 0;
  for (int looks = 0; looks < 500; ++looks) {
    if (storage->lastIndex() != kLast) ++seenHalfDone;
    if (!storage->term(kLast)) ++seenHalfDone;
  }
  over = true;
  writer.join();
  EXPECT_EQ(seenHalfDone, 0);
}

// One thread writes, as an application does; another reads, as a loop does. Every read
// finds a log that was true at some moment. ThreadSanitizer watches.
TEST(LockedStorage, MayBeWrittenAndReadAtTheSameTime) {
  const auto storage = memoryOf({1});
  storage->save({.entries = {entry(1, 1)}});
  std::atomic<bool> over = false;
  std::thread reader([&] {
    while (!over) {
      const raft::Index last = storage->lastIndex();
      const auto found = storage->entries(1, last + 1, raft::kNoLimit);
      ASSERT_TRUE(found);
      ASSERT_EQ(found->size(), last);
      for (raft::Index i = 1; i <= last; ++i) ASSERT_EQ((*found)[i - 1].index, i);
      const raft::Index commit = storage->initialState().hardState.commit;
      ASSERT_LE(commit, storage->lastIndex());  // asked in this order: both only grow
      ASSERT_TRUE(storage->term(last));
    }
  });
  for (raft::Index i = 2; i <= 300; ++i) {
    storage->save(
        {.hardState = raft::HardState{.term = 1, .commit = i}, .entries = {entry(1, i)}});
  }
  over = true;
  reader.join();
}

}  // namespace
}  // namespace node
