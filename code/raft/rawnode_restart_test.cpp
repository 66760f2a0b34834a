// The first start of a node, and every other.
#include <gtest/gtest.h>

#include "raft/rawnode_test.hpp"
#include "raftpb/codec.hpp"
#include "raftpb/conf_change.hpp"
#include "raftpb/size.hpp"

namespace raft::test {
namespace {

using enum raftpb::MessageType;
using raftpb::EntryType;

// etcd: TestRawNodeStart, TestNodeStart.
TEST(Bootstrap, BeginsWithACommittedEntryForEachPeer) {
  const std::vector<raft::Peer> peers = {{1, "a"}, {2, "b"}, {3}};
  for (const NodeId id : {1u, 2u, 3u}) {
    Application app({.id = id}, disk({}));
    app.node->bootstrap(peers);
    const Ready first = app.turn();

    EXPECT_EQ(first, (Ready{.hardState = HardState{.term = 1, .vote = 0, .commit = 3},
                            .entries = bootstrapEntries(peers),
                            .committedEntries = bootstrapEntries(peers),
                            .mustSync = true}));
    EXPECT_FALSE(app.node->hasReady());
    EXPECT_EQ(toString(app.node->members()), "voters=(1 2 3)");
  }
}

TEST(Bootstrap, AnEntryOfTheFirstLogNamesItsPeer) {
  const auto entries = bootstrapEntries({{7, "an address"}, {9}});
  ASSERT_EQ(entries.size(), 2u);
  EXPECT_EQ(entries[1].index, 2u);
  EXPECT_EQ(entries[1].term, 1u);
  EXPECT_EQ(entries[0].type, EntryType::EntryConfChange);
  raftpb::ConfChange change;
  ASSERT_FALSE(unmarshal(entries[0].data, change));
  EXPECT_EQ(change.type, raftpb::ConfChangeType::ConfChangeAddNode);
  EXPECT_EQ(change.nodeId, 7u);
  EXPECT_EQ(change.context, "an address");
}

TEST(Bootstrap, ThenElectsAndCommits) {
  Application app({.id = 1}, disk({}));
  app.node->bootstrap({{1}});
  app.settle();
  EXPECT_EQ(app.node->campaign(), Error());
  app.settle();
  EXPECT_EQ(app.node->term(), 2u);
  EXPECT_EQ(app.node->propose("a"), Error());
  app.settle();
  ASSERT_EQ(app.applied.size(), 3u);
  EXPECT_EQ(app.applied[2], entry(2, 3, "a"));
}

// Until its changes are applied a node may count members that there are no more, or miss
// some. etcd: TestConfChangeCheckBeforeCampaign.
TEST(Bootstrap, ThenCampaignsOnlyWhenItsEntriesAreApplied) {
  std::string lines;
  const auto warnings = [&](Level level, const std::string& line) {
    if (level == Level::Warning) lines += line + "\n";
  };
  Application app({.id = 1, .logger = warnings}, disk({}));
  app.node->bootstrap({{1}, {2}, {3}});
  for (int tick = 0; tick < 25; ++tick) app.node->tick();
  std::ignore = app.node->campaign();
  EXPECT_EQ(app.node->term(), 1u);
  EXPECT_EQ(app.node->status().softState.raftState, StateType::StateFollower);
  EXPECT_NE(lines.find("1 cannot campaign at term 1 since there are still pending "
                       "configuration changes to apply\n"),
            std::string::npos)
      << lines;

  const Ready rd = app.node->ready();
  app.write(rd);
  std::ignore = app.node->campaign();
  EXPECT_EQ(app.node->term(), 1u) << "they are handed out, not applied";
  app.node->advance(rd);
  std::ignore = app.node->campaign();
  EXPECT_EQ(app.node->term(), 2u);
}

// The change may stand on any page of what is not applied yet, and of any type.
TEST(RawNode, AChangeThatIsNotAppliedForbidsToCampaign) {
  for (const EntryType type : {EntryType::EntryNormal, EntryType::EntryConfChange,
                               EntryType::EntryConfChangeV2}) {
    for (Index place = 1; place <= 5; ++place) {
      for (const std::uint64_t page : {0u, 1u, 1000u}) {
        auto log = logOf({1, 1, 1, 1, 1});
        log[place - 1].type = type;
        Application app({.id = 1, .applied = 2, .maxSizePerMsg = page},
                        disk({1, 2, 3}, log, {.term = 1, .commit = 4}));
        std::ignore = app.node->campaign();
        const bool pending = type != EntryType::EntryNormal && place > 2 && place < 5;
        EXPECT_EQ(app.node->term(), pending ? 1u : 2u) << place << ", page " << page;
      }
    }
  }
}

TEST(Bootstrap, AChangeOfNobodyChangesNothing) {
  Application app({.id = 1}, disk({}));
  app.node->bootstrap({{1}, {0}});
  EXPECT_EQ(toString(app.node->members()), "voters=(1)");
  app.settle();
  std::ignore = app.node->campaign();
  app.settle();
  EXPECT_EQ(app.node->lead(), 1u);
  EXPECT_EQ(app.applied.size(), 3u) << "its entry is in the log all the same";
}

TEST(Bootstrap, SurvivesACrashOfItsFirstDay) {
  Application app({.id = 1}, disk({1, 2}));
  app.node->bootstrap({{1}, {2}});
  app.turn();
  app.restartWith(2);
  EXPECT_EQ(
      app.node->status(),
      (Status{.id = 1, .hardState = {.term = 1, .vote = 0, .commit = 2}, .applied = 2}));
  EXPECT_FALSE(app.node->hasReady());
}

// The entries of the first log change the members, and nobody carries them out yet. So
// the second start finds the members where somebody has written them, or none.
TEST(Bootstrap, ARestartKnowsNoMembersThatItsStorageDoesNotName) {
  for (const bool written : {false, true}) {
    Application app({.id = 1}, disk({}));
    app.node->bootstrap({{1}});
    app.settle();
    if (written) app.storage->setConfState({.voters = {1}});
    app.restart();
    app.settle();  // the first log is applied once more
    EXPECT_EQ(toString(app.node->members()), written ? "voters=(1)" : "voters=()");
    EXPECT_EQ(app.node->campaign(), Error());
    app.settle();
    EXPECT_EQ(app.node->lead(), written ? 1u : kNone);
  }
}

TEST(BootstrapDeathTest, IsForAClusterThatBegins) {
  Application empty({.id = 1}, disk({}));
  EXPECT_DEATH(empty.node->bootstrap({}), "at least one peer");
  Application old({.id = 1}, disk({1}, logOf({1}), {.term = 1, .commit = 1}));
  EXPECT_DEATH(old.node->bootstrap({{1}}), "begins with an empty log");
}

TEST(RestartDeathTest, MembersThatNoChangeLeadsToStopTheRestart) {
  EXPECT_DEATH(Application({.id = 1}, disk({0, 1})), "can have the members it has");
}

// etcd: TestRawNodeRestart. What is saved is no news; what is not applied is.
// INV-READY-4
TEST(RawNode, ARestartHandsOutWhatWasNotApplied) {
  const HardState saved{.term = 2, .vote = 1, .commit = 3};
  for (const Index applied : {0u, 1u, 2u, 3u}) {
    Application app({.id = 1, .applied = applied}, disk({1}, logOf({1, 1, 2, 2}), saved));
    EXPECT_EQ(app.node->status().hardState, saved);
    EXPECT_EQ(app.node->hasReady(), applied < 3);
    if (applied == 3) continue;
    Ready expected;
    for (Index i = applied + 1; i <= 3; ++i) {
      expected.committedEntries.push_back(entry(i == 3 ? 2 : 1, i));
    }
    EXPECT_EQ(app.turn(), expected) << "applied " << applied;
    EXPECT_FALSE(app.node->hasReady());
    EXPECT_EQ(app.node->status().applied, 3u);
  }
}

TEST(RawNode, AVoteThatWasGivenIsWrittenAndReadBack) {
  Application app({.id = 1}, disk({1, 2, 3}, logOf({1}), {.term = 1}));
  // Node 2's log is too short. We enter term 2 and vote for nobody.
  std::ignore = app.node->step({.type = MsgVote, .to = 1, .from = 2, .term = 2});
  app.settle();
  std::ignore = app.node->step(
      {.type = MsgVote, .to = 1, .from = 3, .term = 2, .logTerm = 1, .index = 1});
  EXPECT_FALSE(app.settle().back().messages.back().reject);

  app.restart();
  EXPECT_EQ(app.node->status().hardState, (HardState{.term = 2, .vote = 3}));
  std::ignore = app.node->step(
      {.type = MsgVote, .to = 1, .from = 2, .term = 2, .logTerm = 1, .index = 1});
  EXPECT_TRUE(app.settle().back().messages.back().reject) << "a second vote in term 2";
  std::ignore = app.node->step(
      {.type = MsgVote, .to = 1, .from = 3, .term = 2, .logTerm = 1, .index = 1});
  EXPECT_FALSE(app.settle().back().messages.back().reject) << "the same vote again";
}

TEST(RawNode, AVoteThatWasNotWrittenWasNeverSaid) {
  Application app({.id = 1}, disk({1, 2, 3}));
  std::ignore = app.node->step({.type = MsgVote, .to = 1, .from = 2, .term = 1});
  const Ready lost = app.node->ready();  // the application dies before the write
  app.restart();
  std::ignore = app.node->step({.type = MsgVote, .to = 1, .from = 3, .term = 1});
  const Ready rd = app.turn();
  ASSERT_EQ(rd.messages.size(), 1u);
  EXPECT_FALSE(rd.messages[0].reject);
  EXPECT_EQ(rd.messages[0].to, 3u);
}

TEST(RawNode, ACandidatesOwnVoteSurvivesACrash) {
  Application app({.id = 1}, disk({1, 2, 3}));
  std::ignore = app.node->campaign();
  app.settle();
  app.restart();
  std::ignore = app.node->step({.type = MsgVote, .to = 1, .from = 2, .term = 1});
  EXPECT_TRUE(app.settle().back().messages.back().reject);
}

// A log of ten on the disk, all of it committed, and Readies for two entries at most.
// INV-READY-4
TEST(RawNode, CommittedEntriesComeInPiecesWithoutAGap) {
  const auto log = logOf(std::vector<Term>(10, 1));
  const std::uint64_t size = raftpb::entryEncodingSize(log[0]);
  Application app({.id = 1, .maxCommittedSizePerReady = 2 * size},
                  disk({1}, log, {.term = 1, .commit = 10}));
  int readies = 0;
  while (app.node->hasReady() && readies < 20) {
    const Ready rd = app.turn();
    ++readies;
    EXPECT_LE(rd.committedEntries.size(), 2u);
    EXPECT_FALSE(rd.hardState) << "the commit index does not move";
    EXPECT_FALSE(rd.mustSync);
  }
  EXPECT_EQ(readies, 5);
  EXPECT_EQ(app.applied, log);
  EXPECT_EQ(app.node->status().applied, 10u);
}

// A storage that does not look at the limit.
class Generous final : public Storage {
 public:
  explicit Generous(std::shared_ptr<MemoryStorage> below) : below_(std::move(below)) {}
  InitialState initialState() const override { return below_->initialState(); }
  Result<raftpb::Entries> entries(Index lo, Index hi, std::uint64_t) const override {
    return below_->entries(lo, hi, kNoLimit);
  }
  Result<Term> term(Index i) const override { return below_->term(i); }
  Index lastIndex() const override { return below_->lastIndex(); }
  Index firstIndex() const override { return below_->firstIndex(); }
  Result<raftpb::Snapshot> snapshot() const override { return below_->snapshot(); }

