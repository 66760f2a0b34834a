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
  const ProgressTracker trk = of({1, 2, 3});
  Votes votes;
  votes.record(2, true);
  votes.record(2, false);
  EXPECT_EQ(trk.tally(votes).granted, 1);
  EXPECT_EQ(trk.tally(votes).rejected, 0);
}

TEST(Tracker, CountsUntilTheElectionIsDecided) {
  const ProgressTracker trk = of({1, 2, 3, 4, 5});
  Votes votes;
  votes.record(1, true);
  votes.record(2, false);
  votes.record(3, true);
  EXPECT_EQ(trk.tally(votes).result, VoteResult::VotePending);
  EXPECT_EQ(trk.tally(votes).granted, 2);
  EXPECT_EQ(trk.tally(votes).rejected, 1);
  votes.record(4, true);
  EXPECT_EQ(trk.tally(votes).result, VoteResult::VoteWon);
}

TEST(Tracker, AnElectionIsLostWhenAMajorityCannotBeReached) {
  const ProgressTracker trk = of({1, 2, 3, 4});
  Votes votes;
  votes.record(1, true);
  votes.record(2, false);
  EXPECT_EQ(trk.tally(votes).result, VoteResult::VotePending);
  votes.record(3, false);
  EXPECT_EQ(trk.tally(votes).result, VoteResult::VoteLost)
      << "two of four are no majority";
}

TEST(Tracker, LearnersAndStrangersDoNotCount) {
  const ProgressTracker trk = of({1, 2, 3}, {}, {4});
  Votes votes;
  votes.record(1, true);
  votes.record(4, true);
  votes.record(9, true);
  const Tally tally = trk.tally(votes);
  EXPECT_EQ(tally.granted, 1);
  EXPECT_EQ(tally.result, VoteResult::VotePending);
}

TEST(Tracker, WhileMembersChangeBothHalvesMustAgree) {
  const ProgressTracker trk = of({1, 2, 3}, {3, 4, 5});
  Votes votes;
  for (const NodeId id : {1u, 2u, 3u}) votes.record(id, true);
  EXPECT_EQ(trk.tally(votes).result, VoteResult::VotePending);
  votes.record(4, true);
  EXPECT_EQ(trk.tally(votes).result, VoteResult::VoteWon);
}

TEST(TrackerConfig, ReadsWhatItWrites) {
  const raftpb::ConfState state{.voters = {1, 2, 10},
                                .learners = {4},
                                .votersOutgoing = {1, 2, 3},
                                .learnersNext = {3},
                                .autoLeave = true};
  EXPECT_EQ(confStateFrom(configFrom(state)), state);
}

// What confchange could never have led to. etcd: assertConfStatesEquivalent stops it.
TEST(TrackerConfig, IsOnlyWhatChangesCanLeadTo) {
  struct Case {
    const char* name;
    raftpb::ConfState members;
    bool sound;
  };
  const Case cases[] = {
      {"nobody yet", {}, true},
      {"voters", {.voters = {1, 2}}, true},
      {"and learners", {.voters = {1, 2}, .learners = {3}}, true},
      {"a joint change",
       {.voters = {1, 2}, .learners = {4}, .votersOutgoing = {1, 3}, .learnersNext = {3}},
       true},
      {"that ends by itself",
       {.voters = {1}, .votersOutgoing = {1, 3}, .autoLeave = true},
       true},
      {"a voter is nobody", {.voters = {0, 1}}, false},
      {"a learner is nobody", {.voters = {1}, .learners = {0}}, false},
      {"who leaves is nobody", {.voters = {1}, .votersOutgoing = {0, 1}}, false},
      {"a voter and a learner", {.voters = {1, 2}, .learners = {2}}, false},
      {"leaving and a learner",
       {.voters = {1}, .learners = {2}, .votersOutgoing = {1, 2}},
       false},
      {"learners alone", {.learners = {1}}, false},
      {"all leave", {.votersOutgoing = {1}}, false},
      {"an end to no change", {.voters = {1}, .autoLeave = true}, false},
      {"a learner to be that never voted",
       {.voters = {1}, .votersOutgoing = {1, 2}, .learnersNext = {3}},
       false},
      {"a learner to be that goes on voting",
       {.voters = {1, 2}, .votersOutgoing = {1, 2}, .learnersNext = {2}},
       false},
      {"a learner to be, and no change", {.voters = {1}, .learnersNext = {2}}, false},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(isSound(configFrom(c.members)), c.sound) << c.name;
  }
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
