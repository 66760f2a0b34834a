#include "raft/raft_of_one.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace {

using base::Errc;
using base::Error;
using raft::Config;
using raft::HardState;
using raft::RawNode;
using raft::Ready;
using raft::SoftState;
using raft::StateType;
using raftpb::Entry;
using raftpb::Message;
using enum raftpb::MessageType;

Entry entry(raft::Term term, raft::Index index, std::string data = "") {
  return {.term = term, .index = index, .data = std::move(data)};
}

Message proposal(std::string data) {
  Message m{.type = MsgProp};
  m.entries.push_back({.data = std::move(data)});
  return m;
}

// Plays the application for one Ready: takes it, does what it asks, reports that.
Ready turn(RawNode& node) {
  const Ready rd = node.readyWithoutAccept();
  node.acceptReady(rd);
  node.advance(rd);
  return rd;
}

void settle(RawNode& node) {
  while (node.hasReady()) turn(node);
}

// A leader with nothing left to do: term 1, its empty entry applied.
RawNode leader(Config config) {
  RawNode node(std::move(config));
  EXPECT_EQ(node.step({.type = MsgHup}), Error());
  settle(node);
  return node;
}

TEST(RaftOfOne, StartsAsAFollowerThatWantsNothing) {
  RawNode node({.id = 1});
  EXPECT_EQ(node.lead(), raft::kNone);
  EXPECT_EQ(node.status(), (raft::Status{.id = 1}));
  EXPECT_FALSE(node.hasReady());
}

TEST(RaftOfOne, TellsAnElectionInThreeReadies) {
  RawNode node({.id = 1});
  EXPECT_EQ(node.step({.type = MsgHup}), Error());

  // The vote is not written yet, so there is no leader yet.
  EXPECT_EQ(turn(node), (Ready{
                            .softState = SoftState{0, StateType::StateCandidate},
                            .hardState = HardState{.term = 1, .vote = 1, .commit = 0},
                            .mustSync = true,
                        }));
  // The leader's empty entry is not written yet, so nothing is committed yet.
  EXPECT_EQ(turn(node), (Ready{
                            .softState = SoftState{1, StateType::StateLeader},
                            .entries = {entry(1, 1)},
                            .mustSync = true,
                        }));
  // A commit index can be learnt again: no need to force the disk for it.
  EXPECT_EQ(turn(node), (Ready{
                            .hardState = HardState{.term = 1, .vote = 1, .commit = 1},
                            .committedEntries = {entry(1, 1)},
                            .mustSync = false,
                        }));
  EXPECT_FALSE(node.hasReady());
  EXPECT_EQ(node.status(), (raft::Status{
                               .id = 1,
                               .hardState = {.term = 1, .vote = 1, .commit = 1},
                               .softState = {1, StateType::StateLeader},
                               .applied = 1,
                           }));
}

TEST(RaftOfOne, TellsAProposalInTwoReadies) {
  RawNode node = leader({.id = 1});
  EXPECT_EQ(node.step(proposal("color=blue")), Error());

  EXPECT_EQ(turn(node),
            (Ready{.entries = {entry(1, 2, "color=blue")}, .mustSync = true}));
  EXPECT_EQ(turn(node), (Ready{
                            .hardState = HardState{.term = 1, .vote = 1, .commit = 2},
                            .committedEntries = {entry(1, 2, "color=blue")},
                        }));
  EXPECT_FALSE(node.hasReady());
}

TEST(RaftOfOne, CommitsOnlyWhatAnAdvancedReadyHeld) {
  RawNode node = leader({.id = 1});
  EXPECT_EQ(node.step(proposal("a")), Error());
  const Ready first = node.readyWithoutAccept();
  node.acceptReady(first);

  // "b" arrives while "a" is being written. It is appended, and waits for its own Ready.
  EXPECT_EQ(node.step(proposal("b")), Error());
  EXPECT_EQ(node.status().hardState.commit, 1u);
  node.advance(first);
  EXPECT_EQ(node.status().hardState.commit, 2u);

  // The next Ready writes the one and applies the other.
  EXPECT_EQ(turn(node), (Ready{
                            .hardState = HardState{.term = 1, .vote = 1, .commit = 2},
                            .entries = {entry(1, 3, "b")},
                            .committedEntries = {entry(1, 2, "a")},
                            .mustSync = true,
                        }));
}

