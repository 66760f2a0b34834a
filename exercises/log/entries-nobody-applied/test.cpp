// Entries that nobody applied: an application takes pages until there are no more.
#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "raft/log.hpp"
#include "raft/log_test.hpp"

namespace {

using raft::entriesAt;
using raft::EntryId;
using raft::Index;
using raft::RaftLog;
using raft::TestStorage;
using raftpb::Entries;

const std::uint64_t kSize = raftpb::entriesSize(entriesAt(1, {1}));

class Pages : public testing::Test {
 protected:
  void SetUp() override { log.commitTo(7); }

  // Takes one page and applies it, or not yet.
  void take(bool apply) {
    const Entries page = log.nextCommittedEnts(true);
    ASSERT_FALSE(page.empty()) << "a page was announced, and it is empty";
    for (const auto& entry : page) handedOut.push_back(entry);
    const std::uint64_t size = raftpb::entriesSize(page);
    log.acceptApplying(page.back().index, size, true);
    if (apply) log.appliedTo(page.back().index, size);
  }

  void expectHandedOut(Index last) const {
    Index expected = 1;
    for (const auto& entry : handedOut) {
      ASSERT_GE(entry.index, expected) << "entry " << entry.index << " came twice";
      ASSERT_LE(entry.index, expected)
          << "entries " << expected << " to " << entry.index - 1
          << " were never handed out: the state lacks them";
      ++expected;
    }
    EXPECT_EQ(expected, last + 1) << "entries " << expected << " to " << last
                                  << " were never handed out: the state lacks them";
  }

  std::shared_ptr<TestStorage> storage =
      std::make_shared<TestStorage>(EntryId(), entriesAt(1, {1, 1, 1, 1, 1, 1, 1}));
  RaftLog log{storage, raft::silent(), kSize * 3};
  Entries handedOut;
};

// INV-LOG-4
TEST_F(Pages, EveryCommittedEntryComesOnce) {
  for (int pages = 0; pages < 10 && log.hasNextCommittedEnts(true); ++pages) take(true);
  expectHandedOut(7);
}

// INV-LOG-4
TEST_F(Pages, AGenerousStorageChangesNothing) {
  storage->generous = true;
  for (int pages = 0; pages < 10 && log.hasNextCommittedEnts(true); ++pages) take(true);
  expectHandedOut(7);
}

TEST_F(Pages, NothingMoreComesWhileTooMuchIsOut) {
  take(false);
  EXPECT_FALSE(log.hasNextCommittedEnts(true))
      << "three entries are out, and the limit is three";
  log.appliedTo(3, kSize * 3);
  ASSERT_TRUE(log.hasNextCommittedEnts(true))
      << "all of it was applied, and nothing comes";
}

// INV-LOG-4
TEST_F(Pages, WhatIsOutDoesNotComeAgain) {
  RaftLog unlimited(storage, raft::silent());
  unlimited.commitTo(7);
  unlimited.acceptApplying(7, kSize * 7, true);
  EXPECT_FALSE(unlimited.hasNextCommittedEnts(true))
      << "all seven are out, nobody has applied them yet, and they come again";
}

TEST_F(Pages, APageThatWasCutIsAPause) {
  RaftLog larger(std::make_shared<TestStorage>(EntryId(), entriesAt(1, {1, 1, 1, 1})),
                 raft::silent(), kSize * 3 + kSize / 2);
  larger.commitTo(4);
  const Entries page = larger.nextCommittedEnts(true);
  ASSERT_EQ(page.size(), 3u);
  larger.acceptApplying(3, kSize * 3, true);
  EXPECT_FALSE(larger.hasNextCommittedEnts(true))
      << "the next entry does not fit: it would come alone, and over the limit";
}

}  // namespace
