// What is written, what is applied, and what may pile up in between.
#include <gtest/gtest.h>

#include "raft/rawnode_test.hpp"
#include "raft/replication_test.hpp"

namespace raft::test {
namespace {

using base::Errc;
using enum raftpb::MessageType;

Message written(const Raft& raft, EntryId last) {
  return {.type = MsgStorageAppendResp,
          .to = raft.id(),
          .from = kLocalAppendThread,
          .term = raft.term(),
          .logTerm = last.term,
          .index = last.index};
}

// Node 1 of three, which has taken entries 1 and 2 of term 1 from node 2.
Raft follower() {
  Config config{.id = 1};
  config.storage = disk({1, 2, 3});
  Raft raft(config);
  Message append{.type = MsgApp, .to = 1, .from = 2, .term = 1};
  append.entries = {entry(1, 1), entry(1, 2)};
  std::ignore = raft.step(append);
  raft.raftLog().acceptUnstable();
  return raft;
}

// INV-READY-1
TEST(RaftStorage, AFollowersAnswerWaitsUntilItsEntriesAreWritten) {
  Raft raft = follower();
  EXPECT_TRUE(raft.msgs().empty()) << "the answer may not leave at once";
  ASSERT_EQ(raft.msgsAfterAppend().size(), 1u);
  EXPECT_EQ(raft.msgsAfterAppend()[0].type, MsgAppResp);
  EXPECT_EQ(raft.msgsAfterAppend()[0].index, 2u);
}

TEST(RaftStorage, WhatIsWrittenLeavesTheUnstableLog) {
  Raft raft = follower();
  EXPECT_TRUE(raft.raftLog().hasNextOrInProgressUnstableEnts());
  EXPECT_EQ(raft.step(written(raft, {})), Error()) << "a write without entries";
  EXPECT_TRUE(raft.raftLog().hasNextOrInProgressUnstableEnts());
  EXPECT_EQ(raft.step(written(raft, {.term = 1, .index = 2})), Error());
  EXPECT_FALSE(raft.raftLog().hasNextOrInProgressUnstableEnts());
}

TEST(RaftStorage, AReportOfAnOlderTermIsIgnored) {
  Raft raft = follower();
  const Message late = written(raft, {.term = 1, .index = 2});
  std::ignore = raft.step({.type = MsgHeartbeat, .to = 1, .from = 3, .term = 2});
  EXPECT_EQ(raft.step(late), Error());
  EXPECT_TRUE(raft.raftLog().hasNextOrInProgressUnstableEnts());
  // The next report speaks for all.
  EXPECT_EQ(raft.step(written(raft, {.term = 1, .index = 2})), Error());
  EXPECT_FALSE(raft.raftLog().hasNextOrInProgressUnstableEnts());
}

TEST(RaftStorage, AReportAboutAnEntryThatWasReplacedIsIgnored) {
  Raft raft = follower();
  Message append{.type = MsgApp, .to = 1, .from = 3, .term = 2, .logTerm = 1, .index = 1};
  append.entries = {entry(2, 2)};
  std::ignore = raft.step(append);
  EXPECT_EQ(raft.step(written(raft, {.term = 1, .index = 2})), Error());
  EXPECT_EQ(raft.raftLog().nextUnstableEnts(), std::vector<Entry>{entry(2, 2)});
}

// etcd: TestUncommittedEntryLimit, TestRawNodeBoundedLogGrowthWithPartition.
TEST(RawNode, UncommittedProposalsAreBounded) {
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
           {"nothing under way takes any size", 8, {1000}, {}},
           {"but nothing more after that", 8, {1000, 1}, Errc::ProposalDropped},
           {"an empty payload always passes", 8, {1000, 0}, {}},
           {"a refused one leaves no trace", 8, {4, 5, 4}, {}},
       }) {
    Application app = leaderOfThree({.maxUncommittedEntriesSize = c.limit});
    Error last;
    for (const std::size_t size : c.sizes) {
      last = app.node->propose(std::string(size, 'x'));
      app.settle();  // written here, acknowledged by nobody
    }
    EXPECT_EQ(last, c.last) << c.name;
  }
}

TEST(RawNode, RoomIsMadeWhenEntriesAreAppliedNotWhenTheyAreCommitted) {
  std::vector<std::string> warnings;
  Application app = leaderAlone({.maxUncommittedEntriesSize = 8,
                                 .logger = [&](Level level, const std::string& line) {
                                   if (level == Level::Warning) warnings.push_back(line);
                                 }});
  EXPECT_EQ(app.node->propose("12345678"), Error());

  app.turn();  // written, so committed
  EXPECT_EQ(app.node->status().hardState.commit, 2u);
  EXPECT_EQ(app.node->propose("x"), Errc::ProposalDropped);
  EXPECT_EQ(warnings, std::vector<std::string>{
                          "1 appending new entries to log would exceed uncommitted entry "
                          "size limit; dropping proposal"});

  app.turn();  // applied
  EXPECT_EQ(app.node->status().applied, 2u);
  EXPECT_EQ(app.node->propose("x"), Error());
}

