// Elections: who may stand, who wins, and who gives way.
#include <gtest/gtest.h>

#include <map>
#include <utility>
#include <vector>

#include "raft/votes_test.hpp"

namespace raft {
namespace {

using raftpb::Message;
using raftpb::MessageType;
using test::become;
using test::Cluster;
using test::disk;
using test::diskOf;
using test::emptyAppend;
using test::heartbeat;
using test::hup;
using test::logOf;
using test::ofType;
using test::Peer;
using test::peerOf;
using test::step;
using test::voteAnswer;
using test::voteRequest;
using test::votesOf;

using enum StateType;

// Starting, and standing.

TEST(Election, ANodeStartsAsAFollowerInTheTermItSaved) {
  Peer p = peerOf(1, {1, 2, 3}, {1, 4}, {.term = 5, .vote = 2, .commit = 1});
  EXPECT_EQ(p.raft.state(), StateFollower);
  EXPECT_EQ(p.raft.term(), 5u);
  EXPECT_EQ(p.raft.vote(), 2u);
  EXPECT_EQ(p.raft.lead(), kNone);
  EXPECT_EQ(p.raft.raftLog().committed(), 1u);
}

TEST(Election, ACampaignAsksEveryOtherVoterInTheOrderOfIds) {
  Peer p({.id = 2}, disk({3, 1, 2, 9}, logOf({1, 1, 4}), {.term = 4}));
  step(p, hup(2));
  const std::vector<Message> asked = p.write();
  ASSERT_EQ(asked.size(), 3u);
  const std::vector<NodeId> expected = {1, 3, 9};
  for (std::size_t i = 0; i < asked.size(); ++i) {
    EXPECT_EQ(asked[i], voteRequest(2, expected[i], 5, {.term = 4, .index = 3}));
  }
}

TEST(Election, OnlyAVoterMayStand) {
  struct Case {
    NodeId id;
    std::vector<NodeId> voters;
    std::vector<NodeId> learners;
    bool promotable;
  };
  const std::vector<Case> cases = {{1, {1}, {}, true},
                                   {1, {1, 2, 3}, {}, true},
                                   {1, {}, {}, false},
                                   {1, {2, 3}, {}, false},
                                   {1, {2, 3}, {1}, false}};
  for (const Case& c : cases) {
    Peer p({.id = c.id}, diskOf(c.voters, c.learners));
    EXPECT_EQ(p.raft.promotable(), c.promotable);
    const Term before = p.raft.term();
    step(p, hup(c.id));
    EXPECT_EQ(p.raft.state() == StateCandidate, c.promotable);
    EXPECT_EQ(p.raft.term(), c.promotable ? before + 1 : before);
  }
}

TEST(Election, ALearnerNeverRunsOutOfPatience) {
  Peer p({.id = 3}, diskOf({1, 2}, {3}));
  for (int tick = 0; tick < 100; ++tick) p.raft.tick();
  EXPECT_EQ(p.raft.state(), StateFollower);
  EXPECT_EQ(p.raft.term(), 0u);
}

TEST(Election, ALeaderDoesNotCampaign) {
  Peer p = peerOf(1, {1, 2, 3});
  become(p, StateLeader);
  const Term term = p.raft.term();
  step(p, hup(1));
  EXPECT_EQ(p.raft.state(), StateLeader);
  EXPECT_EQ(p.raft.term(), term);
  EXPECT_TRUE(ofType(p.write(), MessageType::MsgVote).empty());
}

// Winning.

TEST(Election, IsWonByWhoReachesAMajority) {
  struct Case {
    int size;
    std::vector<NodeId> down;
    StateType state;
  };
  const std::vector<Case> cases = {
      {1, {}, StateLeader},           {2, {}, StateLeader},  {2, {2}, StateCandidate},
      {3, {}, StateLeader},           {3, {2}, StateLeader}, {3, {2, 3}, StateCandidate},
      {4, {2, 3}, StateCandidate},    {4, {2}, StateLeader}, {5, {2, 3}, StateLeader},
      {5, {2, 3, 4}, StateCandidate},
  };
  for (const Case& c : cases) {
    Cluster cluster(c.size);
    for (const NodeId id : c.down) cluster.isolate(id);
    cluster.campaign(1);
    EXPECT_EQ(cluster[1].state(), c.state) << c.size << " less " << c.down.size();
    EXPECT_EQ(cluster[1].term(), 1u);
  }
}

TEST(Election, TheOthersLearnWhoWon) {
  Cluster cluster(3);
  cluster.campaign(2);
  EXPECT_EQ(cluster[2].state(), StateLeader);
  for (const NodeId id : {1u, 2u, 3u}) {
    EXPECT_EQ(cluster[id].lead(), 2u);
    EXPECT_EQ(cluster[id].term(), 1u);
  }
}

TEST(Election, EveryNodeCanBeLeaderInItsTurn) {
  Cluster cluster(3);
  for (const NodeId candidate : {1u, 2u, 3u, 1u}) {
    cluster.campaign(candidate);
    for (const NodeId id : {1u, 2u, 3u}) {
      EXPECT_EQ(cluster[id].state(), id == candidate ? StateLeader : StateFollower);
      EXPECT_EQ(cluster[id].lead(), candidate);
    }
  }
  EXPECT_EQ(cluster[1].term(), 4u);
}

// INV-ELECTION-2
TEST(Election, ASingleNodeLeadsOnlyWhenItsVoteIsWritten) {
  Peer p = peerOf(1, {1});
  step(p, hup(1));
  EXPECT_EQ(p.raft.state(), StateCandidate) << "nothing is on the disk yet";
  p.write();
  EXPECT_EQ(p.storage->initialState().hardState.vote, 1u);
  EXPECT_EQ(p.raft.state(), StateLeader);
}

TEST(Election, OneAnswerOfAVoterCountsHoweverOftenItArrives) {
  Peer p = peerOf(1, {1, 2, 3, 4, 5});
  become(p, StateCandidate);
  for (int copies = 0; copies < 4; ++copies) step(p, voteAnswer(2, 1, 1, true));
  EXPECT_EQ(p.raft.state(), StateCandidate);
  step(p, voteAnswer(3, 1, 1, true));
  EXPECT_EQ(p.raft.state(), StateLeader);
}

TEST(Election, VotesOfLearnersAndStrangersDoNotCount) {
  Peer p({.id = 1}, diskOf({1, 2}, {3}));
  become(p, StateCandidate);
  step(p, voteAnswer(3, 1, p.raft.term(), true));
  step(p, voteAnswer(9, 1, p.raft.term(), true));
  EXPECT_EQ(p.raft.state(), StateCandidate);
  step(p, voteAnswer(2, 1, p.raft.term(), true));
  EXPECT_EQ(p.raft.state(), StateLeader);
}

TEST(Election, RefusalsOfLearnersAndStrangersDoNotCountEither) {
  Peer p({.id = 1}, diskOf({1, 2, 4}, {3}));
  become(p, StateCandidate);
  step(p, voteAnswer(3, 1, p.raft.term(), false));
  step(p, voteAnswer(9, 1, p.raft.term(), false));
  EXPECT_EQ(p.raft.state(), StateCandidate);
}

TEST(Election, AnAnswerThatComesLateFindsALeader) {
  Peer p = peerOf(1, {1, 2, 3});
  become(p, StateLeader);
  step(p, voteAnswer(3, 1, 1, false));
  EXPECT_EQ(p.raft.state(), StateLeader);
}

TEST(Election, AnUncontestedElectionIsOneRoundOfMessages) {
  for (const int size : {3, 5, 7}) {
    Cluster cluster(size);
    cluster.campaign(1);
    const auto others = static_cast<std::size_t>(size - 1);
    EXPECT_EQ(ofType(cluster.seen, MessageType::MsgVote).size(), others);
    EXPECT_EQ(ofType(cluster.seen, MessageType::MsgVoteResp).size(), others);
    for (NodeId id = 1; id <= cluster[1].tracker().voterNodes().size(); ++id) {
      const HardState onDisk = cluster.peer(id).storage->initialState().hardState;
      EXPECT_EQ(onDisk.term, 1u);
      EXPECT_EQ(onDisk.vote, 1u);
    }
  }
}

TEST(Election, TheTripOfOneVote) {
  Peer one = peerOf(1, {1, 2, 3});
  Peer two = peerOf(2, {1, 2, 3});
  one.raft.setRandomizedElectionTimeout(14);
  for (int tick = 1; tick < 14; ++tick) one.raft.tick();
  EXPECT_EQ(one.raft.state(), StateFollower);
  one.raft.tick();
  EXPECT_EQ(one.raft.state(), StateCandidate);

  EXPECT_EQ(one.raft.msgs(),
            (std::vector<Message>{voteRequest(1, 2, 1), voteRequest(1, 3, 1)}));
  EXPECT_EQ(one.raft.msgsAfterAppend(),
            (std::vector<Message>{voteAnswer(1, 1, 1, true)}));
  EXPECT_TRUE(votesOf(one.raft).empty());

  const std::vector<Message> requests = one.write();
  EXPECT_EQ(votesOf(one.raft), (std::map<NodeId, bool>{{1, true}}));

  step(two, requests.at(0));
  EXPECT_EQ(two.raft.hardState(), (HardState{.term = 1, .vote = 1}));
  EXPECT_EQ(two.storage->initialState().hardState, HardState());
  const std::vector<Message> answer = two.write();
  EXPECT_EQ(two.storage->initialState().hardState, (HardState{.term = 1, .vote = 1}));
  EXPECT_EQ(answer, (std::vector<Message>{voteAnswer(2, 1, 1, true)}));

  step(one, answer[0]);
  EXPECT_EQ(one.raft.state(), StateLeader);
  step(one, voteAnswer(3, 1, 1, true));
  EXPECT_EQ(one.raft.state(), StateLeader);
}

// Losing, and giving way.

TEST(Election, DuellingCandidatesAreDecidedByWhoIsHeard) {
  // 1 and 3 don't reach each other; 2 hears 1 first. 3's log is one entry short.
  Cluster cluster(Config(), {{1}, {1}, {}});
  cluster.cut(1, 3);
  cluster.campaign(1);
  cluster.campaign(3);
  EXPECT_EQ(cluster[1].state(), StateLeader);
  EXPECT_EQ(cluster[2].lead(), 1u);
  EXPECT_EQ(cluster[3].state(), StateCandidate);
  cluster.heal();
  const Term before = cluster[1].term();
  while (cluster[3].term() <= before) cluster.campaign(3);
  EXPECT_EQ(cluster[1].state(), StateFollower) << "deposed by a higher term";
  EXPECT_EQ(cluster[3].state(), StateFollower) << "refused by 1 and 2";
}

TEST(Election, ACandidateConcedesToTheLeaderOfItsTerm) {
  Cluster cluster(3);
  cluster.isolate(1);
  cluster.campaign(1);
  cluster.campaign(3);
  ASSERT_EQ(cluster[1].state(), StateCandidate);
  ASSERT_EQ(cluster[3].state(), StateLeader);
  ASSERT_EQ(cluster[1].term(), cluster[3].term());
  cluster.heal();
  cluster.beat(3);
  EXPECT_EQ(cluster[1].state(), StateFollower);
  EXPECT_EQ(cluster[1].lead(), 3u);
}

// INV-ELECTION-4
TEST(Election, AHigherTermMakesAFollowerOfAnybody) {
  struct Case {
    Message message;
    NodeId lead;
  };
  const std::vector<Case> cases = {
      {voteRequest(2, 1, 7), kNone},
      {voteAnswer(2, 1, 7, false), kNone},
      {heartbeat(2, 1, 7), 2},
      {emptyAppend(2, 1, 7), 2},
      {{.type = MessageType::MsgHeartbeatResp, .to = 1, .from = 2, .term = 7}, kNone}};
  for (const StateType state : {StateFollower, StateCandidate, StateLeader}) {
    for (const Case& c : cases) {
      Peer p = peerOf(1, {1, 2, 3});
      become(p, state);
      step(p, c.message);
      EXPECT_EQ(p.raft.state(), StateFollower);
      EXPECT_EQ(p.raft.term(), 7u);
      EXPECT_EQ(p.raft.lead(), c.lead) << raftpb::name(c.message.type);
    }
  }
}

// INV-ELECTION-4
TEST(Election, WhatComesFromATermThatIsOverChangesNothing) {
  for (const StateType state : {StateFollower, StateCandidate, StateLeader}) {
    Peer p = peerOf(1, {1, 2, 3}, {}, {.term = 6});
    become(p, state);
    const SoftState before = p.raft.softState();
    const HardState hard = p.raft.hardState();
    step(p, voteRequest(2, 1, 5, {.term = 5, .index = 42}));
    step(p, voteAnswer(2, 1, 5, true));
    step(p, voteAnswer(3, 1, 5, true));
    step(p, heartbeat(2, 1, 5));
    EXPECT_EQ(p.raft.softState(), before);
    EXPECT_EQ(p.raft.hardState(), hard);
  }
}

TEST(Election, ItsOwnVoteOfALostElectionIsWorthNothing) {
  // The vote is still on its way to the disk when somebody else wins the term.
  Peer p = peerOf(1, {1, 2, 3});
  step(p, hup(1));
  ASSERT_EQ(p.raft.msgsAfterAppend().size(), 1u);
  step(p, heartbeat(2, 1, 1));
  p.write();
  EXPECT_EQ(p.raft.state(), StateFollower);
  EXPECT_EQ(p.raft.lead(), 2u);
  EXPECT_TRUE(votesOf(p.raft).empty());
}

TEST(Election, ItsOwnVoteOfAnEarlierTermIsWorthNothing) {
  Peer p = peerOf(1, {1, 2, 3});
  step(p, hup(1));
  const std::vector<Message> late = std::exchange(p.raft.msgsAfterAppend(), {});
  step(p, hup(1));  // term 2, before the vote of term 1 was written
  ASSERT_EQ(late.size(), 1u);
  step(p, late[0]);
  EXPECT_TRUE(votesOf(p.raft).empty());
  p.write();
  EXPECT_EQ(votesOf(p.raft), (std::map<NodeId, bool>{{1, true}}));
}

TEST(Election, TwoNodesMayLeadInDifferentTerms) {
  // The deposed leader can't know: nobody who does can reach it.
  Cluster cluster(3);
  cluster.campaign(1);
  cluster.isolate(1);
  cluster.campaign(2);
  EXPECT_EQ(cluster[1].state(), StateLeader);
  EXPECT_EQ(cluster[2].state(), StateLeader);
  EXPECT_LT(cluster[1].term(), cluster[2].term());
  cluster.heal();
  cluster.beat(1);
  EXPECT_EQ(cluster[2].state(), StateLeader) << "a heartbeat of a term that is over";
  cluster.beat(2);
  EXPECT_EQ(cluster[1].state(), StateFollower);
  EXPECT_EQ(cluster[1].lead(), 2u);
}

TEST(Election, NewerLogsOfAFailedLeaderAreNotInTheWay) {
  // 3 was elected in term 2 with the votes of 4 and 5, and only its own log has the
  // entry of that term. 1 needs two attempts: at term 2 the votes are gone.
  Cluster cluster(Config(), {{1}, {1}, {2}, {}, {}});
  for (const NodeId voter : {4u, 5u}) {
    cluster.peer(voter).storage->setHardState({.term = 2, .vote = 3});
    cluster.crashAndRestart(voter);
  }
  cluster.campaign(1);
  EXPECT_EQ(cluster[1].state(), StateFollower);
  EXPECT_EQ(cluster[1].term(), 2u);
  cluster.campaign(1);
  EXPECT_EQ(cluster[1].state(), StateLeader) << "four votes; 3 refuses";
  EXPECT_EQ(cluster[1].term(), 3u);
}

// What must never happen stops the node.

TEST(ElectionDeathTest, AHardStateThatCommitsMoreThanTheLogHoldsIsRefused) {
  EXPECT_DEATH(peerOf(1, {1, 2, 3}, {1}, {.term = 1, .commit = 2}), "commit index");
}

}  // namespace
}  // namespace raft
