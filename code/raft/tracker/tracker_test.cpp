// Members, and the count of their votes.
#include "raft/tracker/tracker.hpp"

#include <gtest/gtest.h>

namespace raft::tracker {
namespace {

using quorum::VoteResult;
using Ids = std::vector<NodeId>;

ProgressTracker of(Ids voters, Ids outgoing = {}, Ids learners = {}) {
  ProgressTracker trk;
  trk.config =
      configFrom({.voters = voters, .learners = learners, .votersOutgoing = outgoing});
  return trk;
}

TEST(Tracker, KnowsVotersOfBothHalvesAndLearners) {
  const ProgressTracker trk = of({1, 2, 3}, {3, 4}, {7});
  for (const NodeId id : {1u, 2u, 3u, 4u, 7u}) EXPECT_TRUE(trk.isMember(id)) << id;
  EXPECT_FALSE(trk.isMember(5));
  EXPECT_TRUE(trk.isLearner(7));
  EXPECT_FALSE(trk.isLearner(4));
}

TEST(Tracker, ListsIdsAscendingAndOnce) {
  const ProgressTracker trk = of({9, 1, 5}, {5, 2}, {7, 3});
  EXPECT_EQ(trk.voterNodes(), (Ids{1, 2, 5, 9}));
  EXPECT_EQ(trk.memberNodes(), (Ids{1, 2, 3, 5, 7, 9}));
}

TEST(Tracker, TheFirstAnswerOfAVoterStands) {
  ProgressTracker trk = of({1, 2, 3});
  trk.recordVote(2, true);
  trk.recordVote(2, false);
  EXPECT_EQ(trk.tallyVotes().granted, 1);
  EXPECT_EQ(trk.tallyVotes().rejected, 0);
}

TEST(Tracker, CountsUntilTheElectionIsDecided) {
  ProgressTracker trk = of({1, 2, 3, 4, 5});
  trk.recordVote(1, true);
  trk.recordVote(2, false);
  trk.recordVote(3, true);
  EXPECT_EQ(trk.tallyVotes().result, VoteResult::VotePending);
  EXPECT_EQ(trk.tallyVotes().granted, 2);
  EXPECT_EQ(trk.tallyVotes().rejected, 1);
  trk.recordVote(4, true);
  EXPECT_EQ(trk.tallyVotes().result, VoteResult::VoteWon);
}

TEST(Tracker, AnElectionIsLostWhenAMajorityCannotBeReached) {
  ProgressTracker trk = of({1, 2, 3, 4});
  trk.recordVote(1, true);
  trk.recordVote(2, false);
  EXPECT_EQ(trk.tallyVotes().result, VoteResult::VotePending);
  trk.recordVote(3, false);
  EXPECT_EQ(trk.tallyVotes().result, VoteResult::VoteLost)
      << "two of four are no majority";
}

TEST(Tracker, LearnersAndStrangersDoNotCount) {
  ProgressTracker trk = of({1, 2, 3}, {}, {4});
  trk.recordVote(1, true);
  trk.recordVote(4, true);
  trk.recordVote(9, true);
  const Tally tally = trk.tallyVotes();
  EXPECT_EQ(tally.granted, 1);
  EXPECT_EQ(tally.result, VoteResult::VotePending);
}

TEST(Tracker, WhileMembersChangeBothHalvesMustAgree) {
  ProgressTracker trk = of({1, 2, 3}, {3, 4, 5});
  for (const NodeId id : {1u, 2u, 3u}) trk.recordVote(id, true);
  EXPECT_EQ(trk.tallyVotes().result, VoteResult::VotePending);
  trk.recordVote(4, true);
  EXPECT_EQ(trk.tallyVotes().result, VoteResult::VoteWon);
}

TEST(Tracker, ANewElectionBeginsWithoutVotes) {
  ProgressTracker trk = of({1, 2, 3});
  trk.recordVote(1, true);
  trk.resetVotes();
  EXPECT_EQ(trk.tallyVotes().granted, 0);
  trk.recordVote(1, false);
  EXPECT_EQ(trk.tallyVotes().rejected, 1);
}

TEST(TrackerConfig, ReadsWhatItWrites) {
  const raftpb::ConfState state{.voters = {1, 2, 10},
                                .learners = {4},
                                .votersOutgoing = {1, 2, 3},
                                .learnersNext = {3},
                                .autoLeave = true};
  EXPECT_EQ(confStateFrom(configFrom(state)), state);
}

TEST(TrackerConfig, MentionsOnlyWhatIsThere) {
  EXPECT_EQ(toString(configFrom({.voters = {1, 2, 10}})), "voters=(1 2 a)");
  EXPECT_EQ(toString(configFrom({.voters = {1}, .learners = {2, 3}})),
            "voters=(1) learners=(2 3)");
  EXPECT_EQ(toString(configFrom({.voters = {1, 2},
                                 .votersOutgoing = {1, 3},
                                 .learnersNext = {3},
                                 .autoLeave = true})),
            "voters=(1 2)&&(1 3) learners_next=(3) autoleave");
}

}  // namespace
}  // namespace raft::tracker
