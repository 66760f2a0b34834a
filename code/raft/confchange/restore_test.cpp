#include "raft/confchange/restore.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "base/random.hpp"
#include "raftpb/describe.hpp"

namespace {

using raft::NodeId;
using raft::confchange::Changer;
using raft::confchange::Members;
using raft::confchange::restore;
using raft::tracker::confStateFrom;
using raftpb::ConfState;

const Changer kNobody = {{}, 20, raft::tracker::Inflights(10, 0)};

std::string restored(const ConfState& state) {
  const auto members = restore(kNobody, state);
  return members ? toString(members->config) : members.error().message();
}

TEST(Restore, LeadsToTheStateItIsGiven) {
  EXPECT_EQ(restored({}), "voters=()");
  EXPECT_EQ(restored({.voters = {1, 2, 3}}), "voters=(1 2 3)");
  EXPECT_EQ(restored({.voters = {1}, .learners = {2, 3}}), "voters=(1) learners=(2 3)");
  EXPECT_EQ(restored({.voters = {1, 2, 3},
                      .learners = {5},
                      .votersOutgoing = {1, 2, 4, 6},
                      .learnersNext = {4},
                      .autoLeave = true}),
            "voters=(1 2 3)&&(1 2 4 6) learners=(5) learners_next=(4) autoleave");
}

TEST(Restore, RefusesAStateThatNoStepsLeadTo) {
  EXPECT_EQ(restored({.learners = {1}}), "removed all voters");
  EXPECT_EQ(restored({.votersOutgoing = {1, 2}}), "removed all voters");
}

TEST(Restore, EverybodyIsNew) {
  const auto members = restore(kNobody, {.voters = {1, 2}, .learners = {3}});
  ASSERT_TRUE(members);
  ASSERT_EQ(members->progress.size(), 3U);
  for (const auto& [id, progress] : members->progress) {
    EXPECT_EQ(progress.next(), 20U) << id;
    EXPECT_EQ(progress.isLearner(), id == 3) << id;
  }
}

// A state as it can arise: learners are no voters, and learners to be are outgoing
// voters that are not incoming ones.
ConfState anyState(base::Random& random) {
  ConfState state;
  const bool isJoint = random.below(2) == 1;
  for (NodeId id = 1; id <= 9; ++id) {
    const bool incoming = id == 1 || random.below(2) == 1;
    const bool outgoing = isJoint && (id == 2 || random.below(2) == 1);
    if (incoming) state.voters.push_back(id);
    if (outgoing) state.votersOutgoing.push_back(id);
    if (incoming || random.below(2) == 0) continue;
    (outgoing ? state.learnersNext : state.learners).push_back(id);
  }
  state.autoLeave = isJoint && random.below(2) == 1;
  return state;
}

TEST(RestoreProperty, AConfStateComesBack) {
  for (std::uint64_t seed = 0; seed < 1000; ++seed) {
    base::Random random(seed);
    const ConfState state = anyState(random);
    const auto members = restore(kNobody, state);
    ASSERT_TRUE(members) << members.error().message();
    ASSERT_EQ(confStateFrom(members->config), state)
        << "seed " << seed << ": " << raftpb::describeConfState(state);
  }
}

}  // namespace
