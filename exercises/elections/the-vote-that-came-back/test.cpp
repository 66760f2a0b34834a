// The vote that came back: a voter, and everything that may happen to it within a term.
#include <gtest/gtest.h>

#include "raft/votes_test.hpp"

namespace {

using namespace raft;
using test::answerTo;
using test::become;
using test::Cluster;
using test::heartbeat;
using test::hup;
using test::MessageType;
using test::Peer;
using test::peerOf;
using test::step;
using test::voteAnswer;
using test::voteRequest;

// INV-ELECTION-2
TEST(Vote, IsStillThereAfterARestart) {
  Cluster cluster(3);
  EXPECT_FALSE(answerTo(cluster.peer(3), voteRequest(1, 3, 1)).reject);
  cluster.crashAndRestart(3);
  EXPECT_EQ(cluster[3].vote(), 1u) << "3 has forgotten its vote for 1";
  EXPECT_TRUE(answerTo(cluster.peer(3), voteRequest(2, 3, 1)).reject)
      << "3 has forgotten its vote, and gives this term's vote again";
}

// INV-ELECTION-2
TEST(Vote, IsStillThereAfterALostElection) {
  Peer p = peerOf(1, {1, 2, 3});
  become(p, StateType::StateCandidate);
  step(p, voteAnswer(2, 1, 1, false));
  step(p, voteAnswer(3, 1, 1, false));
  ASSERT_EQ(p.raft.state(), StateType::StateFollower);
  EXPECT_TRUE(answerTo(p, voteRequest(2, 1, 1)).reject)
      << "1 voted for itself in this term and has forgotten its vote";
}

// INV-ELECTION-2
TEST(Vote, IsStillThereWhenSomebodyElseHasWon) {
  Peer p = peerOf(1, {1, 2, 3});
  become(p, StateType::StateCandidate);
  step(p, heartbeat(3, 1, 1));
  ASSERT_EQ(p.raft.state(), StateType::StateFollower);
  EXPECT_EQ(p.raft.hardState().vote, 1u)
      << "1 voted for itself in this term and has forgotten its vote";
}

// INV-ELECTION-2
TEST(Vote, IsStillThereInALeader) {
  Peer p = peerOf(1, {1, 2, 3});
  become(p, StateType::StateLeader);
  EXPECT_EQ(p.raft.hardState().vote, 1u)
      << "a leader that is restarted in its term has forgotten its vote";
}

TEST(Vote, IsFreeInTheNextTerm) {
  Peer p = peerOf(1, {1, 2, 3});
  EXPECT_FALSE(answerTo(p, voteRequest(2, 1, 1)).reject);
  EXPECT_FALSE(answerTo(p, voteRequest(3, 1, 2)).reject) << "a new term, a new vote";
}

// INV-ELECTION-1: the night in which two led term 1.
TEST(OneTerm, HasOneLeaderAlsoWhenAVoterRestarts) {
  Cluster cluster(3);
  cluster.cut(1, 2);
  cluster.ignore(MessageType::MsgHeartbeat);  // 3 never hears that 1 has won
  cluster.campaign(1);
  ASSERT_EQ(cluster[1].state(), StateType::StateLeader);
  cluster.crashAndRestart(3);
  cluster.campaign(2);
  EXPECT_NE(cluster[2].state(), StateType::StateLeader)
      << "1 and 2 lead term 1: 3 has forgotten its vote";
}

}  // namespace
