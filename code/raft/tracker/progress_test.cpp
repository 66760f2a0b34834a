// What a leader believes about a follower, and how that changes.
#include "raft/tracker/progress.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "base/random.hpp"

namespace raft::tracker {
namespace {

constexpr bool kVoter = false;
constexpr bool kLearner = true;

// A follower that has `match`, and is asked about next - 1.
Progress probing(Index match, Index next, std::size_t window = 256) {
  Progress progress(next, Inflights(window), kVoter);
  progress.maybeUpdate(match);
  return progress;
}

// A follower that has `match`, and to which everything below `next` is on its way.
Progress replicating(Index match, Index next, std::size_t window = 256) {
  Progress progress = probing(match, match + 1, window);
  progress.becomeReplicate();
  if (next > match + 1) progress.sentEntries(next - match - 1, 0);
  return progress;
}

TEST(Progress, StartsAsAProbeThatKnowsNothing) {
  const Progress progress(5, Inflights(256), kLearner);
  EXPECT_EQ(progress.state(), StateType::StateProbe);
  EXPECT_EQ(progress.match(), 0u);
  EXPECT_EQ(progress.next(), 5u);
  EXPECT_TRUE(progress.isLearner());
  EXPECT_FALSE(progress.isPaused());
  EXPECT_FALSE(progress.recentActive());
}

TEST(Progress, IsWrittenAsEtcdWritesIt) {
  Progress progress(2, Inflights(1), kLearner);
  progress.maybeUpdate(1);
  EXPECT_EQ(toString(progress), "StateProbe match=1 next=2 learner inactive");
  progress.sentEntries(1, 1);
  EXPECT_EQ(toString(progress), "StateProbe match=1 next=2 learner paused inactive");

  progress.becomeReplicate();
  progress.setRecentActive(true);
  EXPECT_EQ(toString(progress), "StateReplicate match=1 next=2 learner");
  progress.sentEntries(1, 1);
  EXPECT_EQ(toString(progress),
            "StateReplicate match=1 next=3 learner paused inflight=1[full]");

  Progress other = replicating(7, 9);
  other.setRecentActive(true);
  EXPECT_EQ(toString(other), "StateReplicate match=7 next=9 inflight=1");

  const ProgressMap map = {{2, other}, {1, progress}};
  EXPECT_EQ(toString(map),
            "1: StateReplicate match=1 next=3 learner paused inflight=1[full]\n"
            "2: StateReplicate match=7 next=9 inflight=1\n");
}

TEST(Progress, AProbeWithEntriesWaitsForItsAnswer) {
  Progress progress = probing(3, 4);
  progress.sentEntries(0, 0);
  EXPECT_FALSE(progress.isPaused()) << "an empty one asks, and commits to nothing";
  progress.sentEntries(2, 100);
  EXPECT_TRUE(progress.isPaused());
  EXPECT_EQ(progress.next(), 4u) << "a probe does not count on being right";
  EXPECT_EQ(progress.inflights().count(), 0u);
  progress.sentEntries(0, 0);
  EXPECT_TRUE(progress.isPaused()) << "an empty one does not end the wait";
}

TEST(Progress, ReplicatingGoesOnBehindWhatWasSent) {
  Progress progress = replicating(3, 4, 2);
  progress.sentEntries(5, 100);
  EXPECT_EQ(progress.next(), 9u);
  EXPECT_EQ(progress.inflights().count(), 1u);
  EXPECT_FALSE(progress.isPaused());

  progress.sentEntries(0, 0);
  EXPECT_EQ(progress.next(), 9u);
  EXPECT_EQ(progress.inflights().count(), 1u) << "an empty one takes no place";
  EXPECT_FALSE(progress.isPaused());

  progress.sentEntries(1, 100);
  EXPECT_EQ(progress.next(), 10u);
  EXPECT_TRUE(progress.isPaused()) << "the window of two is full";
}

TEST(Progress, IsReleasedByNewsByARefusalAndByAHeartbeatsAnswer) {
  Progress news = probing(3, 4);
  news.sentEntries(1, 0);
  EXPECT_TRUE(news.maybeUpdate(4));
  EXPECT_FALSE(news.isPaused());

  Progress refused = probing(3, 6);
  refused.sentEntries(1, 0);
  EXPECT_TRUE(refused.maybeDecrTo(5, 4));
  EXPECT_FALSE(refused.isPaused());

  Progress heard = probing(3, 4);
  heard.sentEntries(1, 0);
  heard.resume();
  EXPECT_FALSE(heard.isPaused());
}

TEST(Progress, AFullWindowOpensWhenSomethingIsAnswered) {
  Progress progress = replicating(3, 4, 1);
  progress.sentEntries(2, 0);
  ASSERT_TRUE(progress.isPaused());
  EXPECT_TRUE(progress.maybeUpdate(5));
  progress.freeInflights(5);
  EXPECT_FALSE(progress.isPaused());
  EXPECT_FALSE(progress.inflights().full());
}

TEST(Progress, BecomingAProbeTakesBackWhatWasSentAhead) {
  Progress progress = replicating(3, 20);
  progress.sentCommit(15);
  ASSERT_FALSE(progress.canBumpCommit(15));

  progress.becomeProbe();
  EXPECT_EQ(progress.state(), StateType::StateProbe);
  EXPECT_EQ(progress.match(), 3u) << "what was acknowledged stays acknowledged";
  EXPECT_EQ(progress.next(), 4u);
  EXPECT_EQ(progress.inflights().count(), 0u);
  EXPECT_FALSE(progress.isPaused());
}

TEST(Progress, BecomingReplicateBeginsBehindTheMatch) {
  Progress progress = probing(3, 9);
  progress.sentEntries(1, 0);
  progress.becomeReplicate();
  EXPECT_EQ(progress.state(), StateType::StateReplicate);
  EXPECT_EQ(progress.match(), 3u);
  EXPECT_EQ(progress.next(), 4u);
  EXPECT_FALSE(progress.isPaused());
}

TEST(Progress, MatchOnlyGrowsAndPushesNext) {
  struct Case {
    Index answered, match, next;
    bool news;
  };
  const Case cases[] = {
      {2, 3, 5, false},  // an old answer
      {3, 3, 5, false},  // the last one again
      {4, 4, 5, true},   // what was on its way
      {5, 5, 6, true},   // more than we had sent: next goes along
      {9, 9, 10, true},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.answered);
    Progress progress = probing(3, 5);
    EXPECT_EQ(progress.maybeUpdate(c.answered), c.news);
    EXPECT_EQ(progress.match(), c.match);
    EXPECT_EQ(progress.next(), c.next);
  }
}

TEST(Progress, ARefusalMovesNextDownOnlyIfItAnswersTheLastProbe) {
  struct Case {
    const char* name;
    Progress progress;
    Index rejected, hint;
    bool moves;
    Index next;
  };
  const Case cases[] = {
      {"replicating: it has that entry", replicating(5, 10), 5, 5, false, 10},
      {"replicating: it had that entry long ago", replicating(5, 10), 4, 4, false, 10},
      {"replicating: begin behind the match", replicating(5, 10), 9, 9, true, 6},
      {"replicating: whatever the hint says", replicating(5, 10), 9, 2, true, 6},
      {"probe: an answer to an older guess", probing(0, 10), 5, 5, false, 10},
      {"probe: an answer to a later guess", probing(0, 10), 12, 12, false, 10},
      {"probe: the hint is no help, one down", probing(0, 10), 9, 9, true, 9},
      {"probe: down to the beginning", probing(0, 2), 1, 1, true, 1},
      {"probe: there is nothing below 1", probing(0, 1), 0, 0, true, 1},
      {"probe: to the hint", probing(0, 10), 9, 2, true, 3},
      {"probe: to the beginning, by the hint", probing(0, 10), 9, 0, true, 1},
      {"probe: not below the match", probing(4, 10), 9, 2, true, 5},
      {"probe: at the match already", probing(4, 5), 4, 0, true, 5},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.name);
    Progress progress = c.progress;
    EXPECT_EQ(progress.maybeDecrTo(c.rejected, c.hint), c.moves);
    EXPECT_EQ(progress.match(), c.progress.match());
    EXPECT_EQ(progress.next(), c.next);
  }
}