// The limit counts bytes of data. On the wire each entry takes more.
TEST(RawNode, AppliedEntriesFreeTheBytesThatTheyWereCountedWith) {
  Application app =
      leaderAlone({.maxCommittedSizePerReady = 1, .maxUncommittedEntriesSize = 8});
  EXPECT_EQ(app.node->propose("1234"), Error());
  EXPECT_EQ(app.node->propose("5678"), Error());
  app.turn();  // both are written, and committed
  app.turn();  // one is applied
  ASSERT_EQ(app.node->status().applied, 2u);
  EXPECT_EQ(app.node->propose("12345"), Errc::ProposalDropped) << "four are free";
  EXPECT_EQ(app.node->propose("1234"), Error());
}

// The proposals of a leadership that is lost are somebody else's to count.
TEST(RawNode, ALeaderThatReturnsCountsFromZero) {
  Application app = leaderOfThree({.maxUncommittedEntriesSize = 8});
  EXPECT_EQ(app.node->propose("12345678"), Error());
  app.settle();
  EXPECT_EQ(app.node->propose("x"), Errc::ProposalDropped);
  std::ignore = app.node->step({.type = MsgHeartbeat, .to = 1, .from = 2, .term = 2});
  app.settle();
  std::ignore = app.node->campaign();
  app.settle();
  std::ignore = app.node->step({.type = MsgVoteResp, .to = 1, .from = 3, .term = 3});
  app.settle();
  ASSERT_EQ(app.node->lead(), 1u);
  EXPECT_EQ(app.node->propose("12345678"), Error());
}

// A leader that takes over counts its own proposals only: what was there before it may be
// larger than the limit, and must not make it count below zero when it is applied.
TEST(RawNode, ANewLeaderCountsFromZero) {
  Application app({.id = 1, .maxUncommittedEntriesSize = 8}, disk({1, 2, 3}));
  Message append{.type = MsgApp, .to = 1, .from = 2, .term = 1};
  append.entries = {entry(1, 1, std::string(100, 'x'))};
  std::ignore = app.node->step(append);
  app.settle();
  std::ignore = app.node->campaign();
  app.settle();
  std::ignore = app.node->step({.type = MsgVoteResp, .to = 1, .from = 3, .term = 2});
  app.settle();
  EXPECT_EQ(app.node->propose("12345678"), Error());
  EXPECT_EQ(app.node->propose("x"), Errc::ProposalDropped);
  app.settle();
  std::ignore = app.node->step(acknowledges(3, 2, 2));  // its empty entry, and entry 1
  app.settle();
  EXPECT_EQ(app.node->status().applied, 2u);
  EXPECT_EQ(app.node->propose("12345678"), Error()) << "the rest was taken back to zero";
}

// etcd: MustSync in rawnode.go.
TEST(MustSync, ForEntriesVotesAndTerms) {
  const HardState before{.term = 2, .vote = 1, .commit = 5};
  EXPECT_FALSE(mustSync(before, before, 0));
  EXPECT_FALSE(mustSync({.term = 2, .vote = 1, .commit = 6}, before, 0));
  EXPECT_TRUE(mustSync({.term = 3, .vote = 1, .commit = 5}, before, 0));
  EXPECT_TRUE(mustSync({.term = 2, .vote = 3, .commit = 5}, before, 0));
  EXPECT_TRUE(mustSync(before, before, 1));
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

// A Ready and a Status are compared whole by whoever tests a node.
TEST(Ready, IsEqualWhenEveryFieldIs) {
  using Change = void (*)(Ready&);
  const Change changes[] = {
      [](Ready& rd) { rd.softState = SoftState(); },
      [](Ready& rd) { rd.hardState = HardState(); },
      [](Ready& rd) { rd.entries = {Entry()}; },
      [](Ready& rd) { rd.committedEntries = {Entry()}; },
      [](Ready& rd) { rd.messages = {Message()}; },
      [](Ready& rd) { rd.mustSync = true; },
  };
  EXPECT_EQ(Ready(), Ready());
  for (const Change change : changes) {
    Ready changed;
    change(changed);
    EXPECT_NE(changed, Ready());
  }
}

TEST(Status, IsEqualWhenEveryFieldIs) {
  const Status status{.id = 1, .hardState = {.term = 2}, .softState = {3}, .applied = 4};
  EXPECT_EQ(status, Status(status));
  EXPECT_NE(status, (Status{2, {.term = 2}, {3}, 4}));
  EXPECT_NE(status, (Status{1, {.term = 3}, {3}, 4}));
  EXPECT_NE(status, (Status{1, {.term = 2}, {4}, 4}));
  EXPECT_NE(status, (Status{1, {.term = 2}, {3}, 5}));
}

}  // namespace
}  // namespace raft::test
