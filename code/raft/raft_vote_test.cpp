// Votes: to whom they are given, when they may be said, and what a crash may not undo.
#include <gtest/gtest.h>

#include <vector>

#include "raft/votes_test.hpp"

namespace raft {
namespace {

using raftpb::Message;
using test::answerTo;
using test::become;
using test::Cluster;
using test::diskOf;
using test::heartbeat;
using test::hup;
using test::Peer;
using test::peerOf;
using test::step;
using test::voteAnswer;
using test::voteRequest;

using enum StateType;

// INV-ELECTION-2
TEST(Election, AVoteIsAPromiseThatWaitsForTheDisk) {
  Peer p = peerOf(1, {1, 2, 3});
  step(p, voteRequest(2, 1, 1));
  EXPECT_TRUE(p.raft.msgs().empty()) << "nothing about the vote may leave at once";
  ASSERT_EQ(p.raft.msgsAfterAppend().size(), 1u);
  EXPECT_EQ(p.raft.msgsAfterAppend()[0], voteAnswer(1, 2, 1, true));
  EXPECT_EQ(p.raft.hardState().vote, 2u) << "this is what is to be written first";
}

// INV-ELECTION-2
TEST(Election, AVoteSurvivesACrash) {
  Cluster cluster(3);
  Peer& voter = cluster.peer(3);
  EXPECT_FALSE(answerTo(voter, voteRequest(1, 3, 1)).reject);
  cluster.crashAndRestart(3);
  EXPECT_EQ(voter.raft.vote(), 1u);
  EXPECT_TRUE(answerTo(voter, voteRequest(2, 3, 1)).reject)
      << "it voted for 1 in this term, and has forgotten it";
  EXPECT_FALSE(answerTo(voter, voteRequest(1, 3, 1)).reject);
}

// INV-ELECTION-2
TEST(Election, ACandidatesVoteForItselfSurvivesACrash) {
  Cluster cluster(3);
  step(cluster.peer(1), hup(1));
  cluster.peer(1).write();
  cluster.crashAndRestart(1);
  EXPECT_EQ(cluster[1].term(), 1u);
  EXPECT_TRUE(answerTo(cluster.peer(1), voteRequest(2, 1, 1)).reject);
}

// INV-ELECTION-2
TEST(Election, AVoteSurvivesEveryChangeOfRoleInItsTerm) {
  // A candidate that loses the election, and one that gives way to the winner.
  for (const bool loses : {true, false}) {
    Peer p = peerOf(1, {1, 2, 3});
    become(p, StateCandidate);
    if (loses) {
      step(p, voteAnswer(2, 1, 1, false));
      step(p, voteAnswer(3, 1, 1, false));
    } else {
      step(p, heartbeat(3, 1, 1));
    }
    ASSERT_EQ(p.raft.state(), StateFollower);
    ASSERT_EQ(p.raft.term(), 1u);
    EXPECT_EQ(p.raft.vote(), 1u);
    EXPECT_TRUE(answerTo(p, voteRequest(2, 1, 1)).reject);
  }
}

TEST(Election, TheSameCandidateMayAskAgain) {
  Peer p = peerOf(1, {1, 2, 3});
  EXPECT_FALSE(answerTo(p, voteRequest(2, 1, 1)).reject);
  EXPECT_FALSE(answerTo(p, voteRequest(2, 1, 1)).reject) << "its first answer was lost";
  EXPECT_TRUE(answerTo(p, voteRequest(3, 1, 1)).reject);
}

TEST(Election, WhoKnowsALeaderGivesNoVoteInItsTerm) {
  Peer p = peerOf(1, {1, 2, 3});
  step(p, heartbeat(3, 1, 1));
  ASSERT_EQ(p.raft.vote(), kNone);
  EXPECT_TRUE(answerTo(p, voteRequest(2, 1, 1)).reject);
  EXPECT_FALSE(answerTo(p, voteRequest(2, 1, 2)).reject) << "the next term is free";
}

TEST(Election, AHigherTermGetsAVoteFromAnyRole) {
  for (const StateType state : {StateFollower, StateCandidate, StateLeader}) {
    Peer p = peerOf(1, {1, 2, 3});
    become(p, state);
    const Term next = p.raft.term() + 1;
    EXPECT_FALSE(
        answerTo(p, voteRequest(2, 1, next, {.term = next, .index = 42})).reject);
    EXPECT_EQ(p.raft.state(), StateFollower);
    EXPECT_EQ(p.raft.term(), next);
    EXPECT_EQ(p.raft.vote(), 2u);
  }
}

TEST(Election, InItsOwnTermNeitherCandidateNorLeaderVotesForAnother) {
  for (const StateType state : {StateCandidate, StateLeader}) {
    Peer p = peerOf(1, {1, 2, 3});
    become(p, state);
    EXPECT_TRUE(answerTo(p, voteRequest(2, 1, 1, {.term = 9, .index = 42})).reject);
    EXPECT_EQ(p.raft.state(), state);
  }
}

TEST(Election, ALearnerVotesWhenAsked) {
  // Whoever asks believes it to be a voter, and may know more than the learner does.
  Peer p({.id = 3}, diskOf({1, 2}, {3}));
  EXPECT_FALSE(answerTo(p, voteRequest(1, 3, 2, {.term = 1, .index = 1})).reject);
}

// INV-ELECTION-3
TEST(Election, AShorterLogOfAHigherTermWins) {
  Cluster cluster(Config(), {{1, 1, 1}, {2}, {2}});
  cluster.campaign(1);
  EXPECT_EQ(cluster[1].state(), StateFollower) << "2 and 3 end with a later term";
  cluster.campaign(3);
  EXPECT_EQ(cluster[3].state(), StateLeader);
}

// INV-ELECTION-3
TEST(Election, ACandidateWithoutTheMajoritysEntriesLoses) {
  Cluster cluster(Config(), {{1}, {1}, {}});
  cluster.campaign(3);
  EXPECT_EQ(cluster[3].state(), StateFollower) << "2 and 3 hold more";
  cluster.campaign(1);
  EXPECT_EQ(cluster[1].state(), StateLeader);
}

TEST(Election, ARefusalNamesThePresentTermAndDoesNotCalmTheVoter) {
  Peer p = peerOf(1, {1, 2, 3}, {2}, {.term = 2});
  p.raft.setRandomizedElectionTimeout(10);
  for (int tick = 0; tick < 9; ++tick) p.raft.tick();
  const Message answer = answerTo(p, voteRequest(2, 1, 2, {.term = 1, .index = 5}));
  EXPECT_TRUE(answer.reject);
  EXPECT_EQ(answer.term, 2u);
  p.raft.tick();
  EXPECT_EQ(p.raft.state(), StateCandidate) << "a refused candidate is no reason to wait";
}

TEST(Election, AVoteGivesTheCandidateTime) {
  Peer p = peerOf(1, {1, 2, 3}, {}, {.term = 2});
  p.raft.setRandomizedElectionTimeout(10);
  for (int tick = 0; tick < 9; ++tick) p.raft.tick();
  EXPECT_FALSE(answerTo(p, voteRequest(2, 1, 2)).reject);
  for (int tick = 0; tick < 9; ++tick) p.raft.tick();
  EXPECT_EQ(p.raft.state(), StateFollower);
}

}  // namespace
}  // namespace raft
