// Promises to ourselves: a node's own vote, its own copy, and what it knows of its disk.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "raft/rawnode_test.hpp"

namespace {

using raft::Ready;
using raft::Term;
using raft::test::Application;
using raft::test::disk;
using raft::test::entry;
using raftpb::Message;
using enum raftpb::MessageType;

// INV-READY-2
TEST(Promises, ANodeHearsItsOwnVoteWhenTheReadyIsAdvanced) {
  Application app({.id = 1});
  std::ignore = app.node->campaign();
  const Ready vote = app.node->ready();
  EXPECT_EQ(app.node->lead(), raft::kNone) << "the vote is not written yet";
  app.write(vote);
  app.node->advance(vote);
  EXPECT_EQ(app.node->lead(), 1u) << "it never heard its own vote";
}

// INV-READY-2
TEST(Promises, ANodeCountsItsOwnCopyWhenTheReadyIsAdvanced) {
  Application app({.id = 1});
  std::ignore = app.node->campaign();
  app.settle();
  std::ignore = app.node->propose("a");
  const Ready write = app.node->ready();
  EXPECT_LE(app.node->status().hardState.commit, 1u) << "the entry is not written yet";
  app.write(write);
  app.node->advance(write);
  EXPECT_EQ(app.node->status().hardState.commit, 2u) << "it never heard its own copy";
}

// What a follower has written, seen from outside: which of its entries leave the unstable
// log shows in what the log says when they are replaced.
struct Written : testing::Test {
  Message append(Term term, raft::NodeId from, const char* data) {
    Message m{.type = MsgApp, .to = 1, .from = from, .term = term};
    m.entries = {entry(term, 1, data)};
    return m;
  }
  bool said(const std::string& what) const {
    for (const std::string& line : lines) {
      if (line.find(what) != std::string::npos) return true;
    }
    return false;
  }
  std::vector<std::string> lines;
  Application app{
      {.id = 1,
       .logger = [this](raft::Level, const std::string& line) { lines.push_back(line); }},
      disk({1, 2, 3})};
};

TEST_F(Written, AReportFromATermThatIsOverIsNotBelieved) {
  std::ignore = app.node->step(append(1, 2, "old"));
  const Ready out = app.node->ready();
  app.write(out);
  // A message of a later term, before the write is reported.
  std::ignore = app.node->step({.type = MsgHeartbeat, .to = 1, .from = 3, .term = 2});
  app.node->advance(out);
  EXPECT_TRUE(
      said("ignored entry appends from a MsgStorageAppendResp message with lower "
           "term [term: 1]"))
      << "a report of term 1 was believed in term 2";
}

TEST_F(Written, TheNextReportSpeaksForEntriesOfEarlierReadies) {
  Message two = append(1, 2, "a");
  two.entries.push_back(entry(1, 2, "b"));
  std::ignore = app.node->step(two);
  const Ready out = app.node->ready();
  app.write(out);
  std::ignore = app.node->step({.type = MsgHeartbeat, .to = 1, .from = 3, .term = 2});
  app.node->advance(out);  // of term 1: ignored
  app.settle();            // a Ready with a new term, and without entries

  // Entries 1 and 2 are on the disk, and by now the log should know. Replace the second.
  lines.clear();
  Message other{.type = MsgApp, .to = 1, .from = 3, .term = 2, .logTerm = 1, .index = 1};
  other.entries = {entry(2, 2, "c")};
  std::ignore = app.node->step(other);
  EXPECT_FALSE(said("truncate the unstable entries"))
      << "entry 1 is still taken for unstable, although it was written long ago";
}

TEST_F(Written, AReportedEntryIsReportedOnce) {
  std::ignore = app.node->step(append(1, 2, "a"));
  app.settle();
  std::ignore = app.node->step(
      {.type = MsgVote, .to = 1, .from = 3, .term = 2, .logTerm = 1, .index = 1});
  app.settle();
  EXPECT_FALSE(said("missing from unstable log"))
      << "a write without entries was reported as a write of entry 1";
}

}  // namespace