TEST(Progress, ACommitIndexIsNewsOnlyAsFarAsTheLogGoes) {
  Progress progress = replicating(3, 6);  // 4 and 5 are on their way
  EXPECT_FALSE(progress.canBumpCommit(0));
  EXPECT_TRUE(progress.canBumpCommit(4));

  progress.sentCommit(4);
  EXPECT_FALSE(progress.canBumpCommit(4)) << "it was told";
  EXPECT_TRUE(progress.canBumpCommit(5));

  progress.sentCommit(8);
  EXPECT_FALSE(progress.canBumpCommit(9)) << "it can't commit what it hasn't got";

  progress.becomeProbe();  // what was in flight may be lost, the commit index as well
  progress.becomeReplicate();
  progress.sentEntries(2, 0);
  EXPECT_TRUE(progress.canBumpCommit(8)) << "it may never have heard of 8";
}

// Whoever refused the message has not heard the commit index in it either.
TEST(Progress, ARefusalTakesBackTheCommitIndexThatWasSent) {
  Progress probed = probing(0, 10);
  probed.sentCommit(9);
  EXPECT_TRUE(probed.maybeDecrTo(9, 2));
  EXPECT_TRUE(probed.maybeUpdate(5));
  EXPECT_TRUE(probed.canBumpCommit(9));

  Progress ahead = replicating(5, 10);
  ahead.sentCommit(9);
  EXPECT_TRUE(ahead.maybeDecrTo(9, 5));
  EXPECT_TRUE(ahead.maybeUpdate(7));
  EXPECT_TRUE(ahead.canBumpCommit(9));
}

// INV-REPLICATION-3
// Whatever is sent, answered, refused and lost, in any order and any number of times.
TEST(Progress, MatchStaysBelowNext) {
  for (std::uint64_t seed = 1; seed <= 50; ++seed) {
    base::Random random(seed);
    Progress progress(1 + random.below(20), Inflights(4, 60), kVoter);
    for (int turn = 0; turn < 1000; ++turn) {
      const Index before = progress.match();
      const Index around =
          progress.next() + 3 - std::min<Index>(progress.next(), random.below(9));
      switch (random.below(7)) {
        case 0: {
          // A full window takes empty messages only, as Raft::maybeSendAppend sends them.
          const std::size_t entries = progress.inflights().full() ? 0 : random.below(4);
          if (!progress.isPaused()) progress.sentEntries(entries, 10 * entries);
          break;
        }
        case 1:
          if (progress.maybeUpdate(around)) progress.freeInflights(around);
          break;
        case 2:
        case 3:
          progress.maybeDecrTo(around,
                               random.below(static_cast<std::uint32_t>(around) + 1));
          break;
        case 4:
          progress.becomeProbe();
          break;
        case 5:
          progress.becomeReplicate();
          break;
        default:
          progress.freeInflights(around);
          break;
      }
      ASSERT_LT(progress.match(), progress.next()) << "seed " << seed << " turn " << turn;
      ASSERT_GE(progress.match(), before) << "what was acknowledged stays acknowledged";
    }
  }
}

}  // namespace
}  // namespace raft::tracker
