// What the paper says of replication, sentence by sentence (§5.3). Each test names its
// section; the sentence is put into our words above it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "raft/replication_test.hpp"

namespace raft::test {
namespace {

using testing::SizeIs;
using Terms = std::vector<Term>;

// Node 1 campaigns until it leads in this term; before that nobody hears it.
void electInTerm(Cluster& cluster, Term term) {
  cluster.isolate(1);
  while (cluster[1].term() + 1 < term) cluster.campaign(1);
  cluster.heal();
  cluster.campaign(1);
  ASSERT_EQ(cluster[1].state(), StateType::StateLeader);
  ASSERT_EQ(cluster[1].term(), term);
}

// The leader appends the command to its log as a new entry and sends it to all others in
// parallel.
TEST(PaperS53, TheLeaderAppendsAndSendsToEverybody) {
  LeadingNode leader({1});
  for (const NodeId id : {NodeId{2}, NodeId{3}, NodeId{4}, NodeId{5}}) {
    leader.acked(leader.last(), id);
  }
  const Index before = leader.last();
  const auto sent = leader.propose("x");
  EXPECT_EQ(leader.last(), before + 1);
  for (const NodeId id : {NodeId{2}, NodeId{3}, NodeId{4}, NodeId{5}}) {
    const auto appended = pick(sent, MessageType::MsgApp, id);
    ASSERT_THAT(appended, SizeIs(1)) << "to " << id;
    ASSERT_THAT(appended[0].entries, SizeIs(1));
    EXPECT_EQ(appended[0].entries[0].data, "x");
  }
}

// If followers crash or run slowly, or messages are lost, the leader sends again, without
// end, until all of them have stored all entries.
TEST(PaperS53, TheLeaderSendsAgainUntilEverybodyHasEverything) {
  Cluster cluster(3);
  cluster.campaign(1);
  cluster.isolate(3);
  for (const char* data : {"a", "b", "c"}) cluster.propose(1, data);
  EXPECT_LT(cluster[3].raftLog().lastIndex(), cluster[1].raftLog().lastIndex());
  for (int round = 0; round < 100; ++round) cluster.beat(1);
  cluster.crashAndRestart(3);
  cluster.heal();
  cluster.beat(1);
  EXPECT_EQ(cluster[3].raftLog().allEntries(), cluster[1].raftLog().allEntries());
}

// Each entry has the term in which the leader received it, and an index that says its
// place. A leader makes at most one entry with a given index in a term.
TEST(PaperS53, ALeaderUsesEachIndexOnce) {
  LeadingNode leader({1, 1});
  for (int nth = 0; nth < 5; ++nth) leader.propose();
  Index expected = 1;
  for (const Entry& e : leader.raft.raftLog().allEntries()) {
    EXPECT_EQ(e.index, expected++);
    EXPECT_EQ(e.term, e.index <= 2 ? 1u : 2u);
  }
}

// AppendEntries carries the index and term of the entry before the new ones. A follower
// that does not find it refuses the new ones.
TEST(PaperS53, AFollowerChecksTheEntryBefore) {
  struct Case {
    EntryId prev;
    bool refuses;
    Index index;   // of the answer
    EntryId hint;  // if it refuses
  };
  const Case cases[] = {
      {{0, 0}, false, 1, {}},     // before the commit: it can only be right
      {{1, 1}, false, 1, {}},     // the committed entry
      {{2, 2}, false, 2, {}},     // an uncommitted one
      {{1, 2}, true, 2, {1, 1}},  // there is one at 2, of another term
      {{3, 3}, true, 3, {2, 2}},  // there is none at 3
      {{1, 9}, true, 9, {1, 1}},  // none at 9, and what is there is newer than term 1
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(testing::Message() << c.prev.term << "/" << c.prev.index);
    FollowingNode follower(3, {1, 2}, 1);
    const Message expected{.type = MessageType::MsgAppResp,
                           .to = 1,
                           .from = 2,
                           .term = 3,
                           .logTerm = c.hint.term,
                           .index = c.index,
                           .reject = c.refuses,
                           .rejectHint = c.hint.index};
    EXPECT_EQ(follower.append(c.prev, {}), expected);
  }
}

// INV-REPLICATION-1
// The check is the step of an induction: the logs are equal up to the entry before, so
// behind it they are equal up to the last new one. Conflicting entries are overwritten.
TEST(PaperS53, ConflictingEntriesAreDeletedWithAllThatFollow) {
  struct Case {
    EntryId prev;
    Terms entries, log, written;
  };
  const Case cases[] = {
      {{2, 2}, {3}, {1, 2, 3}, {3}},
      {{1, 1}, {3, 4}, {1, 3, 4}, {3, 4}},
      {{0, 0}, {1}, {1, 2}, {}},
      {{0, 0}, {3}, {3}, {3}},
  };
  for (const Case& c : cases) {
    FollowingNode follower(4, {1, 2});
    Message m = FollowingNode::appendOf(c.prev, c.entries);
    m.from = 1;
    m.term = 4;
    std::ignore = follower.raft.step(m);
    EXPECT_EQ(terms(follower.raft), c.log);
    Terms toWrite;
    for (const Entry& e : follower.raft.raftLog().nextUnstableEnts()) {
      toWrite.push_back(e.term);
    }
    EXPECT_EQ(toWrite, c.written);
    follower.peer.write();
    EXPECT_EQ(terms(follower.raft), c.log) << "and the same from the disk";
  }
}

// When a leader first comes to power, nextIndex of everybody is the one after its last.
TEST(PaperS53, NextIndexBeginsBehindTheLeadersLastEntry) {
  LeadingNode leader({1, 1, 2});
  for (const NodeId id : {NodeId{2}, NodeId{3}, NodeId{4}, NodeId{5}}) {
    EXPECT_EQ(leader.of(id).next(), 4u);
    EXPECT_EQ(leader.of(id).match(), 0u);
  }
}

// After a refusal the leader decrements nextIndex and tries again; in the end the logs
// match, and the follower's is brought into line. These are the logs of Figure 7.
TEST(PaperS53, Figure7EveryFollowerIsBroughtIntoLine) {
  const Terms leader = {1, 1, 1, 4, 4, 5, 5, 6, 6, 6};
  const Terms followers[] = {
      {1, 1, 1, 4, 4, 5, 5, 6, 6},           // (a)
      {1, 1, 1, 4},                          // (b)
      {1, 1, 1, 4, 4, 5, 5, 6, 6, 6, 6},     // (c)
      {1, 1, 1, 4, 4, 5, 5, 6, 6, 6, 7, 7},  // (d)
      {1, 1, 1, 4, 4, 4, 4},                 // (e)
      {1, 1, 1, 2, 2, 2, 3, 3, 3, 3, 3},     // (f)
  };
  for (const Terms& log : followers) {
    SCOPED_TRACE(testing::PrintToString(log));
    // The third member, with an empty log, gives the leader the vote that it needs.
    Cluster cluster({}, {leader, log, {}});
    electInTerm(cluster, 8);
    cluster.propose(1, "x");
    EXPECT_EQ(cluster[2].raftLog().allEntries(), cluster[1].raftLog().allEntries());
    EXPECT_EQ(cluster[3].raftLog().allEntries(), cluster[1].raftLog().allEntries());
    EXPECT_EQ(terms(cluster[1]).back(), cluster[1].term());
  }
}

// A leader never overwrites or deletes entries of its own log.
TEST(PaperS53, ALeaderOnlyAppends) {
  Cluster cluster({}, {{1, 1, 2}, {1, 1, 3, 3}, {1}});
  electInTerm(cluster, 4);
  const auto before = cluster[1].raftLog().allEntries();
  cluster.propose(1, "x");
  const auto after = cluster[1].raftLog().allEntries();
  ASSERT_GE(after.size(), before.size());
  EXPECT_TRUE(std::equal(before.begin(), before.end(), after.begin()));
}

}  // namespace
}  // namespace raft::test