 private:
  std::shared_ptr<MemoryStorage> below_;
};

// etcd#10063. Who hands out more than was asked for must not make Raft forget the rest,
// nor take the commit index back. etcd: TestRawNodeCommitPaginationAfterRestart.
// INV-READY-4
TEST(RawNode, AStorageThatIgnoresTheLimitLeavesNoGap) {
  const auto log = logOf(std::vector<Term>(11, 1));
  const std::uint64_t size = raftpb::entryEncodingSize(log[0]);
  for (std::uint64_t fit = 1; fit <= 11; ++fit) {
    RawNode node({.id = 1,
                  .storage = std::make_shared<Generous>(
                      disk({1, 2}, log, {.term = 1, .vote = 1, .commit = 10})),
                  .maxCommittedSizePerReady = fit * size - 1});
    std::vector<Entry> applied;
    for (int readies = 0; applied.size() < 11; ++readies) {
      ASSERT_LT(readies, 40) << "stopped after " << applied.size() << ", limit " << fit;
      const Ready rd = node.ready();
      if (rd.hardState) {
        EXPECT_GE(rd.hardState->commit, 10u);
      }
      for (const Entry& e : rd.committedEntries) {
        ASSERT_EQ(e.index, applied.size() + 1) << "limit " << fit;
        applied.push_back(e);
      }
      node.advance(rd);
      std::ignore =
          node.step({.type = MsgHeartbeat, .to = 1, .from = 2, .term = 1, .commit = 11});
    }
  }
}

TEST(RestartDeathTest, ACommitIndexBehindTheLogStopsTheRestart) {
  EXPECT_DEATH(Application({.id = 1}, disk({1}, logOf({1}), {.term = 1, .commit = 2})),
               "commit index that was saved lies in the log that was saved");
}

// etcd#7899: applied was saved with the data, and the commit index was lost.
TEST(RestartDeathTest, AppliedBehindTheSavedCommitIndexStopsTheRestart) {
  EXPECT_DEATH(Application({.id = 1, .applied = 2},
                           disk({1}, logOf({1, 1}), {.term = 1, .commit = 1})),
               "nothing is applied that is not committed");
}

}  // namespace
}  // namespace raft::test
