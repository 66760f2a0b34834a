// A follower takes what fits behind its log, and refuses what doesn't, with a hint
// (§5.3).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "base/random.hpp"
#include "raft/replication_test.hpp"

namespace raft::test {
namespace {

using testing::IsEmpty;
using testing::SizeIs;
using Terms = std::vector<Term>;

Term lastTerm(const Terms& log) {
  return log.empty() ? 0 : log.back();
}

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

// Hints.

// Two logs; what the follower hints when the leader probes at its own end, and where the
// leader probes next.
struct Hint {
  const char* name;
  Terms leader;
  Terms follower;
  EntryId hint;
  EntryId next;
};

TEST(Append, HintsWhereTheLogsMayMeet) {
  const Hint cases[] = {
      {"the follower lacks the last entries",
       {1, 1, 1, 4, 5},
       {1, 1, 1, 4},
       {4, 4},
       {4, 4}},
      {"it has nothing", {1, 1, 1}, {}, {0, 0}, {0, 0}},

      // The leader's terms are higher than the hint's: the leader skips them.
      {"the leader skips two terms", {1, 3, 3, 3, 5, 5, 5}, {1, 1, 2, 2}, {2, 4}, {1, 1}},
      {"a tail of the follower's own, longer than the leader's log",
       {1, 2, 2, 4, 4, 4},
       {1, 2, 2, 3, 3, 3, 3, 3, 3},
       {3, 6},
       {2, 3}},
      {"the follower's term is one that the leader has too",
       {1, 2, 2, 3, 3, 5},
       {1, 2, 2, 3, 4, 4},
       {4, 6},
       {3, 5}},

      // The follower's terms are higher than the leader's: the follower skips them.
      {"the follower skips two terms", {1, 1, 1, 1}, {1, 2, 2, 4}, {1, 1}, {1, 1}},
      {"and the leader's log is longer", {1, 1, 1, 1, 1}, {1, 2, 2, 4}, {1, 1}, {1, 1}},
      {"and the follower's log is longer",
       {1, 1, 1, 1},
       {1, 2, 2, 4, 4, 4},
       {1, 1},
       {1, 1}},
      {"they meet in the middle of a term",
       {2, 2, 2, 2, 2, 2},
       {2, 2, 2, 4, 5, 5},
       {2, 3},
       {2, 3}},

      // One hint is not always enough.
      {"the next guess will be refused as well",
       {1, 3, 3, 3, 3, 7},
       {1, 3, 4, 4, 5, 6},
       {6, 6},
       {3, 5}},
  };
  for (const Hint& c : cases) {
    SCOPED_TRACE(c.name);
    LeadingNode leader(c.leader, {}, 0, lastTerm(c.follower));
    FollowingNode follower(leader.raft.term(), c.follower);
    const EntryId last{.term = c.leader.back(), .index = c.leader.size()};
    const Message refusal = follower.append(last, {});
    ASSERT_TRUE(refusal.reject);
    EXPECT_EQ(refusal.index, last.index);
    EXPECT_EQ(refusal.rejectHint, c.hint.index);
    EXPECT_EQ(refusal.logTerm, c.hint.term);

    const auto probes = pick(leader.step(refusal), MessageType::MsgApp, 2);
    ASSERT_THAT(probes, SizeIs(1));
    EXPECT_EQ(probes[0].index, c.next.index);
    EXPECT_EQ(probes[0].logTerm, c.next.term);
  }
}

// raft#36: the place asked for, and all below it, may be compacted away. The hint then
// has no term, and the leader goes back by one.
TEST(Append, AHintFromACompactedLogHasNoTerm) {
  FollowingNode follower(3, {1, 1, 3, 3, 3});
  ASSERT_EQ(follower.peer.storage->compact(5), base::Error());
  const Message refusal = follower.append({3, 3}, {3});
  EXPECT_TRUE(refusal.reject);
  EXPECT_EQ(refusal.rejectHint, 3u);
  EXPECT_EQ(refusal.logTerm, 0u);

  LeadingNode leader({1, 1, 3});
  const auto probes = pick(leader.step(refusal), MessageType::MsgApp, 2);
  ASSERT_THAT(probes, SizeIs(1));
  EXPECT_EQ(probes[0].index, 2u);
  EXPECT_EQ(probes[0].logTerm, 1u);
}

// Two logs that history can produce: equal up to a place, and no term in both after it.
struct History {
  Terms leader, follower;
  Index meet = 0;
};

History randomHistory(base::Random& random) {
  History history;
  Term term = 1;
  const auto extend = [&](Terms& log) {
    for (std::uint32_t more = 1 + random.below(4); more > 0; --more) log.push_back(term);
  };
  while (random.below(3) != 0) {
    extend(history.leader);
    ++term;
  }
  history.follower = history.leader;
  history.meet = history.leader.size();
  // One of the two may have more of the term in which they part.
  if (history.meet > 0 && random.below(2) == 0) {
    Terms& longer = random.below(2) == 0 ? history.leader : history.follower;
    longer.insert(longer.end(), 1 + random.below(4), term - 1);
  }
  for (std::uint32_t terms = random.below(7); terms > 0; --terms) {
    extend(random.below(2) == 0 ? history.leader : history.follower);
    ++term;
  }
  return history;
}

// INV-REPLICATION-1
// Hints skip what can't match, and nothing else: every walk ends at the very entry where
// the logs meet. It takes at most one refusal for each term of the leader's.
TEST(Append, HintsNeverSkipThePlaceWhereTheLogsMeet) {
  base::Random random(12);
  for (int turn = 0; turn < 3000; ++turn) {
    History history = randomHistory(random);
    if (history.leader.empty()) continue;
    SCOPED_TRACE(testing::PrintToString(history.leader) + " and " +
                 testing::PrintToString(history.follower));
    LeadingNode leader(history.leader, {}, 0, lastTerm(history.follower));
    FollowingNode follower(leader.raft.term(), history.follower);
    std::set<Term> leaderTerms(history.leader.begin(), history.leader.end());

    Message probe = pick(leader.elected, MessageType::MsgApp, 2).at(0);
    Message answer = follower.step(probe).at(0);
    std::size_t refusals = 0;
    for (; answer.reject; ++refusals) {
      ASSERT_LE(refusals, leaderTerms.size());
      probe = pick(leader.step(answer), MessageType::MsgApp, 2).at(0);
      answer = follower.step(probe).at(0);
    }
    const Index meet = std::min<Index>(history.meet, history.leader.size());
    EXPECT_EQ(probe.index, meet) << "the logs are equal up to " << meet;

    // And from there on the follower takes the leader's entries for its own.
    for (const Message& more : pick(leader.step(answer), MessageType::MsgApp, 2)) {
      follower.step(more);
    }
    for (const Message& m : pick(leader.propose(), MessageType::MsgApp, 2)) {
      follower.step(m);
    }
    EXPECT_EQ(terms(follower.raft), terms(leader.raft));
  }
}

}  // namespace
}  // namespace raft::test
