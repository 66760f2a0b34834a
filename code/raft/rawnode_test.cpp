#include "raft/rawnode_test.hpp"

#include <gtest/gtest.h>

#include "base/random.hpp"

namespace raft::test {
namespace {

using base::Errc;
using enum raftpb::MessageType;

TEST(RawNode, StartsAsAFollowerThatWantsNothing) {
  Application app({.id = 1});
  EXPECT_EQ(app.node->lead(), kNone);
  EXPECT_EQ(app.node->status(), (Status{.id = 1}));
  EXPECT_FALSE(app.node->hasReady());
}

// INV-READY-2
TEST(RawNode, TellsAnElectionInThreeReadies) {
  Application app({.id = 1});
  EXPECT_EQ(app.node->campaign(), Error());

  // The vote is not written yet, so there is no leader yet.
  EXPECT_EQ(app.turn(), (Ready{
                            .softState = SoftState{0, StateType::StateCandidate},
                            .hardState = HardState{.term = 1, .vote = 1, .commit = 0},
                            .mustSync = true,
                        }));
  // The leader's empty entry is not written yet, so nothing is committed yet.
  EXPECT_EQ(app.turn(), (Ready{
                            .softState = SoftState{1, StateType::StateLeader},
                            .entries = {entry(1, 1)},
                            .mustSync = true,
                        }));
  // A commit index can be learnt again: no need to force the disk for it.
  EXPECT_EQ(app.turn(), (Ready{
                            .hardState = HardState{.term = 1, .vote = 1, .commit = 1},
                            .committedEntries = {entry(1, 1)},
                            .mustSync = false,
                        }));
  EXPECT_FALSE(app.node->hasReady());
  EXPECT_EQ(app.node->status(), (Status{
                                    .id = 1,
                                    .hardState = {.term = 1, .vote = 1, .commit = 1},
                                    .softState = {1, StateType::StateLeader},
                                    .applied = 1,
                                }));
}

TEST(RawNode, TellsAProposalInTwoReadies) {
  Application app = leaderAlone();
  EXPECT_EQ(app.node->propose("color=blue"), Error());

  EXPECT_EQ(app.turn(),
            (Ready{.entries = {entry(1, 2, "color=blue")}, .mustSync = true}));
  EXPECT_EQ(app.turn(), (Ready{
                            .hardState = HardState{.term = 1, .vote = 1, .commit = 2},
                            .committedEntries = {entry(1, 2, "color=blue")},
                        }));
  EXPECT_FALSE(app.node->hasReady());
}

// etcd#14370: a client was told "done", and the entry was on no disk.
// INV-READY-2
TEST(RawNode, ASingleNodeCommitsNothingThatIsNotWritten) {
  Application app = leaderAlone();
  EXPECT_EQ(app.node->propose("a"), Error());
  const Ready first = app.node->ready();
  EXPECT_TRUE(first.committedEntries.empty());

  // "b" arrives while "a" is being written. It is appended, and waits for its own Ready.
  EXPECT_EQ(app.node->propose("b"), Error());
  EXPECT_EQ(app.node->status().hardState.commit, 1u);
  app.write(first);
  app.node->advance(first);
  EXPECT_EQ(app.node->status().hardState.commit, 2u);

  // The next Ready writes the one and applies the other.
  EXPECT_EQ(app.turn(), (Ready{
                            .hardState = HardState{.term = 1, .vote = 1, .commit = 2},
                            .entries = {entry(1, 3, "b")},
                            .committedEntries = {entry(1, 2, "a")},
                            .mustSync = true,
                        }));
}

TEST(RawNode, AReadyGrowsUntilItIsAccepted) {
  Application app = leaderAlone();
  EXPECT_EQ(app.node->propose("a"), Error());
  EXPECT_EQ(app.node->readyWithoutAccept().entries.size(), 1u);
  EXPECT_EQ(app.node->propose("b"), Error());
  EXPECT_EQ(app.node->readyWithoutAccept().entries.size(), 2u);
}

TEST(RawNode, TakesSeveralEntriesInOneProposal) {
  Application app = leaderAlone();
  Message both = proposal("a");
  both.entries.push_back({.data = "b"});
  EXPECT_EQ(app.node->step(both), Error());
  EXPECT_EQ(app.turn().entries, (std::vector<Entry>{entry(1, 2, "a"), entry(1, 3, "b")}));
}

// INV-READY-3
TEST(RawNode, WhatComesInWhileAReadyIsOutIsInTheNextAndNothingIsSaidTwice) {
  Application app = leaderOfThree();
  EXPECT_EQ(app.node->propose("a"), Error());
  std::ignore = app.node->step(acknowledges(2, 1));  // 2 has the empty entry
  const Ready first = app.node->ready();
  EXPECT_EQ(first.entries, std::vector<Entry>{entry(1, 2, "a")});
  EXPECT_FALSE(first.messages.empty());
  EXPECT_FALSE(app.node->hasReady());

  EXPECT_EQ(app.node->propose("b"), Error());
  const Ready offered = app.node->readyWithoutAccept();
  EXPECT_EQ(offered.entries, std::vector<Entry>{entry(1, 3, "b")});
  EXPECT_FALSE(offered.softState);
  EXPECT_FALSE(offered.hardState);
  for (const Message& m : offered.messages) {
    EXPECT_EQ(std::count(first.messages.begin(), first.messages.end(), m), 0);
  }
  app.write(first);
  app.node->advance(first);
  EXPECT_EQ(app.turn().entries, std::vector<Entry>{entry(1, 3, "b")});
}

// etcd: TestRawNodeConsumeReady. A message that comes between accept and advance stays.
// INV-READY-3
TEST(RawNode, ReadyTakesTheMessagesAndAdvanceLosesNone) {
  Application app = leaderOfThree();
  EXPECT_EQ(app.node->propose("a"), Error());
  std::ignore = app.node->step(acknowledges(2, 1));
  const auto looked = app.node->readyWithoutAccept().messages;
  EXPECT_EQ(app.node->readyWithoutAccept().messages, looked) << "looking takes nothing";
  const Ready first = app.node->ready();
  EXPECT_EQ(first.messages, looked);
  EXPECT_TRUE(app.node->readyWithoutAccept().messages.empty());

  std::ignore = app.node->stepInside({.type = MsgBeat, .from = 1});
  app.write(first);
  app.node->advance(first);
  std::size_t heartbeats = 0;
  for (const Message& m : app.turn().messages) heartbeats += m.type == MsgHeartbeat;
  EXPECT_EQ(heartbeats, 2u);
}

// INV-READY-1
TEST(RawNode, AnAnswerComesOutWithTheEntriesThatItPromises) {
  Application app({.id = 1}, disk({1, 2, 3}));
  Message append{.type = MsgApp, .to = 1, .from = 2, .term = 1};
  append.entries = {entry(1, 1, "a"), entry(1, 2, "b")};
  EXPECT_EQ(app.node->step(append), Error());
  EXPECT_EQ(
      app.turn(),
      (Ready{
          .softState = SoftState{2, StateType::StateFollower},
          .hardState = HardState{.term = 1},
          .entries = {entry(1, 1, "a"), entry(1, 2, "b")},
          .messages = {{.type = MsgAppResp, .to = 2, .from = 1, .term = 1, .index = 2}},
          .mustSync = true,
      }));
}

// INV-READY-1
TEST(RawNode, AVoteComesOutWithTheHardStateThatItPromises) {
  Application app({.id = 1}, disk({1, 2, 3}));
  EXPECT_EQ(app.node->step({.type = MsgVote, .to = 1, .from = 3, .term = 4}), Error());
  EXPECT_EQ(app.turn(),
            (Ready{
                .hardState = HardState{.term = 4, .vote = 3},
                .messages = {{.type = MsgVoteResp, .to = 3, .from = 1, .term = 4}},
                .mustSync = true,
            }));
}

TEST(RawNode, AFollowersReadyMayWriteAndApplyTheSameEntry) {
  Application app({.id = 1}, disk({1, 2, 3}));
  Message append{.type = MsgApp, .to = 1, .from = 2, .term = 1, .commit = 1};
  append.entries = {entry(1, 1, "a")};
  EXPECT_EQ(app.node->step(append), Error());
  const Ready rd = app.turn();
  EXPECT_EQ(rd.entries, std::vector<Entry>{entry(1, 1, "a")});
  EXPECT_EQ(rd.committedEntries, rd.entries);
  EXPECT_TRUE(rd.mustSync);
  EXPECT_EQ(app.node->status().applied, 1u);
}

TEST(RawNode, AProposalOnAFollowerGoesToItsLeader) {
  Application app({.id = 1}, disk({1, 2, 3}));
  EXPECT_EQ(app.node->propose("early"), Errc::ProposalDropped);
  std::ignore = app.node->step({.type = MsgHeartbeat, .to = 1, .from = 2, .term = 1});
  app.settle();
  EXPECT_EQ(app.node->propose("a"), Error());
  const Ready rd = app.turn();
  ASSERT_EQ(rd.messages.size(), 1u);
  EXPECT_EQ(rd.messages[0].type, MsgProp);
  EXPECT_EQ(rd.messages[0].to, 2u);
  EXPECT_TRUE(rd.entries.empty());
}

// etcd: TestRawNodeStep.
TEST(RawNode, LetsInNoLocalMessageAndNoStrangersAnswer) {
  for (int number = 0; number <= 23; ++number) {
    const auto type = static_cast<raftpb::MessageType>(number);
    Application app({.id = 1}, disk({1, 2, 3}));
    const Error stranger = app.node->step({.type = type, .to = 1, .from = 9, .term = 1});
    if (isLocalMsg(type)) {
      EXPECT_EQ(stranger, Errc::StepLocalMsg) << name(type);
      EXPECT_EQ(app.node->term(), 0u) << name(type);
    } else if (isResponseMsg(type)) {
      EXPECT_EQ(stranger, Errc::StepPeerNotFound) << name(type);
      EXPECT_EQ(app.node->term(), 0u) << name(type);
      EXPECT_EQ(app.node->step({.type = type, .to = 1, .from = 2, .term = 1}), Error())
          << name(type);
    }
  }
}

// etcd: TestRawNodeStatus.
TEST(RawNode, OnlyALeaderKnowsTheOthersProgress) {
  Application app({.id = 1}, disk({1, 2, 3}));
  EXPECT_TRUE(app.node->progress().empty());
  EXPECT_TRUE(app.node->hasProgress(3));
  EXPECT_FALSE(app.node->hasProgress(4));
  EXPECT_EQ(toString(app.node->members()), "voters=(1 2 3)");

  Application leader = leaderOfThree();
  ASSERT_EQ(leader.node->progress().size(), 3u);
  std::ignore = leader.node->step(acknowledges(2, 1));
  EXPECT_EQ(leader.node->progress().at(2).match(), 1u);
  EXPECT_EQ(leader.node->progress().at(3).match(), 0u);
  EXPECT_EQ(leader.node->status().softState, (SoftState{1, StateType::StateLeader}));

  leader.node->reportUnreachable(2);
  EXPECT_EQ(leader.node->progress().at(2).state(), tracker::StateType::StateProbe);
}

TEST(RawNode, ADiskSlowerThanTheTimeoutElectsNobody) {
  Application app({.id = 1});
  EXPECT_EQ(app.node->campaign(), Error());
  const Ready slow = app.node->ready();
  app.node->setRandomizedElectionTimeout(1);
  app.node->tick();  // campaigns again, at term 2, while term 1 is being written
  app.write(slow);
  app.node->advance(slow);
  EXPECT_EQ(app.node->lead(), kNone);

  EXPECT_EQ(app.turn().hardState, (HardState{.term = 2, .vote = 1, .commit = 0}));
  EXPECT_EQ(app.node->lead(), 1u);
}

// INV-READY-2
TEST(RawNode, ATermThatEndedWhileTheDiskWroteMakesTheOldPromisesHarmless) {
  std::vector<std::string> lines;
  Application app = leaderOfThree(
      {.logger = [&](Level, const std::string& line) { lines.push_back(line); }});
  EXPECT_EQ(app.node->propose("ours"), Error());
  const Ready out = app.node->ready();

  // A new leader has replaced entry 2 before the write of ours is reported.
  Message append{.type = MsgApp, .to = 1, .from = 3, .term = 2, .logTerm = 1, .index = 1};
  append.entries = {entry(2, 2, "theirs")};
  EXPECT_EQ(app.node->step(append), Error());
  app.write(out);
  lines.clear();
  app.node->advance(out);
  EXPECT_EQ(app.node->lead(), 3u);
  EXPECT_EQ(app.node->status().hardState.commit, 0u);
  EXPECT_EQ(lines.back(),
            "1 [term: 2] ignored entry appends from a MsgStorageAppendResp message with "
            "lower term [term: 1]");

  EXPECT_EQ(app.turn().entries, std::vector<Entry>{entry(2, 2, "theirs")});
  EXPECT_EQ((*app.storage->entries(2, 3, kNoLimit))[0], entry(2, 2, "theirs"));
}

// Two nodes are told the same in the same order. One hands its Readies out whole, the
// other in two calls.
// INV-READY-3
TEST(RawNode, ReadyIsTheSameAsLookingAndAccepting) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    base::Random random(seed);
    Application whole({.id = 1}, disk({1, 2, 3}));
    Application halves({.id = 1}, disk({1, 2, 3}));
    for (int i = 0; i < 200; ++i) {
      const Term now = whole.node->term();
      const Term term = now == 0 || random.below(20) == 0 ? now + 1 : now;
      const auto types =
          std::vector{MsgVote, MsgVoteResp, MsgAppResp, MsgHeartbeat, MsgApp};
      Message m{.type = types[random.below(5)], .to = 1, .from = 2, .term = term};
      const bool leads = whole.node->lead() == 1 && term == whole.node->term();
      if (m.type == MsgAppResp) m.index = leads ? 1 : 0;
      if (leads && (m.type == MsgApp || m.type == MsgHeartbeat)) m.type = MsgVote;
      const auto act = [&](RawNode& node, int what) {
        if (what == 0) std::ignore = node.campaign();
        if (what == 1) std::ignore = node.propose("x");
        if (what >= 2) std::ignore = node.step(m);
      };
      const int what = static_cast<int>(random.below(5));
      act(*whole.node, what);
      act(*halves.node, what);

      const bool due = whole.node->hasReady();
      EXPECT_EQ(due, halves.node->readyWithoutAccept() != Ready()) << "seed " << seed;
      if (!due) continue;
      const Ready looked = halves.node->readyWithoutAccept();
      halves.node->acceptReady(looked);
      const Ready rd = whole.node->ready();
      ASSERT_EQ(rd, looked) << "seed " << seed;
      whole.write(rd);
      halves.write(rd);
      whole.node->advance(rd);
      halves.node->advance(looked);
      ASSERT_EQ(whole.node->status(), halves.node->status()) << "seed " << seed;
    }
  }
}

TEST(RawNodeDeathTest, RefusesToBeMisused) {
  EXPECT_DEATH(Application({}), "cannot use none as id");
  EXPECT_DEATH(Application({.id = 1, .electionTick = 0}), "election tick");
  EXPECT_DEATH(RawNode({.id = 1}), "storage");

  Application app = leaderAlone();
  EXPECT_DEATH(std::ignore = app.node->step({.type = MsgProp}), "at least one entry");
  EXPECT_DEATH(app.node->advance({}), "accepted can be advanced");
  app.node->acceptReady({});
  EXPECT_DEATH(app.node->acceptReady({}), "one before it was advanced");
}

}  // namespace
}  // namespace raft::test