TEST(RaftOfOne, AReadyGrowsUntilItIsAccepted) {
  RawNode node = leader({.id = 1});
  EXPECT_EQ(node.step(proposal("a")), Error());
  EXPECT_EQ(node.readyWithoutAccept().entries.size(), 1u);
  EXPECT_EQ(node.step(proposal("b")), Error());
  EXPECT_EQ(node.readyWithoutAccept().entries.size(), 2u);
}

TEST(RaftOfOne, TakesSeveralEntriesInOneProposal) {
  RawNode node = leader({.id = 1});
  Message both = proposal("a");
  both.entries.push_back({.data = "b"});
  EXPECT_EQ(node.step(both), Error());
  EXPECT_EQ(turn(node).entries, (std::vector<Entry>{entry(1, 2, "a"), entry(1, 3, "b")}));
}

TEST(RaftOfOne, DropsProposalsWhileNobodyLeads) {
  RawNode node({.id = 1});
  EXPECT_EQ(node.step(proposal("too early")), Errc::ProposalDropped);
  EXPECT_EQ(node.step({.type = MsgHup}), Error());
  EXPECT_EQ(node.step(proposal("still only a candidate")), Errc::ProposalDropped);
}

TEST(RaftOfOne, CampaignsWhenItsElectionTimeoutRunsOut) {
  struct Case {
    int electionTick;
    int ticks;
    raft::Term term;  // after so many ticks, with no Ready ever taken
  };
  for (const Case& c : std::vector<Case>{
           {.electionTick = 1, .ticks = 1, .term = 1},
           {.electionTick = 3, .ticks = 2, .term = 0},
           {.electionTick = 3, .ticks = 3, .term = 1},
           {.electionTick = 3, .ticks = 5, .term = 1},
           {.electionTick = 3,
           .ticks = 6,
           .term = 2},  // the vote was never written: again
       }) {
    RawNode node({.id = 1, .electionTick = c.electionTick});
    for (int i = 0; i < c.ticks; ++i) node.tick();
    EXPECT_EQ(node.term(), c.term) << c.electionTick << " " << c.ticks;
    EXPECT_EQ(node.lead(), raft::kNone);
  }
}

TEST(RaftOfOne, AVoteOfAnEarlierTermElectsNobody) {
  RawNode node({.id = 1, .electionTick = 1});
  node.tick();
  const Ready slow = node.readyWithoutAccept();
  node.acceptReady(slow);
  node.tick();  // the disk is slower than the timeout: the node campaigns again, at term
                // 2
  node.advance(slow);
  EXPECT_EQ(node.lead(), raft::kNone);

  EXPECT_EQ(turn(node).hardState, (HardState{.term = 2, .vote = 1, .commit = 0}));
  EXPECT_EQ(node.lead(), 1u);
}

TEST(RaftOfOne, ALeaderNeitherTicksNorCampaigns) {
  RawNode node = leader({.id = 1, .electionTick = 1});
  for (int i = 0; i < 100; ++i) node.tick();
  EXPECT_EQ(node.step({.type = MsgHup}), Error());
  EXPECT_EQ(node.term(), 1u);
  EXPECT_FALSE(node.hasReady());
}

// etcd: increaseUncommittedSize in raft.go.
TEST(RaftOfOne, LimitsTheBytesOfUncommittedProposals) {
  struct Case {
    const char* name;
    std::uint64_t limit;
    std::vector<std::size_t> sizes;  // proposals, one after the other
    Error last;                      // what becomes of the last one
  };
  for (const Case& c : std::vector<Case>{
           {"no limit", 0, {1000, 1000}, {}},
           {"up to the limit", 8, {4, 4}, {}},
           {"one byte above it", 8, {4, 5}, Errc::ProposalDropped},
           {"an empty tail takes any size", 8, {1000}, {}},
           {"but nothing more after that", 8, {1000, 1}, Errc::ProposalDropped},
           {"an empty payload always passes", 8, {1000, 0}, {}},
           {"a refused one leaves no trace", 8, {4, 5, 4}, {}},
       }) {
    RawNode node = leader({.id = 1, .maxUncommittedEntriesSize = c.limit});
    Error last;
    for (const std::size_t size : c.sizes)
      last = node.step(proposal(std::string(size, 'x')));
    EXPECT_EQ(last, c.last) << c.name;
  }
}

TEST(RaftOfOne, MakesRoomWhenEntriesAreAppliedNotWhenTheyAreCommitted) {
  RawNode node = leader({.id = 1, .maxUncommittedEntriesSize = 8});
  EXPECT_EQ(node.step(proposal("12345678")), Error());

  turn(node);  // written, so committed
  EXPECT_EQ(node.status().hardState.commit, 2u);
  EXPECT_EQ(node.step(proposal("x")), Errc::ProposalDropped);

  turn(node);  // applied
  EXPECT_EQ(node.status().applied, 2u);
  EXPECT_EQ(node.step(proposal("x")), Error());
}

