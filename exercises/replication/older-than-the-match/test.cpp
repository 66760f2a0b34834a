// Older than the match: refusals that come late, and refusals that don't.
#include <gtest/gtest.h>

#include "raft/replication_test.hpp"

namespace {

using namespace raft;
using namespace raft::test;

// Two MsgApps overtake each other. The refusal of the second is kept back until the
// follower has acknowledged the first and is probed again.
// INV-REPLICATION-3
TEST(LateRefusal, SendsNothingBelowTheMatch) {
  LeadingNode leader({1, 1});
  FollowingNode follower(leader.raft.term(), {1, 1});
  leader.replicate();
  const Message first = pick(leader.propose("a"), MessageType::MsgApp, 2).at(0);
  const Message second = pick(leader.propose("b"), MessageType::MsgApp, 2).at(0);
  const Message refusal = follower.step(second).at(0);
  leader.step(follower.step(first).at(0));
  ASSERT_EQ(leader.of(2).match(), 3u);
  leader.unreachable();

  const auto sent = pick(leader.step(refusal), MessageType::MsgApp, 2);
  EXPECT_GT(leader.of(2).next(), leader.of(2).match())
      << "next went below what it has acknowledged";
  ASSERT_EQ(sent.size(), 1u) << "the follower still lacks entry 4, and is sent nothing";
  EXPECT_EQ(sent[0].index, 3u) << "the leader sends entries that were acknowledged";
}

TEST(LateRefusal, ChangesNothingWhileReplicating) {
  LeadingNode leader({1, 1});
  leader.replicate();
  leader.propose();
  leader.acked(3);
  leader.propose();
  const tracker::Progress before = leader.of(2);
  EXPECT_EQ(appends(leader.refused(2, {.term = 1, .index = 1})), "");
  EXPECT_EQ(leader.of(2), before) << "it has entry 2: this refusal is an old one";
}

// And one that is not late: the leader must believe it, also when something matches.
TEST(ARefusal, StillMovesTheProbeDown) {
  LeadingNode leader({1, 1, 1, 1, 1, 1});
  leader.acked(2);
  leader.unreachable();
  EXPECT_EQ(leader.of(2).next(), 3u);

  LeadingNode fresh({1, 1, 1, 1, 1, 1});
  EXPECT_EQ(appends(fresh.refused(6, {.term = 1, .index = 4})), "5-6");
  EXPECT_EQ(fresh.of(2).next(), 5u) << "the hint says where to ask next";
}

TEST(ARefusal, IsBelievedWhenSomethingMatches) {
  tracker::Progress progress(7, tracker::Inflights(8), false);
  progress.maybeUpdate(2);
  EXPECT_TRUE(progress.maybeDecrTo(6, 4));
  EXPECT_EQ(progress.next(), 5u);
}

}  // namespace
