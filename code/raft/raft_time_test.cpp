// Time in an election: timeouts, heartbeats, and proposals that come meanwhile.
#include <gtest/gtest.h>

#include <limits>
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
using test::diskOf;
using test::heartbeat;
using test::hup;
using test::ofType;
using test::Peer;
using test::peerOf;
using test::step;
using test::voteRequest;

using enum StateType;

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

// Figure 2 says that only a vote that was given does. In etcd, and here, whoever hears
// of a later term starts anew, whatever it answers.
TEST(Election, ARefusalStartsTheClockAnewIfItsTermIsNew) {
  Peer p = peerOf(1, {1, 2, 3}, {1, 1});
  const EntryId shorter = {.term = 1, .index = 1};
  for (Term term = 2; term <= 10; ++term) {
    EXPECT_TRUE(answerTo(p, voteRequest(3, 1, term, shorter)).reject);
    p.raft.setRandomizedElectionTimeout(10);
    for (int tick = 0; tick < 9; ++tick) p.raft.tick();
    EXPECT_EQ(p.raft.state(), StateFollower);
  }
  // In the same term the clock goes on.
  EXPECT_TRUE(answerTo(p, voteRequest(3, 1, 10, shorter)).reject);
  p.raft.tick();
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
  std::map<std::int64_t, int> drawn;
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

// Sums of two such numbers do not fit into an int.
TEST(Election, TheLongestTimeoutsAreDrawnLikeOthers) {
  constexpr int kMost = std::numeric_limits<int>::max();
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    Peer p({.id = 1, .electionTick = kMost, .seed = seed}, disk({1, 2, 3}));
    EXPECT_GE(p.raft.randomizedElectionTimeout(), kMost);
    EXPECT_LT(p.raft.randomizedElectionTimeout(), 2 * std::int64_t{kMost});
    p.raft.tick();
    EXPECT_EQ(p.raft.state(), StateFollower);
  }
}

// The term stays: a candidate makes way for the leader that won it.
TEST(Election, TheTimeoutIsDrawnAnewWithinATermToo) {
  Peer p = peerOf(1, {1, 2, 3});
  int changed = 0;
  for (int round = 0; round < 50; ++round) {
    become(p, StateCandidate);
    const std::int64_t drawn = p.raft.randomizedElectionTimeout();
    step(p, heartbeat(2, 1, p.raft.term()));
    ASSERT_EQ(p.raft.state(), StateFollower);
    changed += p.raft.randomizedElectionTimeout() != drawn;
  }
  EXPECT_GT(changed, 30) << "one in ten is the same by chance";
}

TEST(Election, ACampaignStartsTheClockAnew) {
  Peer p = peerOf(1, {1, 2, 3});
  p.raft.setRandomizedElectionTimeout(10);
  for (int tick = 0; tick < 9; ++tick) p.raft.tick();
  step(p, hup(1));  // somebody was quicker than the clock
  p.raft.setRandomizedElectionTimeout(10);
  for (int tick = 0; tick < 9; ++tick) p.raft.tick();
  EXPECT_EQ(p.raft.term(), 1u);
  p.raft.tick();
  EXPECT_EQ(p.raft.term(), 2u);
}

TEST(Election, ALeaderThatReturnsCountsItsTicksFromZero) {
  Peer p({.id = 1, .heartbeatTick = 3}, disk({1, 2, 3}));
  for (int round = 0; round < 3; ++round) {
    become(p, StateLeader);
    for (int tick = 0; tick < 2; ++tick) p.raft.tick();
    EXPECT_TRUE(ofType(p.write(), MessageType::MsgHeartbeat).empty());
    become(p, StateFollower);
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

}  // namespace
}  // namespace raft