TEST(RaftOfOne, IgnoresOtherNodesAndSaysSo) {
  std::vector<std::string> lines;
  RawNode node({.id = 1, .logger = [&](raft::Level, const std::string& line) {
                  lines.push_back(line);
                }});
  EXPECT_EQ(node.step({.type = MsgHeartbeat, .from = 0x2a, .term = 7}), Error());
  EXPECT_EQ(node.term(), 0u);
  EXPECT_EQ(lines, std::vector<std::string>{
                       "1 ignored a MsgHeartbeat from 2a: a raft of one has no peers"});
  EXPECT_TRUE(node.hasProgress(1));
  EXPECT_FALSE(node.hasProgress(0x2a));
}

TEST(RaftOfOne, LogsItsRise) {
  std::vector<std::string> lines;
  leader({.id = 0xcafe, .logger = [&](raft::Level, const std::string& line) {
            lines.push_back(line);
          }});
  EXPECT_EQ(lines, (std::vector<std::string>{"cafe became candidate at term 1",
                                             "cafe became leader at term 1"}));
}

TEST(RaftOfOne, LogsEveryProposalItDrops) {
  std::vector<std::string> lines;
  const auto logger = [&](raft::Level level, const std::string& line) {
    if (level == raft::Level::Warning) lines.push_back(line);
  };
  RawNode node({.id = 1, .maxUncommittedEntriesSize = 1, .logger = logger});
  EXPECT_EQ(node.step(proposal("too early")), Errc::ProposalDropped);
  EXPECT_EQ(node.step({.type = MsgHup}), Error());
  settle(node);
  EXPECT_EQ(node.step(proposal("fills it")), Error());
  EXPECT_EQ(node.step(proposal("too much")), Errc::ProposalDropped);
  EXPECT_EQ(lines, (std::vector<std::string>{
                       "1 drops a proposal: there is no leader",
                       "1 drops a proposal: too much is uncommitted",
                   }));
}

// etcd: MustSync in rawnode.go.
TEST(Ready, MustSyncForEntriesVotesAndTerms) {
  const HardState before{.term = 2, .vote = 1, .commit = 5};
  EXPECT_FALSE(raft::mustSync(before, before, 0));
  EXPECT_FALSE(raft::mustSync({.term = 2, .vote = 1, .commit = 6}, before, 0));
  EXPECT_TRUE(raft::mustSync({.term = 3, .vote = 1, .commit = 5}, before, 0));
  EXPECT_TRUE(raft::mustSync({.term = 2, .vote = 3, .commit = 5}, before, 0));
  EXPECT_TRUE(raft::mustSync(before, before, 1));
}

TEST(Ready, HardStatesAreEqualWhenEveryFieldIs) {
  const HardState state{.term = 1, .vote = 2, .commit = 3};
  EXPECT_EQ(state, (HardState{.term = 1, .vote = 2, .commit = 3}));
  EXPECT_NE(state, (HardState{.term = 9, .vote = 2, .commit = 3}));
  EXPECT_NE(state, (HardState{.term = 1, .vote = 9, .commit = 3}));
  EXPECT_NE(state, (HardState{.term = 1, .vote = 2, .commit = 9}));
}

TEST(Ready, SoftStatesAreEqualWhenEveryFieldIs) {
  const SoftState state{1, StateType::StateLeader};
  EXPECT_EQ(state, (SoftState{1, StateType::StateLeader}));
  EXPECT_NE(state, (SoftState{2, StateType::StateLeader}));
  EXPECT_NE(state, (SoftState{1, StateType::StateFollower}));
}

TEST(RaftOfOneDeathTest, RefusesToBeMisused) {
  EXPECT_DEATH(RawNode({}), "names a node");
  EXPECT_DEATH(RawNode({.id = raft::kLocalAppendThread}), "names a node");
  EXPECT_DEATH(RawNode({.id = 1, .electionTick = 0}), "positive number of ticks");

  RawNode node = leader({.id = 1});
  EXPECT_DEATH(std::ignore = node.step({.type = MsgProp}), "at least one entry");
  EXPECT_DEATH(node.advance({}), "accepted can be advanced");
  node.acceptReady({});
  EXPECT_DEATH(node.acceptReady({}), "one before it was advanced");
}

}  // namespace
