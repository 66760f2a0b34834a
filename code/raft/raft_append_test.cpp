// A follower takes what fits behind its log, and refuses what doesn't (§5.3). Its hints
// are tested in raft_hint_test.cpp.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "raft/replication_test.hpp"

namespace raft::test {
namespace {

using testing::IsEmpty;
using testing::SizeIs;
using Terms = std::vector<Term>;

// What a MsgApp does to a log of two entries, of terms 1 and 2.
struct Handling {
  const char* name;
  EntryId prev;
  Terms entries;
  Index leaderCommit;

  bool reject;
  Index answer;
  Terms log;
  Index commit;
};

TEST(Append, TakesWhatFitsAndRefusesWhatDoesNot) {
  const Handling cases[] = {
      // The entry before must be there, with its term.
      {"another entry before", {3, 2}, {}, 3, true, 2, {1, 2}, 0},
      {"no entry before", {3, 3}, {}, 3, true, 3, {1, 2}, 0},
      {"the entry before", {2, 2}, {}, 0, false, 2, {1, 2}, 0},
      {"the beginning of the log", {0, 0}, {}, 0, false, 0, {1, 2}, 0},

      // New ones go to the end; those that conflict go, with all behind them.
      {"one more", {2, 2}, {3}, 0, false, 3, {1, 2, 3}, 0},
      {"two more", {2, 2}, {3, 3}, 0, false, 4, {1, 2, 3, 3}, 0},
      {"what it has already", {1, 1}, {2}, 0, false, 2, {1, 2}, 0},
      {"what it has, and more", {0, 0}, {1, 2, 3}, 0, false, 3, {1, 2, 3}, 0},
      {"a conflict at the end", {1, 1}, {3}, 0, false, 2, {1, 3}, 0},
      {"a conflict at the beginning", {0, 0}, {3}, 0, false, 1, {3}, 0},
      {"less than it has", {0, 0}, {1}, 0, false, 1, {1, 2}, 0},

      // Committed is what the leader has committed, as far as the logs are equal.
      {"all is committed", {2, 2}, {3, 3}, 4, false, 4, {1, 2, 3, 3}, 4},
      {"some is committed", {2, 2}, {3, 3}, 3, false, 4, {1, 2, 3, 3}, 3},
      {"more than was sent", {2, 2}, {3}, 9, false, 3, {1, 2, 3}, 3},
      {"nothing sent, and logs equal to 2", {2, 2}, {}, 9, false, 2, {1, 2}, 2},
      {"nothing sent, and logs equal to 1", {1, 1}, {}, 9, false, 1, {1, 2}, 1},
      {"nothing sent, nothing known equal", {0, 0}, {}, 9, false, 0, {1, 2}, 0},
  };
  for (const Handling& c : cases) {
    SCOPED_TRACE(c.name);
    FollowingNode follower(3, {1, 2});
    const Message answer = follower.append(c.prev, c.entries, c.leaderCommit);
    EXPECT_EQ(answer.type, MessageType::MsgAppResp);
    EXPECT_EQ(answer.to, 1u);
    EXPECT_EQ(answer.term, 3u);
    EXPECT_EQ(answer.reject, c.reject);
    EXPECT_EQ(answer.index, c.answer);
    EXPECT_EQ(terms(follower.raft), c.log);
    EXPECT_EQ(follower.raft.raftLog().committed(), c.commit);
  }
}

// Only what the disk does not have is to be written.
TEST(Append, WritesOnlyWhatIsNew) {
  FollowingNode follower(3, {1, 2});
  std::ignore = follower.raft.step([] {
    Message m = FollowingNode::appendOf({}, {1, 2, 3});
    m.from = 1;
    m.term = 3;
    return m;
  }());
  const auto toWrite = follower.raft.raftLog().nextUnstableEnts();
  ASSERT_THAT(toWrite, SizeIs(1));
  EXPECT_EQ(toWrite[0].index, 3u);
}

// INV-REPLICATION-1
// The trap of §5.3: only what conflicts goes. A message that was late says less than the
// one after it, and contradicts nothing.
TEST(Append, ALateMessageDoesNotShortenTheLog) {
  FollowingNode follower(2, {1});
  const Message late = FollowingNode::appendOf({1, 1}, {2});
  EXPECT_EQ(follower.append({1, 1}, {2, 2, 2}).index, 4u);
  const auto answers = follower.step(late);
  ASSERT_THAT(answers, SizeIs(1));
  EXPECT_EQ(answers[0].index, 2u) << "it speaks of what this message proves, no more";
  EXPECT_FALSE(answers[0].reject);
  EXPECT_EQ(terms(follower.raft), Terms({1, 2, 2, 2}));
}

// INV-REPLICATION-4
// Behind what this message proves, the follower may hold entries of nobody's.
TEST(Append, DoesNotCommitATailThatTheMessageSaysNothingOf) {
  FollowingNode follower(5, {1, 3, 3, 3});
  follower.append({1, 1}, {}, 4);
  EXPECT_EQ(follower.raft.raftLog().committed(), 1u);
  follower.append({1, 1}, {4}, 4);
  EXPECT_EQ(follower.raft.raftLog().committed(), 2u);
  EXPECT_EQ(terms(follower.raft), Terms({1, 4}));
}

TEST(Append, AMessageFromBeforeTheCommitIsAnsweredWithTheCommit) {
  FollowingNode follower(2, {1, 1, 2, 2}, 3);
  const Message answer = follower.append({1, 1}, {1, 2});
  EXPECT_FALSE(answer.reject);
  EXPECT_EQ(answer.index, 3u) << "what is committed equals every leader's log";
  EXPECT_EQ(terms(follower.raft), Terms({1, 1, 2, 2}));
}

TEST(AppendDeathTest, NothingThatIsCommittedIsEverContradicted) {
  FollowingNode follower(3, {1, 1, 2}, 3);
  EXPECT_DEATH(follower.append({2, 3}, {}, 9);
               follower.raft.raftLog().append({entry(3, 3)}), "never replaced");
}

TEST(Append, ALeaderOfAnOldTermIsNotHeard) {
  FollowingNode follower(3, {1, 2});
  Message old = FollowingNode::appendOf({2, 2}, {2});
  old.term = 2;
  follower.step(old);
  EXPECT_EQ(terms(follower.raft), Terms({1, 2}));
  EXPECT_EQ(follower.raft.lead(), kNone);
}

TEST(Append, ALeaderOfANewTermIsFollowed) {
  FollowingNode follower(3, {1, 2});
  Message m = FollowingNode::appendOf({2, 2}, {4});
  m.term = 4;
  const auto answers = follower.step(m);
  EXPECT_EQ(follower.raft.term(), 4u);
  EXPECT_EQ(follower.raft.lead(), 1u);
  EXPECT_EQ(terms(follower.raft), Terms({1, 2, 4}));
  ASSERT_THAT(answers, SizeIs(1));
  EXPECT_EQ(answers[0].term, 4u);
}

TEST(Append, OldMessagesOfDeposedLeadersChangeNoLog) {
  Cluster cluster(3);
  cluster.campaign(1);
  cluster.campaign(2);
  cluster.campaign(1);
  Message old{.type = MessageType::MsgApp, .to = 1, .from = 2, .term = 2};
  old.entries = {entry(2, 3)};
  cluster.send({old});
  cluster.propose(1, "x");
  EXPECT_EQ(cluster[1].raftLog().allEntries().back().term, 3u);
  for (const NodeId id : {NodeId{2}, NodeId{3}}) {
    EXPECT_EQ(cluster[id].raftLog().allEntries(), cluster[1].raftLog().allEntries());
  }
}

// A message that is refused, or that is old, comes from a living leader like any other.
TEST(Append, WhateverTheLeaderSendsStartsTheClockAnew) {
  struct Case {
    const char* name;
    EntryId prev;
    Terms entries;
  };
  const Case cases[] = {
      {"one that fits", {2, 2}, {2}},
      {"one without entries", {2, 2}, {}},
      {"one that is refused", {2, 9}, {2}},
      {"one from before the commit", {0, 0}, {1}},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.name);
    FollowingNode follower(2, {1, 2}, 1);
    follower.raft.setRandomizedElectionTimeout(10);
    for (int round = 0; round < 3; ++round) {
      for (int tick = 0; tick < 9; ++tick) follower.raft.tick();
      EXPECT_EQ(follower.raft.state(), StateType::StateFollower);
      follower.append(c.prev, c.entries);
    }
    for (int tick = 0; tick < 10; ++tick) follower.raft.tick();
    EXPECT_EQ(follower.raft.state(), StateType::StateCandidate);
  }
}

// Heartbeats.

TEST(Append, AHeartbeatCommitsAndNeverTakesBack) {
  FollowingNode follower(3, {1, 2, 3}, 2);
  Message beat{.type = MessageType::MsgHeartbeat, .commit = 1, .context = "a read"};
  const auto answers = follower.step(beat);
  ASSERT_THAT(answers, SizeIs(1));
  EXPECT_EQ(answers[0].type, MessageType::MsgHeartbeatResp);
  EXPECT_EQ(answers[0].context, "a read");
  EXPECT_EQ(follower.raft.raftLog().committed(), 2u);
  beat.commit = 3;
  follower.step(beat);
  EXPECT_EQ(follower.raft.raftLog().committed(), 3u);
}

// Promises.

// INV-REPLICATION-2
// The acknowledgement is a promise about the disk. It stands in the box whose messages
// leave when the disk has what they promise.
TEST(Append, AnAcknowledgementWaitsForTheDisk) {
  FollowingNode follower(2, {1});
  Message m = FollowingNode::appendOf({1, 1}, {2, 2});
  m.from = 1;
  m.term = 2;
  std::ignore = follower.raft.step(m);
  EXPECT_THAT(follower.raft.msgs(), IsEmpty()) << "nothing of this may be said yet";
  ASSERT_THAT(follower.raft.msgsAfterAppend(), SizeIs(1));
  EXPECT_EQ(follower.raft.msgsAfterAppend()[0].index, 3u);
  EXPECT_EQ(follower.peer.storage->lastIndex(), 1u);

  const auto sent = follower.peer.write();
  ASSERT_THAT(sent, SizeIs(1));
  EXPECT_EQ(sent[0].index, 3u);
  EXPECT_EQ(follower.peer.storage->lastIndex(), 3u) << "and now it is true";
}

TEST(Append, ARefusalWaitsForTheDiskToo) {
  FollowingNode follower(2, {1});
  Message m = FollowingNode::appendOf({2, 5}, {2});
  m.from = 1;
  m.term = 2;
  std::ignore = follower.raft.step(m);
  EXPECT_THAT(follower.raft.msgs(), IsEmpty());
  EXPECT_THAT(follower.raft.msgsAfterAppend(), SizeIs(1));
}

// INV-REPLICATION-2
// The machine goes down between the memory and the disk.
TEST(Append, ACrashBeforeTheWriteBreaksNoPromise) {
  Cluster cluster(3);
  cluster.campaign(1);
  cluster.propose(1, "a");
  const auto matchOf2 = [&] { return cluster[1].tracker().progress.at(2).match(); };
  const Index match = matchOf2();

  cluster.isolate(3);
  Message m{.type = MessageType::MsgProp, .from = 1};
  m.entries.push_back({.data = "b"});
  std::ignore = cluster[1].step(m);
  std::vector<Message> atOnce;
  for (const Message& sent : cluster.peer(1).write()) {
    if (sent.to != 2) continue;
    std::ignore = cluster[2].step(sent);  // it is in its memory
    atOnce = cluster[2].msgs();           // and this may leave before any write
  }
  ASSERT_GT(cluster[2].raftLog().lastIndex(), match);
  cluster.crashAndRestart(2);
  cluster.send(atOnce);
  EXPECT_EQ(cluster[2].raftLog().lastIndex(), match) << "and it is gone";
  EXPECT_EQ(matchOf2(), match) << "the leader was never told otherwise";
}

}  // namespace
}  // namespace raft::test
