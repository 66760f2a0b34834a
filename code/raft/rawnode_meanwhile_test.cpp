// What happens between a Ready taken and that Ready advanced: the disk writes, and the
// world goes on.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "raft/rawnode_test.hpp"

namespace raft::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using enum raftpb::MessageType;

Message append(NodeId leader, Term term, EntryId prev, std::vector<Entry> entries) {
  return {.type = MsgApp,
          .to = 1,
          .from = leader,
          .term = term,
          .logTerm = prev.term,
          .index = prev.index,
          .entries = std::move(entries)};
}

// Our entry 3 of term 1 is being written when two elections pass: term 2 replaces entry
// 2, and in term 3 we lead again and put another entry at 3. What is reported then is the
// write of an entry that is gone.
// INV-READY-2
TEST(Meanwhile, OurAcknowledgementOfAReplacedEntryIsNotTakenForItsSuccessor) {
  Application app = leaderOfThree();
  EXPECT_EQ(app.node->propose("a"), Error());
  EXPECT_EQ(app.node->propose("b"), Error());
  const Ready out = app.node->ready();
  ASSERT_EQ(out.entries.size(), 2u);

  std::ignore = app.node->step(append(3, 2, {1, 1}, {entry(2, 2)}));
  std::ignore = app.node->campaign();
  for (const NodeId voter : {NodeId{2}, NodeId{3}}) {
    std::ignore =
        app.node->step({.type = MsgVoteResp, .to = 1, .from = voter, .term = 3});
  }
  ASSERT_EQ(app.node->lead(), 1u);
  app.write(out);
  app.node->advance(out);
  EXPECT_EQ(app.node->progress().at(1).match(), 2u) << "entry 3 of term 3 is on no disk";

  std::ignore = app.node->step(acknowledges(2, 3, 3));
  EXPECT_EQ(app.node->status().hardState.commit, 0u) << "it is on one disk of three";
  app.settle();
  EXPECT_EQ(app.node->status().hardState.commit, 3u) << "and now on two";
}

// A leader of term 3 sends what older terms have left. The report of the write names the
// term of the last entry, by which it is recognized.
TEST(Meanwhile, AWriteOfOlderTermsEntriesIsRecognized) {
  std::vector<std::string> lines;
  Application app(
      {.id = 1, .logger = [&](Level, const std::string& line) { lines.push_back(line); }},
      disk({1, 2, 3}));
  std::ignore = app.node->step(append(2, 3, {}, {entry(1, 1), entry(2, 2)}));
  app.settle();
  for (const std::string& line : lines) EXPECT_THAT(line, Not(HasSubstr("mismatched")));
}

TEST(Meanwhile, ACommitIsHandedOutInTheNextReady) {
  Application app = leaderOfThree();
  EXPECT_EQ(app.node->propose("a"), Error());
  app.settle();
  std::ignore = app.node->step(acknowledges(2, 1));
  const Ready out = app.node->ready();
  EXPECT_EQ(out.committedEntries, std::vector<Entry>{entry(1, 1)});

  std::ignore = app.node->step(acknowledges(2, 2));
  const auto next = app.node->readyWithoutAccept().committedEntries;
  EXPECT_EQ(next, (std::vector<Entry>{entry(1, 2, "a")})) << "and nothing twice";
  EXPECT_EQ(app.node->status().applied, 0u) << "handed out is not applied";
  app.write(out);
  app.node->advance(out);
  EXPECT_EQ(app.node->status().applied, 1u) << "no more than that Ready had";
  app.settle();
  EXPECT_EQ(app.node->status().applied, 2u);
}

TEST(Meanwhile, AVoteThatIsAskedForWaitsForItsOwnWrite) {
  Application app = leaderOfThree();
  EXPECT_EQ(app.node->propose("a"), Error());
  const Ready out = app.node->ready();
  std::ignore = app.node->step(
      {.type = MsgVote, .to = 1, .from = 3, .term = 2, .logTerm = 1, .index = 9});
  app.write(out);
  app.node->advance(out);

  const Ready next = app.turn();
  EXPECT_EQ(next.hardState, (HardState{.term = 2, .vote = 3}));
  EXPECT_THAT(next.messages,
              ElementsAre(Message{.type = MsgVoteResp, .to = 3, .from = 1, .term = 2}));
  EXPECT_TRUE(next.mustSync);
}

// What a leader asked to apply counts as applied whoever leads when it is done.
TEST(Meanwhile, LeadershipMayBeLostBeforeWhatIsAppliedIsReported) {
  Application app = leaderOfThree({.maxUncommittedEntriesSize = 8});
  EXPECT_EQ(app.node->propose("12345678"), Error());
  app.settle();
  std::ignore = app.node->step(acknowledges(2, 2));
  const Ready out = app.node->ready();
  ASSERT_EQ(out.committedEntries.size(), 2u);

  std::ignore = app.node->step({.type = MsgHeartbeat, .to = 1, .from = 2, .term = 2});
  app.write(out);
  app.node->advance(out);
  EXPECT_EQ(app.node->status().applied, 2u);
  EXPECT_THAT(app.turn().committedEntries, IsEmpty());
}

// The clock does not wait for the disk.
TEST(Meanwhile, TimePassesAndHeartbeatsWaitForTheNextReady) {
  Application app = leaderOfThree();
  EXPECT_EQ(app.node->propose("a"), Error());
  const Ready out = app.node->ready();
  for (int tick = 0; tick < 3; ++tick) app.node->tick();
  app.write(out);
  app.node->advance(out);
  std::size_t beats = 0;
  for (const Message& m : app.turn().messages) beats += m.type == MsgHeartbeat;
  EXPECT_EQ(beats, 6u) << "three ticks, two followers";
}

}  // namespace
}  // namespace raft::test
