// The paper's §5.1, §5.2 and the voting half of §5.4.1, sentence by sentence.
#include <gtest/gtest.h>

#include <set>
#include <vector>

#include "raft/votes_test.hpp"

namespace raft {
namespace {

using raftpb::Message;
using raftpb::MessageType;
using test::answerTo;
using test::become;
using test::disk;
using test::emptyAppend;
using test::heartbeat;
using test::hup;
using test::logOf;
using test::Peer;
using test::peerOf;
using test::step;
using test::voteAnswer;
using test::voteRequest;
using test::votesOf;

using enum StateType;

std::vector<NodeId> upTo(NodeId size) {
  std::vector<NodeId> ids;
  for (NodeId id = 1; id <= size; ++id) ids.push_back(id);
  return ids;
}

// §5.1: terms.

void takesOverAHigherTerm(StateType state) {
  Peer p = peerOf(1, {1, 2, 3});
  become(p, state);
  ASSERT_EQ(p.raft.term(), 1u);
  step(p, emptyAppend(2, 1, 2));
  EXPECT_EQ(p.raft.term(), 2u);
  EXPECT_EQ(p.raft.state(), StateFollower);
}

TEST(PaperS51, AFollowerTakesOverAHigherTerm) {
  takesOverAHigherTerm(StateFollower);
}

TEST(PaperS51, ACandidateTakesOverAHigherTermAndFollows) {
  takesOverAHigherTerm(StateCandidate);
}

TEST(PaperS51, ALeaderTakesOverAHigherTermAndFollows) {
  takesOverAHigherTerm(StateLeader);
}

// The paper's server answers and rejects. etcd's is silent, and so is ours.
TEST(PaperS51, ARequestOfAStaleTermIsNotCarriedOut) {
  Peer p = peerOf(1, {1, 2, 3}, {}, {.term = 2});
  step(p, emptyAppend(2, 1, 1));
  step(p, voteRequest(2, 1, 1));
  EXPECT_EQ(p.raft.lead(), kNone);
  EXPECT_EQ(p.raft.vote(), kNone);
  EXPECT_EQ(p.raft.term(), 2u);
  EXPECT_TRUE(p.raft.msgs().empty());
  EXPECT_TRUE(p.raft.msgsAfterAppend().empty());
}

// §5.2: leader election.

TEST(PaperS52, ServersStartAsFollowers) {
  EXPECT_EQ(peerOf(1, {1, 2, 3}).raft.state(), StateFollower);
}

TEST(PaperS52, ALeaderSendsHeartbeatsToAllFollowers) {
  Peer p = peerOf(1, {1, 2, 3});
  become(p, StateLeader);
  p.raft.tick();
  EXPECT_EQ(p.write(), (std::vector<Message>{heartbeat(1, 2, 1), heartbeat(1, 3, 1)}));
}

// Without a word from a leader, or without a majority: the next term, a vote for itself,
// and a request to each of the others.
void startsAnElection(StateType state) {
  Peer p = peerOf(1, {1, 2, 3});
  become(p, state);
  ASSERT_EQ(p.raft.term(), 1u);
  for (int tick = 1; tick < 2 * 10; ++tick) p.raft.tick();
  const std::vector<Message> said = p.write();
  EXPECT_EQ(p.raft.term(), 2u);
  EXPECT_EQ(p.raft.state(), StateCandidate);
  EXPECT_EQ(p.raft.vote(), 1u);
  EXPECT_TRUE(votesOf(p.raft).at(1));
  EXPECT_EQ(said, (std::vector<Message>{voteRequest(1, 2, 2), voteRequest(1, 3, 2)}));
}

TEST(PaperS52, AFollowerThatHearsNothingStartsAnElection) {
  startsAnElection(StateFollower);
}

TEST(PaperS52, ACandidateWithoutAMajorityStartsANewElection) {
  startsAnElection(StateCandidate);
}

TEST(PaperS52, OneRoundOfRequestsEndsInOneOfThreeWays) {
  struct Case {
    NodeId size;
    std::vector<NodeId> yes;
    std::vector<NodeId> no;
    StateType state;
  };
  const std::vector<Case> cases = {
      // It wins the election,
      {1, {}, {}, StateLeader},
      {3, {2, 3}, {}, StateLeader},
      {3, {2}, {}, StateLeader},
      {5, {2, 3, 4, 5}, {}, StateLeader},
      {5, {2, 3, 4}, {}, StateLeader},
      {5, {2, 3}, {}, StateLeader},
      // or loses it,
      {3, {}, {2, 3}, StateFollower},
      {5, {}, {2, 3, 4, 5}, StateFollower},
      {5, {2}, {3, 4, 5}, StateFollower},
      // or still waits.
      {3, {}, {}, StateCandidate},
      {5, {2}, {}, StateCandidate},
      {5, {}, {2, 3}, StateCandidate},
      {5, {}, {}, StateCandidate},
  };
  for (const Case& c : cases) {
    Peer p = peerOf(1, upTo(c.size));
    step(p, hup(1));
    p.write();
    for (const NodeId id : c.yes) step(p, voteAnswer(id, 1, 1, true));
    for (const NodeId id : c.no) step(p, voteAnswer(id, 1, 1, false));
    EXPECT_EQ(p.raft.state(), c.state);
    EXPECT_EQ(p.raft.term(), 1u);
  }
}

// INV-ELECTION-2
TEST(PaperS52, AFollowerVotesForTheFirstWhoAsksInATerm) {
  struct Case {
    NodeId vote;
    NodeId asks;
    bool refused;
  };
  const std::vector<Case> cases = {{kNone, 2, false}, {kNone, 3, false}, {2, 2, false},
                                   {3, 3, false},     {2, 3, true},      {3, 2, true}};
  for (const Case& c : cases) {
    Peer p = peerOf(1, {1, 2, 3}, {}, {.term = 1, .vote = c.vote});
    EXPECT_EQ(answerTo(p, voteRequest(c.asks, 1, 1)),
              voteAnswer(1, c.asks, 1, !c.refused));
  }
}

TEST(PaperS52, ACandidateFollowsALeaderOfItsTermOrAHigherOne) {
  for (const Term term : {1u, 2u}) {
    Peer p = peerOf(1, {1, 2, 3});
    step(p, hup(1));
    ASSERT_EQ(p.raft.state(), StateCandidate);
    step(p, emptyAppend(2, 1, term));
    EXPECT_EQ(p.raft.state(), StateFollower);
    EXPECT_EQ(p.raft.term(), term);
    EXPECT_EQ(p.raft.lead(), 2u);
  }
}

// A new round for a follower or a candidate, its clock at zero.
void newRound(Peer& p, StateType state) {
  if (state == StateFollower) {
    step(p, heartbeat(p.raft.id() == 1 ? 2 : 1, p.raft.id(), p.raft.term() + 1));
  } else {
    step(p, hup(p.raft.id()));
  }
  p.write();
}

void timeoutsAreRandomized(StateType state) {
  Peer p = peerOf(1, {1, 2, 3});
  std::set<int> timeouts;
  for (int round = 0; round < 500; ++round) {
    newRound(p, state);
    int ticks = 0;
    do {
      p.raft.tick();
      ++ticks;
    } while (p.write().empty());
    timeouts.insert(ticks);
  }
  EXPECT_EQ(timeouts, (std::set<int>{10, 11, 12, 13, 14, 15, 16, 17, 18, 19}));
}

TEST(PaperS52, AFollowersTimeoutIsRandomized) {
  timeoutsAreRandomized(StateFollower);
}

TEST(PaperS52, ACandidatesTimeoutIsRandomized) {
  timeoutsAreRandomized(StateCandidate);
}

// In how many of 1,000 rounds do several of five nodes time out first, together? Five
// draws from ten differ in their lowest often enough: by arithmetic, 77 in 100.
void timeoutsRarelyConflict(StateType state) {
  std::vector<std::unique_ptr<Peer>> peers;
  for (const NodeId id : upTo(5)) {
    peers.push_back(std::make_unique<Peer>(Config{.id = id}, disk(upTo(5))));
  }
  int conflicts = 0;
  for (int round = 0; round < 1000; ++round) {
    for (const auto& p : peers) newRound(*p, state);
    int first = 0;
    while (first == 0) {
      for (const auto& p : peers) {
        p->raft.tick();
        if (!p->write().empty()) ++first;
      }
    }
    if (first > 1) ++conflicts;
  }
  EXPECT_LE(conflicts, 300);
  EXPECT_GE(conflicts, 100) << "no conflicts at all would not be chance";
}

TEST(PaperS52, FollowersTimeoutsRarelyConflict) {
  timeoutsRarelyConflict(StateFollower);
}

TEST(PaperS52, CandidatesTimeoutsRarelyConflict) {
  timeoutsRarelyConflict(StateCandidate);
}

// §5.4.1: the election restriction.

TEST(PaperS541, ARequestForAVoteSaysHowFarTheLogGoes) {
  const std::vector<std::vector<Term>> logs = {{1}, {1, 2}, {1, 1, 3}};
  for (const auto& log : logs) {
    Peer p = peerOf(1, {1, 2, 3}, log, {.term = log.back()});
    for (int tick = 1; tick < 2 * 10; ++tick) p.raft.tick();
    const EntryId last{.term = log.back(), .index = log.size()};
    const Term term = log.back() + 1;
    EXPECT_EQ(p.write(), (std::vector<Message>{voteRequest(1, 2, term, last),
                                               voteRequest(1, 3, term, last)}));
  }
}

// INV-ELECTION-3
TEST(PaperS541, AVoterRefusesACandidateWhoseLogIsBehindItsOwn) {
  struct Case {
    std::vector<Term> voter;
    EntryId candidate;
    bool refused;
  };
  const std::vector<Case> cases = {
      // The same last term: the longer log is ahead.
      {{1}, {.term = 1, .index = 1}, false},
      {{1}, {.term = 1, .index = 2}, false},
      {{1, 1}, {.term = 1, .index = 1}, true},
      // The candidate's last term is later.
      {{1}, {.term = 2, .index = 1}, false},
      {{1}, {.term = 2, .index = 2}, false},
      {{1, 1}, {.term = 2, .index = 1}, false},
      // The voter's is.
      {{2}, {.term = 1, .index = 1}, true},
      {{2}, {.term = 1, .index = 2}, true},
      {{1, 2}, {.term = 1, .index = 5}, true},
      // Empty logs.
      {{}, {}, false},
      {{1}, {}, true},
      {{}, {.term = 1, .index = 1}, false},
  };
  for (const Case& c : cases) {
    Peer p = peerOf(1, {1, 2}, c.voter, {.term = 2});
    const Message answer = answerTo(p, voteRequest(2, 1, 3, c.candidate));
    EXPECT_EQ(answer.reject, c.refused)
        << c.voter.size() << " entries against " << c.candidate.index << " of term "
        << c.candidate.term;
  }
}

// INV-ELECTION-3
TEST(PaperS541, TheSameForEveryTermAndLengthOfTheCandidatesLog) {
  // The voter holds (index 1, term 2), (index 2, term 2), asked at its own term 3.
  for (Index index = 0; index <= 3; ++index) {
    for (Term term = 0; term <= 3; ++term) {
      Peer p = peerOf(1, {1, 2}, {2, 2}, {.term = 3});
      const Message answer =
          answerTo(p, voteRequest(2, 1, 3, {.term = term, .index = index}));
      const bool behind = term < 2 || (term == 2 && index < 2);
      EXPECT_EQ(answer.reject, behind) << "index " << index << ", term " << term;
    }
  }
}

}  // namespace
}  // namespace raft
