#include "raft/entry_id.hpp"

#include <gtest/gtest.h>

#include "raft/log_test.hpp"

namespace {

using raft::entriesAt;
using raft::EntryId;
using raft::entryId;
using raft::LogSlice;
using raftpb::Entries;

TEST(EntryId, NamesAnEntryByTermAndIndex) {
  EXPECT_EQ(entryId({}), EntryId());
  EXPECT_EQ(entryId({.term = 5, .index = 10, .data = "data"}), (EntryId{5, 10}));
  EXPECT_NE((EntryId{4, 10}), (EntryId{5, 10}));
  EXPECT_NE((EntryId{5, 9}), (EntryId{5, 10}));
}

TEST(LogSlice, EndsWithItsLastEntryOrWithTheOneBeforeIt) {
  const LogSlice empty{.term = 10, .prev = {10, 123}};
  EXPECT_EQ(empty.lastIndex(), 123u);
  EXPECT_EQ(empty.lastEntryId(), (EntryId{10, 123}));

  const LogSlice three{.term = 2, .prev = {1, 1}, .entries = entriesAt(2, {1, 1, 2})};
  EXPECT_EQ(three.lastIndex(), 4u);
  EXPECT_EQ(three.lastEntryId(), (EntryId{2, 4}));
}

TEST(LogSlice, IsValidIfALeadersLogCouldLookLikeThis) {
  const Entries gap{{.term = 2, .index = 13}, {.term = 2, .index = 15}};
  const Entries twice{{.term = 2, .index = 13}, {.term = 2, .index = 12}};
  struct {
    const char* what;
    LogSlice slice;
    bool valid;
  } const cases[] = {
      {"nothing, at the origin", {}, true},
      {"nothing, after an entry of a later term", {9, {10, 123}, {}}, false},
      {"nothing, after an entry of the leader's term", {10, {10, 123}, {}}, true},
      {"nothing, after an older one", {11, {10, 123}, {}}, true},
      {"an entry newer than the leader", {0, {}, entriesAt(1, {1})}, false},
      {"an entry of the leader's term", {1, {}, entriesAt(1, {1})}, true},
      {"an older entry", {2, {}, entriesAt(1, {1})}, true},
      {"three that do not follow on the origin", {2, {}, entriesAt(2, {1, 1, 2})}, false},
      {"three, the last too new", {1, {1, 1}, entriesAt(2, {1, 1, 2})}, false},
      {"three", {2, {1, 1}, entriesAt(2, {1, 1, 2})}, true},
      {"one before its predecessor", {10, {5, 123}, entriesAt(111, {5})}, false},
      {"one older than its predecessor", {10, {5, 123}, entriesAt(124, {4})}, false},
      {"one far behind its predecessor", {10, {5, 123}, entriesAt(234, {6})}, false},
      {"one newer than its predecessor", {10, {5, 123}, entriesAt(124, {6})}, true},
      {"two in the wrong order", {10, {2, 12}, twice}, false},
      {"two with a gap", {10, {2, 12}, gap}, false},
      {"two whose terms fall", {10, {2, 12}, entriesAt(13, {2, 1})}, false},
      {"two whose terms rise", {10, {2, 12}, entriesAt(13, {2, 3})}, true},
  };
  for (const auto& c : cases) EXPECT_EQ(c.slice.valid(), c.valid) << c.what;
}

}  // namespace
