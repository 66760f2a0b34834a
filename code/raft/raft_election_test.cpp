// Elections: who asks, who votes, who wins, and what a crash may not undo.
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "raft/votes_test.hpp"

namespace raft {
namespace {

using base::Errc;
using raftpb::Message;
using raftpb::MessageType;
using test::answerTo;
using test::become;
using test::Cluster;
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

using enum StateType;

// A disk whose members are these voters and learners.
std::shared_ptr<MemoryStorage> diskOf(std::vector<NodeId> voters,
                                      std::vector<NodeId> learners) {
  auto storage = std::make_shared<MemoryStorage>();
  raftpb::Snapshot members;
  members.metadata.index = 1;
  members.metadata.term = 1;
  members.metadata.confState.voters = std::move(voters);
  members.metadata.confState.learners = std::move(learners);
  EXPECT_FALSE(storage->applySnapshot(std::move(members)));
  return storage;
}

std::vector<Message> ofType(const std::vector<Message>& messages, MessageType type) {
  std::vector<Message> found;
  for (const Message& m : messages) {
    if (m.type == type) found.push_back(m);
  }
  return found;
}

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

// Votes.

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
  EXPECT_TRUE(p.raft.tracker().votes.empty());
}

TEST(Election, ItsOwnVoteOfAnEarlierTermIsWorthNothing) {
  Peer p = peerOf(1, {1, 2, 3});
  step(p, hup(1));
  const std::vector<Message> late = std::exchange(p.raft.msgsAfterAppend(), {});
  step(p, hup(1));  // term 2, before the vote of term 1 was written
  ASSERT_EQ(late.size(), 1u);
  step(p, late[0]);
  EXPECT_TRUE(p.raft.tracker().votes.empty());
  p.write();
  EXPECT_EQ(p.raft.tracker().votes, (std::map<NodeId, bool>{{1, true}}));
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

// Time.

TEST(Election, AHeartbeatStartsTheClockAnew) {
  Peer p = peerOf(1, {1, 2, 3});
  step(p, heartbeat(2, 1, 1));
  p.raft.setRandomizedElectionTimeout(10);
  for (int round = 0; round < 5; ++round) {
    for (int tick = 0; tick < 9; ++tick) p.raft.tick();
    EXPECT_EQ(p.raft.state(), StateFollower);
    step(p, heartbeat(2, 1, 1));
  }
  for (int tick = 0; tick < 10; ++tick) p.raft.tick();
  EXPECT_EQ(p.raft.state(), StateCandidate);
}

TEST(Election, ALeaderBeatsEveryHeartbeatTick) {
  Peer p({.id = 1, .heartbeatTick = 3}, disk({1, 2, 3}));
  become(p, StateLeader);
  for (int tick = 1; tick <= 9; ++tick) {
    p.raft.tick();
    const auto beats = ofType(p.write(), MessageType::MsgHeartbeat);
    EXPECT_EQ(beats.size(), tick % 3 == 0 ? 2u : 0u);
  }
}

TEST(Election, HeartbeatsGoToLearnersToo) {
  Peer p({.id = 1}, diskOf({1, 2}, {3}));
  become(p, StateLeader);
  p.raft.tick();
  const auto beats = ofType(p.write(), MessageType::MsgHeartbeat);
  ASSERT_EQ(beats.size(), 2u);
  EXPECT_EQ(beats[0].to, 2u);
  EXPECT_EQ(beats[1].to, 3u);
}

TEST(Election, AHeartbeatIsAnsweredWithItsContext) {
  Peer p = peerOf(1, {1, 2, 3});
  Message beat = heartbeat(2, 1, 1);
  beat.context = "17";
  step(p, beat);
  const auto said = p.write();
  ASSERT_EQ(said.size(), 1u);
  EXPECT_EQ(said[0].type, MessageType::MsgHeartbeatResp);
  EXPECT_EQ(said[0].to, 2u);
  EXPECT_EQ(said[0].context, beat.context);
}

TEST(Election, TheTimeoutIsDrawnAnewAtEveryChangeAndEvenly) {
  Peer p = peerOf(1, {1, 2, 3});
  std::map<int, int> drawn;
  for (Term term = 1; term <= 10'000; ++term) {
    step(p, heartbeat(2, 1, term));
    ++drawn[p.raft.randomizedElectionTimeout()];
  }
  ASSERT_EQ(drawn.size(), 10u);
  EXPECT_EQ(drawn.begin()->first, 10);
  EXPECT_EQ(drawn.rbegin()->first, 19);
  for (const auto& [timeout, times] : drawn) {
    EXPECT_NEAR(times, 1000, 150) << timeout << " ticks";
  }
}

TEST(Election, AfterTheTimeoutItStaysWithItsDraw) {
  // A timeout drawn at every tick instead would end earlier than any that was drawn.
  for (int timeout = 10; timeout < 20; ++timeout) {
    Peer p = peerOf(1, {1, 2, 3});
    p.raft.setRandomizedElectionTimeout(timeout);
    for (int tick = 1; tick < timeout; ++tick) p.raft.tick();
    EXPECT_EQ(p.raft.state(), StateFollower);
    EXPECT_EQ(p.raft.randomizedElectionTimeout(), timeout);
    p.raft.tick();
    EXPECT_EQ(p.raft.state(), StateCandidate);
  }
}

// What a cluster says in its first 200 ticks, one line a message.
std::string firstWords(std::uint64_t seed) {
  Cluster cluster(3, {.seed = seed});
  for (int tick = 0; tick < 200; ++tick) {
    for (const NodeId id : {1u, 2u, 3u}) cluster[id].tick();
    cluster.settle();
  }
  std::string words;
  for (const Message& m : cluster.seen) {
    words += std::string(raftpb::name(m.type)) + " " + std::to_string(m.from) + ">" +
             std::to_string(m.to) + " " + std::to_string(m.term) + "\n";
  }
  return words;
}

TEST(Election, TheSameSeedGivesTheSameRun) {
  const std::string run = firstWords(1);
  EXPECT_FALSE(run.empty());
  EXPECT_EQ(firstWords(1), run);
  EXPECT_NE(firstWords(2), run);
}

TEST(Election, NodesWithTheSameSeedDrawDifferentTimeouts) {
  // Otherwise they would campaign together for ever.
  Peer one = peerOf(1, {1, 2});
  Peer two = peerOf(2, {1, 2});
  int same = 0;
  for (Term term = 1; term <= 1000; ++term) {
    step(one, heartbeat(2, 1, term));
    step(two, heartbeat(1, 2, term));
    same += one.raft.randomizedElectionTimeout() == two.raft.randomizedElectionTimeout();
  }
  EXPECT_LT(same, 150) << "one in ten is chance";
}

// Proposals, while there is no log to put them in.

TEST(Election, WithoutALeaderAProposalIsDropped) {
  for (const StateType state : {StateFollower, StateCandidate}) {
    Peer p = peerOf(1, {1, 2, 3});
    if (state == StateCandidate) become(p, state);
    EXPECT_EQ(p.raft.step({.type = MessageType::MsgProp, .from = 1, .entries = {{}}}),
              Errc::ProposalDropped);
  }
}

TEST(Election, AFollowerSendsAProposalOnToItsLeader) {
  Peer p = peerOf(1, {1, 2, 3});
  step(p, heartbeat(2, 1, 1));
  p.write();
  const Message proposal{
      .type = MessageType::MsgProp, .from = 1, .entries = {{.data = "color=blue"}}};
  EXPECT_FALSE(p.raft.step(proposal));
  const auto said = p.write();
  ASSERT_EQ(said.size(), 1u);
  EXPECT_EQ(said[0].to, 2u);
  EXPECT_EQ(said[0].term, 0u) << "a proposal belongs to no term";
  EXPECT_EQ(said[0].entries, proposal.entries);
}

TEST(Election, AFollowerThatMayNotForwardDrops) {
  Peer p({.id = 1, .disableProposalForwarding = true}, disk({1, 2, 3}));
  step(p, heartbeat(2, 1, 1));
  EXPECT_EQ(p.raft.step({.type = MessageType::MsgProp, .from = 1, .entries = {{}}}),
            Errc::ProposalDropped);
}

// What must never happen stops the node.

TEST(ElectionDeathTest, AHardStateThatCommitsMoreThanTheLogHoldsIsRefused) {
  EXPECT_DEATH(peerOf(1, {1, 2, 3}, {1}, {.term = 1, .commit = 2}), "commit index");
}

}  // namespace
}  // namespace raft
