// Whom to vote for: one voter, asked by candidates; and then a cluster.
#include <gtest/gtest.h>

#include "raft/votes_test.hpp"

namespace {

using namespace raft;
using test::answerTo;
using test::Cluster;
using test::heartbeat;
using test::Peer;
using test::peerOf;
using test::step;
using test::voteRequest;

// INV-ELECTION-2
TEST(Voter, GivesItsVoteToTheFirstWhoAsks) {
  Peer p = peerOf(1, {1, 2, 3});
  EXPECT_FALSE(answerTo(p, voteRequest(2, 1, 1)).reject)
      << "it has not voted and knows no leader: there is no reason to refuse";
  EXPECT_EQ(p.raft.hardState().vote, 2u)
      << "what is not in the hard state is not written";
}

// INV-ELECTION-2
TEST(Voter, GivesTheTermsVoteToNobodyElse) {
  Peer p = peerOf(1, {1, 2, 3});
  EXPECT_FALSE(answerTo(p, voteRequest(2, 1, 1)).reject);
  EXPECT_TRUE(answerTo(p, voteRequest(3, 1, 1)).reject)
      << "2 has this term's vote, and 3 got it too";
  EXPECT_EQ(p.raft.vote(), 2u);
  EXPECT_FALSE(answerTo(p, voteRequest(3, 1, 2)).reject)
      << "the next term has its own vote";
}

TEST(Voter, AnswersTheSameCandidateTheSame) {
  Peer p = peerOf(1, {1, 2, 3});
  EXPECT_FALSE(answerTo(p, voteRequest(2, 1, 1)).reject);
  EXPECT_FALSE(answerTo(p, voteRequest(2, 1, 1)).reject)
      << "2 has the vote already: its first answer was lost, and it asks again";
}

TEST(Voter, GivesNoVoteInATermWhoseLeaderItKnows) {
  Peer p = peerOf(1, {1, 2, 3});
  step(p, heartbeat(3, 1, 1));
  p.write();
  EXPECT_TRUE(answerTo(p, voteRequest(2, 1, 1)).reject)
      << "3 leads this term: the election is over";
}

// INV-ELECTION-3
TEST(Voter, RefusesACandidateWhoseLogIsBehind) {
  const struct {
    EntryId last;
    bool refused;
    const char* why;
  } cases[] = {
      {{.term = 2, .index = 3}, false, "the same log"},
      {{.term = 2, .index = 4}, false, "a longer log of the same term"},
      {{.term = 3, .index = 1}, false, "a later term at the end, however short"},
      {{.term = 2, .index = 2}, true, "an entry is missing"},
      {{.term = 1, .index = 9}, true, "an earlier term at the end, however long"},
      {{}, true, "an empty log"},
  };
  for (const auto& c : cases) {
    Peer p = peerOf(1, {1, 2, 3}, {1, 2, 2}, {.term = 3});
    EXPECT_EQ(answerTo(p, voteRequest(2, 1, 4, c.last)).reject, c.refused) << c.why;
    EXPECT_EQ(p.raft.vote(), c.refused ? kNone : NodeId{2}) << c.why;
  }
}

TEST(Voter, SaysTheVoteOnlyWhenItIsWritten) {
  Peer p = peerOf(1, {1, 2, 3});
  step(p, voteRequest(2, 1, 1));
  EXPECT_TRUE(p.raft.msgs().empty()) << "the answer must not leave at once";
  ASSERT_EQ(p.raft.msgsAfterAppend().size(), 1u) << "no answer, or more than one";
  EXPECT_EQ(p.raft.msgsAfterAppend()[0].term, 1u);
}

TEST(Voter, GivesTimeToTheCandidateThatGotTheVote) {
  for (const bool good : {true, false}) {
    Peer p = peerOf(1, {1, 2, 3}, {1}, {.term = 1});
    p.raft.setRandomizedElectionTimeout(10);
    for (int tick = 0; tick < 9; ++tick) p.raft.tick();
    answerTo(p, voteRequest(2, 1, 1, good ? EntryId{.term = 1, .index = 1} : EntryId()));
    p.raft.tick();
    EXPECT_EQ(p.raft.state() == StateType::StateCandidate, !good)
        << (good ? "it has just voted: now 2 needs time to win"
                 : "it refused: 2 is no reason to wait any longer");
  }
}

// INV-ELECTION-1
TEST(Cluster, OfThreeElectsOneLeader) {
  Cluster cluster(3);
  cluster.campaign(2);
  EXPECT_EQ(cluster[2].state(), StateType::StateLeader) << "nobody votes for 2";
  EXPECT_EQ(cluster[1].lead(), 2u);
}

}  // namespace
