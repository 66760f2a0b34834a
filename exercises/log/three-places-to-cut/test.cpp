// Three places to cut: entries arrive at an unstable log that has 4, 5 and 6.
#include <gtest/gtest.h>

#include <ostream>
#include <string>
#include <vector>

#include "raft/log_test.hpp"
#include "raft/log_unstable.hpp"

namespace raftpb {
void PrintTo(const Entry& entry, std::ostream* out) {
  *out << entry.term << "/" << entry.index;
}
}  // namespace raftpb

namespace {

using raft::entriesAt;
using raft::Index;
using raft::Unstable;
using raftpb::Entries;

using Words = std::vector<std::string>;

class Arrival : public testing::Test {
 protected:
  // 4 and 5 are being written; 6 came later.
  void SetUp() override {
    Entries two = entriesAt(4, {1, 1});
    log.truncateAndAppend(two);
    log.acceptInProgress();
    Entries one = entriesAt(6, {1});
    log.truncateAndAppend(one);
    lines.lines.clear();
  }

  void arrive(Entries entries) { log.truncateAndAppend(entries); }

  // Every entry from offset on, and no other.
  void expectEntries(const Entries& expected) const {
    EXPECT_EQ(log.offset(), expected.front().index)
        << "the unstable log begins elsewhere";
    EXPECT_EQ(log.maybeLastIndex(), expected.back().index) << "the log ends elsewhere";
    for (const auto& entry : expected) {
      EXPECT_EQ(log.maybeTerm(entry.index), entry.term)
          << "at index " << entry.index << " another entry is still there";
    }
  }

  void expectToWrite(const Entries& expected) const {
    const auto next = log.nextEntries();
    EXPECT_EQ(Entries(next.begin(), next.end()), expected)
        << "these are not the entries that must be handed out for writing";
  }

  raft::Lines lines;
  Unstable log{4, lines.logger()};
};

TEST_F(Arrival, AtTheEndNothingIsCut) {
  arrive(entriesAt(7, {2, 2}));
  expectEntries(entriesAt(4, {1, 1, 1, 2, 2}));
  expectToWrite(entriesAt(6, {1, 2, 2}));
  EXPECT_EQ(lines.lines, Words()) << "nothing was replaced: there is nothing to say";
}

// INV-LOG-1
TEST_F(Arrival, InTheMiddleWhatIsBeforeThemStays) {
  arrive(entriesAt(6, {3}));
  expectEntries(entriesAt(4, {1, 1, 3}));
  expectToWrite(entriesAt(6, {3}));
  EXPECT_EQ(lines.lines, Words{"truncate the unstable entries before index 6"});
}

// INV-LOG-1
TEST_F(Arrival, WhatWasBeingWrittenIsHandedOutAgain) {
  arrive(entriesAt(5, {3, 3}));
  expectEntries(entriesAt(4, {1, 3, 3}));
  expectToWrite(entriesAt(5, {3, 3}));
  EXPECT_EQ(lines.lines, Words{"truncate the unstable entries before index 5"});
}

// INV-LOG-1
TEST_F(Arrival, AtTheOffsetNothingStays) {
  arrive(entriesAt(4, {3}));
  expectEntries(entriesAt(4, {3}));
  expectToWrite(entriesAt(4, {3}));
  EXPECT_EQ(lines.lines, Words{"replace the unstable entries from index 4"});
}

// INV-LOG-1
TEST_F(Arrival, BeforeTheOffsetTheLogBeginsWithThem) {
  arrive(entriesAt(2, {3, 3}));
  expectEntries(entriesAt(2, {3, 3}));
  expectToWrite(entriesAt(2, {3, 3}));
  EXPECT_EQ(lines.lines, Words{"replace the unstable entries from index 2"});
}

}  // namespace
