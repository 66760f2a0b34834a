// A leader sends its log, and learns where each follower stands (§5.3).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/error.hpp"
#include "raft/replication_test.hpp"
#include "raft/votes_test.hpp"

namespace raft::test {
namespace {

using base::Errc;
using testing::IsEmpty;
using testing::SizeIs;
using State = tracker::StateType;

std::string data(const Entry& e) {
  return std::string(e.data.view());
}

// Becoming leader.

TEST(Replicate, ANewLeaderTakesEveryLogToEndWhereItsOwnDoes) {
  LeadingNode leader({1, 1, 2});
  for (const NodeId id : {NodeId{2}, NodeId{5}}) {
    EXPECT_EQ(leader.of(id).match(), 0u) << "nobody has said anything yet";
    EXPECT_EQ(leader.of(id).next(), 4u);
    EXPECT_EQ(leader.of(id).state(), State::StateProbe);
    const auto sent = pick(leader.elected, MessageType::MsgApp, id);
    ASSERT_THAT(sent, SizeIs(1));
    EXPECT_EQ(sent[0].index, 3u);
    EXPECT_EQ(sent[0].logTerm, 2u);
    EXPECT_EQ(sent[0].term, 3u);
  }
  EXPECT_EQ(leader.of(1).match(), leader.last()) << "its own log it knows";
  EXPECT_EQ(leader.of(1).state(), State::StateReplicate);
}

TEST(Replicate, ANewTermForgetsWhatTheLastOneKnew) {
  LeadingNode leader({1, 1});
  leader.replicate();
  ASSERT_GE(leader.of(2).match(), 2u);
  Message m{.type = MessageType::MsgHeartbeat, .from = 3};
  m.term = leader.raft.term() + 1;
  std::ignore = leader.raft.step(m);
  EXPECT_EQ(leader.raft.state(), raft::StateType::StateFollower);
  EXPECT_EQ(leader.of(2).match(), 0u);
  EXPECT_EQ(leader.of(2).state(), State::StateProbe);
}

// Proposals.

TEST(Replicate, ANewLeaderKnowsItsOwnLogBeforeItIsWritten) {
  Peer p = peerOf(1, {1, 2, 3}, {1, 1}, {.term = 1});
  become(p, StateType::StateCandidate);
  step(p, voteAnswer(2, 1, 2, true));
  ASSERT_EQ(p.raft.state(), StateType::StateLeader);
  const auto& own = p.raft.tracker().progress.at(1);
  EXPECT_EQ(own.state(), tracker::StateType::StateReplicate)
      << "there is nothing to probe";
  EXPECT_TRUE(own.recentActive());
  EXPECT_EQ(own.match(), 2u) << "the log that it stood with";
}

TEST(Replicate, ALearnersProgressSaysSoAfterEveryElection) {
  Peer p({.id = 1}, diskOf({1, 2}, {3}));
  for (const StateType state : {StateType::StateFollower, StateType::StateLeader}) {
    become(p, state);
    EXPECT_TRUE(p.raft.tracker().progress.at(3).isLearner());
    for (const NodeId voter : {NodeId{1}, NodeId{2}}) {
      EXPECT_FALSE(p.raft.tracker().progress.at(voter).isLearner()) << voter;
    }
  }
}

TEST(Replicate, TheLeaderNumbersTheEntriesOfAProposal) {
  LeadingNode leader({1, 1});
  const Index before = leader.last();
  Message m{.type = MessageType::MsgProp, .from = 1};
  m.entries = {{.data = "a"}, {.data = "b"}};
  leader.step(m);
  leader.propose("c");
  const auto log = leader.raft.raftLog().allEntries();
  ASSERT_EQ(log.size(), before + 3);
  for (Index nth = 0; nth < 3; ++nth) {
    const Entry& e = log[before + nth];
    EXPECT_EQ(e.index, before + 1 + nth);
    EXPECT_EQ(e.term, leader.raft.term());
    EXPECT_EQ(data(e), std::string(1, static_cast<char>('a' + nth)));
  }
}

TEST(Replicate, AProposalGoesOutWithThePlaceWhereItBelongs) {
  LeadingNode leader({1, 1});
  leader.replicate();
  const Index before = leader.last();
  const auto sent = pick(leader.propose("color=blue"), MessageType::MsgApp, 2);
  ASSERT_THAT(sent, SizeIs(1));
  EXPECT_EQ(sent[0].index, before);
  EXPECT_EQ(sent[0].logTerm, *leader.raft.raftLog().term(before));
  ASSERT_THAT(sent[0].entries, SizeIs(1));
  EXPECT_EQ(sent[0].entries[0].index, before + 1);
  EXPECT_EQ(data(sent[0].entries[0]), "color=blue");
}

TEST(Replicate, AFollowerForwardsAProposalToItsLeader) {
  Cluster cluster(3);
  cluster.campaign(1);
  EXPECT_EQ(cluster.propose(2, "color=blue"), base::Error());
  for (const NodeId id : {NodeId{1}, NodeId{2}, NodeId{3}}) {
    const auto log = cluster[id].raftLog().allEntries();
    ASSERT_FALSE(log.empty()) << "node " << id;
    EXPECT_EQ(data(log.back()), "color=blue");
    EXPECT_EQ(log.back().term, 1u);
  }
  const auto forwarded = pick(cluster.seen, MessageType::MsgProp, 1);
  ASSERT_THAT(forwarded, SizeIs(1));
  EXPECT_EQ(forwarded[0].term, 0u) << "a proposal belongs to any term";
}

TEST(Replicate, AProposalThatNobodyTakesIsDropped) {
  Cluster nobody(3);
  EXPECT_EQ(nobody.propose(1, "x"), Errc::ProposalDropped) << "no leader";

  nobody.ignore(MessageType::MsgVote);
  nobody.campaign(1);
  EXPECT_EQ(nobody.propose(1, "x"), Errc::ProposalDropped) << "a candidate";

  Config proud;
  proud.disableProposalForwarding = true;
  Cluster cluster(3, proud);
  cluster.campaign(1);
  EXPECT_EQ(cluster.propose(2, "x"), Errc::ProposalDropped) << "forwarding is off";
  EXPECT_EQ(cluster.propose(1, "x"), base::Error());
}

// Answers.

struct Answer {
  const char* name;
  Index index;
  bool reject;
  Index match;
  Index next;  // 0: everything was sent
  const char* sends;
};

// The log is 1 and 2, of term 1, and next is 3.
TEST(Replicate, WhatAnAnswerToTheFirstProbeDoes) {
  const Answer cases[] = {
      {"refused, but not what was asked last", 3, true, 0, 3, ""},
      {"refused", 2, true, 0, 2, "2-"},
      {"taken", 2, false, 2, 0, "3-"},
      {"taken: it has nothing, and we asked for nothing", 0, false, 0, 0, "1-"},
  };
  for (const Answer& c : cases) {
    SCOPED_TRACE(c.name);
    LeadingNode leader({1, 1});
    const auto sent =
        c.reject ? leader.refused(c.index, {.index = c.index}) : leader.acked(c.index);
    EXPECT_EQ(leader.of(2).match(), c.match);
    EXPECT_EQ(leader.of(2).next(), c.next == 0 ? leader.last() + 1 : c.next);
    EXPECT_EQ(leader.of(2).state(), c.reject ? State::StateProbe : State::StateReplicate);
    // At the stage that commits, there is an entry 3, and it is sent, too.
    const std::string words = appends(sent);
    const bool nothingToSend = c.index == 2 && !c.reject && leader.last() == 2;
    EXPECT_EQ(words.substr(0, 2), nothingToSend ? "" : c.sends) << words;
  }
}

TEST(Replicate, AnAnswerEndsTheWaitOfThatFollowerAlone) {
  LeadingNode leader;
  leader.propose();  // everybody has got a probe with entries now
  leader.acked(1, 2);
  const Index next = leader.last() + 1;
  auto sent = leader.propose();
  EXPECT_EQ(appends(sent, 2), base::text(next, "-", next));
  EXPECT_EQ(appends(sent, 3), "") << "3 has not answered";
  EXPECT_EQ(appends(leader.acked(1, 3), 3).substr(0, 3), "2-" + std::to_string(next));
}

TEST(Replicate, AnOldAnswerChangesNothing) {
  LeadingNode leader({1, 1});
  leader.replicate();
  const Index next = leader.last() + 1;
  leader.propose();
  leader.acked(next);
  leader.propose();
  const tracker::Progress before = leader.of(2);
  for (Index old = 0; old <= next; ++old) EXPECT_EQ(appends(leader.acked(old)), "");
  for (Index old = 0; old <= next; ++old) {
    EXPECT_EQ(appends(leader.refused(old, {})), "");
  }
  EXPECT_EQ(leader.of(2), before);
}

TEST(Replicate, AStrangersAnswerIsIgnored) {
  LeadingNode leader({1, 1});
  EXPECT_THAT(leader.acked(2, 9), IsEmpty());
  EXPECT_THAT(leader.heard(9), IsEmpty());
  EXPECT_FALSE(leader.raft.tracker().progress.contains(9));
}

// INV-REPLICATION-3
// raft#148. A refusal from before the follower caught up comes when it is probed again.
TEST(Replicate, ALateRefusalDoesNotMoveNextBelowTheMatch) {
  LeadingNode leader({1, 1});
  FollowingNode follower(leader.raft.term(), {1, 1});
  follower.append({.term = 1, .index = 2}, {});
  leader.replicate();
  if (leader.last() > 2) follower.append({.term = 1, .index = 2}, {leader.raft.term()});

  const Message first = pick(leader.propose("a"), MessageType::MsgApp, 2).at(0);
  const Message second = pick(leader.propose("b"), MessageType::MsgApp, 2).at(0);
  const Message refusal = follower.step(second).at(0);  // it overtook the first
  ASSERT_TRUE(refusal.reject);
  ASSERT_LT(refusal.rejectHint, leader.last() - 1);
  const Message taken = follower.step(first).at(0);
  ASSERT_FALSE(taken.reject);

  leader.step(taken);
  leader.unreachable();
  const Index match = leader.of(2).match();
  ASSERT_EQ(match, leader.last() - 1);
  EXPECT_EQ(appends(leader.step(refusal)), base::text(match + 1, "-", match + 1));
  EXPECT_EQ(leader.of(2).next(), match + 1);
}

// Losses.

TEST(Replicate, AnUnreachableFollowerIsProbedFromItsMatchOn) {
  LeadingNode leader({1, 1});
  leader.replicate();
  const Index match = leader.last();
  for (int nth = 0; nth < 3; ++nth) leader.propose();
  EXPECT_EQ(appends(leader.unreachable()), "") << "it can't be reached: why send?";
  EXPECT_EQ(leader.of(2).state(), State::StateProbe);
  EXPECT_EQ(leader.of(2).match(), match);
  EXPECT_EQ(leader.of(2).next(), match + 1);
  EXPECT_EQ(leader.of(2).inflights().count(), 0u);

  leader.unreachable();  // again: it is a probe already
  EXPECT_EQ(leader.of(2).next(), match + 1);
  EXPECT_EQ(appends(leader.heard()), base::text(match + 1, "-", match + 3));
}

// Nothing is resent until the follower notices the gap.
TEST(Replicate, ALostMessageIsMendedByTheNextOne) {
  Cluster cluster(3);
  cluster.campaign(1);
  cluster.propose(1, "a");
  cluster.ignore(MessageType::MsgApp);
  cluster.propose(1, "lost");
  cluster.heal();
  ASSERT_LT(cluster[2].raftLog().lastIndex(), cluster[1].raftLog().lastIndex());
  cluster.propose(1, "b");
  EXPECT_EQ(terms(cluster[2]), terms(cluster[1]));
  EXPECT_EQ(terms(cluster[3]), terms(cluster[1]));
}

TEST(Replicate, ALostMessageIsMendedByAHeartbeatIfThereIsNoNextOne) {
  Cluster cluster(3);
  cluster.campaign(1);
  cluster.propose(1, "a");
  cluster.ignore(MessageType::MsgApp);
  cluster.propose(1, "lost");
  cluster.heal();
  cluster.beat(1);
  EXPECT_EQ(terms(cluster[2]), terms(cluster[1]));
  EXPECT_EQ(terms(cluster[3]), terms(cluster[1]));
}

TEST(Replicate, ALostAnswerIsMendedByAHeartbeat) {
  Cluster cluster(3);
  cluster.campaign(1);
  cluster.propose(1, "a");
  cluster.ignore(MessageType::MsgAppResp);
  cluster.propose(1, "b");
  cluster.heal();
  const Index last = cluster[1].raftLog().lastIndex();
  ASSERT_LT(cluster[1].tracker().progress.at(2).match(), last);
  cluster.beat(1);
  EXPECT_EQ(cluster[1].tracker().progress.at(2).match(), last);
}

TEST(Replicate, AHeartbeatsAnswerSendsWhatTheFollowerLacks) {
  LeadingNode leader({1, 2, 3});
  leader.replicate();
  EXPECT_EQ(appends(leader.heard()), "") << "it has everything";
  const Index next = leader.last() + 1;
  leader.propose();
  EXPECT_EQ(appends(leader.heard()), base::text(next + 1, "-"))
      << "the entry is on its way; the empty message asks for it";
}

// INV-REPLICATION-4
TEST(Replicate, AHeartbeatTellsOfNoCommitBeyondTheMatch) {
  LeadingNode leader({1, 1, 1, 1, 1}, {}, 4);
  leader.acked(2, 2);
  leader.acked(5, 3);
  const auto beats = leader.beat();
  const auto commitTo = [&](NodeId id) {
    return pick(beats, MessageType::MsgHeartbeat, id).at(0).commit;
  };
  EXPECT_EQ(commitTo(2), 2u) << "it has acknowledged 2";
  EXPECT_EQ(commitTo(3), 4u) << "it has acknowledged more than is committed";
  EXPECT_EQ(commitTo(5), 0u) << "nothing is known of its log";
  for (const Message& m : beats) {
    EXPECT_EQ(m.index, 0u);
    EXPECT_EQ(m.logTerm, 0u);
    EXPECT_THAT(m.entries, IsEmpty());
  }
}

TEST(Replicate, AFollowerWhoseEntriesWereCompactedGetsNoMsgApp) {
  auto onDisk =
      disk({1, 2, 3, 4, 5}, logOf({1, 1, 1, 1, 1, 1}), {.term = 1, .commit = 6});
  ASSERT_EQ(onDisk->compact(4), base::Error());
  Peer peer(configOf(1), onDisk);
  for (const NodeId voter : {NodeId{1}, NodeId{3}, NodeId{4}}) {
    Message m{.type = MessageType::MsgVoteResp, .from = voter, .term = 2};
    if (voter == 1) m = {.type = MessageType::MsgHup, .from = 1};
    std::ignore = peer.raft.step(m);
    peer.write();
  }
  ASSERT_EQ(peer.raft.state(), raft::StateType::StateLeader);
  std::ignore = peer.raft.step({.type = MessageType::MsgAppResp,
                                .from = 2,
                                .term = 2,
                                .logTerm = 1,
                                .index = 6,
                                .reject = true,
                                .rejectHint = 2});
  EXPECT_EQ(appends(peer.write()), "") << "entry 2 is gone, and so is its term";
  std::ignore = peer.raft.step({.type = MessageType::MsgAppResp,
                                .from = 3,
                                .term = 2,
                                .logTerm = 1,
                                .index = 6,
                                .reject = true,
                                .rejectHint = 4});
  const auto sent = pick(peer.write(), MessageType::MsgApp, 3);
  ASSERT_THAT(sent, SizeIs(1));
  EXPECT_EQ(sent[0].index, 4u) << "of entry 4 the term is still known";
}

}  // namespace
}  // namespace raft::test
