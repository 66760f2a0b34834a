// What a node believes that it can't check: docs/reference/what-the-core-trusts.
#include <gtest/gtest.h>

#include <limits>

#include "raft/rawnode_test.hpp"

namespace raft::test {
namespace {

using enum raftpb::MessageType;

constexpr auto kMost = std::numeric_limits<std::uint64_t>::max();

// Node 1 of three, follower of 2 in term 1, with one committed entry.
Application followerOfThree() {
  Application app({.id = 1}, disk({1, 2, 3}));
  std::ignore = app.node->step({.type = MsgApp,
                                .to = 1,
                                .from = 2,
                                .term = 1,
                                .entries = {entry(1, 1)},
                                .commit = 1});
  app.settle();
  return app;
}

Index committed(const Application& app) {
  return app.node->status().hardState.commit;
}

TEST(Trust, AForgedVoteElects) {
  Application app({.id = 1}, disk({1, 2, 3}));
  std::ignore = app.node->campaign();
  app.settle();
  std::ignore = app.node->step({.type = MsgVoteResp, .to = 1, .from = 2, .term = 1});
  EXPECT_EQ(app.node->lead(), 1u) << "whoever sent it";
}

TEST(Trust, AForgedAcknowledgementCommits) {
  Application app = leaderOfThree();
  std::ignore = app.node->propose("a");
  app.settle();
  ASSERT_EQ(committed(app), 0u);
  std::ignore = app.node->step(acknowledges(3, 2));
  EXPECT_EQ(committed(app), 2u) << "and nobody else may have it";
}

TEST(Trust, AnAcknowledgementOfWhatNobodyHasCommitsNothing) {
  for (const Index index : {Index{3}, Index{1} << 32U, kMost - 1, kMost}) {
    Application app = leaderOfThree();
    std::ignore = app.node->step(acknowledges(3, index));
    app.settle();
    EXPECT_EQ(committed(app), 1u) << "as far as our own log goes";
  }
}

TEST(Trust, NoHintLeadsAstray) {
  for (const Index hint : {Index{0}, Index{7}, kMost}) {
    for (const Term term : {Term{0}, Term{1}, kMost}) {
      Application app = leaderOfThree();
      std::ignore = app.node->step({.type = MsgAppResp,
                                    .to = 1,
                                    .from = 3,
                                    .term = 1,
                                    .logTerm = term,
                                    .index = 0,
                                    .reject = true,
                                    .rejectHint = hint});
      EXPECT_EQ(app.node->progress().at(3).match(), 0u);
      EXPECT_EQ(app.node->progress().at(3).next(), 1u);
    }
  }
}

TEST(Trust, ACommitIndexIsFollowedAsFarAsTheMessageProves) {
  Application app = followerOfThree();
  std::ignore = app.node->step({.type = MsgApp,
                                .to = 1,
                                .from = 2,
                                .term = 1,
                                .logTerm = 1,
                                .index = 1,
                                .entries = {entry(1, 2)},
                                .commit = kMost});
  EXPECT_EQ(committed(app), 2u);
}

TEST(TrustDeathTest, AHeartbeatThatCommitsTooMuchStopsTheNode) {
  Application app = followerOfThree();
  EXPECT_DEATH(std::ignore = app.node->step(
                   {.type = MsgHeartbeat, .to = 1, .from = 2, .term = 1, .commit = 2}),
               "nothing is committed that is not in the log");
}

// A message that begins before it is answered, and not looked at.
TEST(Trust, WhatIsCommittedNoMessageReplaces) {
  for (Index before = 0; before < 3; ++before) {
    Application app({.id = 1}, disk({1, 2, 3}, logOf({1, 1, 1}),
                                    {.term = 1, .vote = 0, .commit = 2}));
    Message m{.type = MsgApp, .to = 1, .from = 3, .term = 5};
    m.index = before;
    m.logTerm = before == 0 ? 0 : 1;
    for (Index i = before + 1; i <= 3; ++i) m.entries.push_back(entry(5, i));
    EXPECT_FALSE(app.node->step(m));
    app.settle();
    EXPECT_EQ(app.storage->term(1), Result<Term>(1));
    EXPECT_EQ(app.storage->term(2), Result<Term>(1));
    EXPECT_EQ(app.storage->term(3), Result<Term>(before < 2 ? 1 : 5));
  }
}

// Terms can be used up, by one message.
TEST(TrustDeathTest, NobodyCampaignsAfterTheLastTerm) {
  Application app({.id = 1}, disk({1, 2, 3}));
  std::ignore = app.node->step({.type = MsgHeartbeat, .to = 1, .from = 2, .term = kMost});
  EXPECT_EQ(app.node->term(), kMost);
  EXPECT_DEATH(std::ignore = app.node->campaign(), "says for which term");
}

}  // namespace
}  // namespace raft::test
