#include "raft/confchange/confchange.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "base/random.hpp"

namespace {

using base::Errc;
using raft::NodeId;
using raft::confchange::Changer;
using raft::confchange::Changes;
using raft::confchange::Members;
using raft::confchange::symmetricDifference;
using raftpb::ConfChangeType;
using enum raftpb::ConfChangeType;

constexpr raft::Index kLastIndex = 12;

Changer changerOf(const Members& members) {
  return {members, kLastIndex, raft::tracker::Inflights(10, 0)};
}

// Every change as a step of its own.
Members stepwise(Members members, const Changes& changes) {
  for (const auto& change : changes) {
    const auto next = changerOf(members).simple({change});
    EXPECT_TRUE(next) << next.error().message();
    if (next) members = *next;
  }
  return members;
}

Members withVoters(std::initializer_list<NodeId> ids) {
  Changes changes;
  for (const NodeId id : ids) changes.push_back({ConfChangeAddNode, id});
  return stepwise({}, changes);
}

std::string text(const Members& members) {
  return toString(members.config);
}

TEST(Changer, ChangesNothingItself) {
  const Changer changer = changerOf(withVoters({1, 2}));
  const Members before = changer.members;
  ASSERT_TRUE(changer.simple({{ConfChangeAddNode, 3}}));
  ASSERT_FALSE(changer.simple({{ConfChangeAddNode, 3}, {ConfChangeAddNode, 4}}));
  ASSERT_TRUE(changer.enterJoint(true, {{ConfChangeRemoveNode, 1}}));
  EXPECT_EQ(changer.members, before);
}

TEST(Changer, WhoeverIsNewIsProbedFromTheEndOfTheLogAndCountsAsActive) {
  const Members members = withVoters({1});
  const auto& progress = members.progress.at(1);
  EXPECT_EQ(progress.match(), 0U);
  EXPECT_EQ(progress.next(), kLastIndex);
  EXPECT_EQ(progress.state(), raft::tracker::StateType::StateProbe);
  EXPECT_TRUE(progress.recentActive());
  EXPECT_FALSE(progress.inflights().full());
}

TEST(Changer, WhatIsKnownAboutAMemberIsKept) {
  Members members = withVoters({1, 2, 3});
  members.progress.at(2).maybeUpdate(9);
  const auto joint = changerOf(members).enterJoint(
      false, {{ConfChangeAddLearnerNode, 2}, {ConfChangeAddNode, 4}});
  ASSERT_TRUE(joint);
  EXPECT_EQ(joint->progress.at(2).match(), 9U);
  const auto left = changerOf(*joint).leaveJoint();
  ASSERT_TRUE(left);
  EXPECT_EQ(left->progress.at(2).match(), 9U);
  EXPECT_TRUE(left->progress.at(2).isLearner());
}

TEST(Changer, RefusesWhatIsNotSafe) {
  const Changer none = changerOf({});
  EXPECT_EQ(none.enterJoint(true, {}).error(), Errc::ZeroVoterJoint);
  EXPECT_EQ(none.simple({}).error(), Errc::RemovedAllVoters);
  EXPECT_EQ(none.leaveJoint().error(), Errc::NotJoint);

  const Changer three = changerOf(withVoters({1, 2, 3}));
  const Changes two = {{ConfChangeAddNode, 4}, {ConfChangeRemoveNode, 1}};
  EXPECT_EQ(three.simple(two).error(), Errc::MoreThanOneVoterChanged);
  EXPECT_EQ(three.leaveJoint().error(), Errc::NotJoint);

  const Changer joint = changerOf(*three.enterJoint(false, two));
  EXPECT_EQ(text(joint.members), "voters=(2 3 4)&&(1 2 3)");
  EXPECT_EQ(joint.enterJoint(false, {}).error(), Errc::AlreadyJoint);
  EXPECT_EQ(joint.simple({}).error(), Errc::SimpleInJoint);
}

TEST(Changer, ASymmetricDifferenceCountsBothSides) {
  EXPECT_EQ(symmetricDifference({1, 2, 3}, {1, 2, 3}), 0U);
  EXPECT_EQ(symmetricDifference({1, 2, 3}, {1, 2}), 1U);
  EXPECT_EQ(symmetricDifference({1, 2, 3}, {1, 2, 4}), 2U);
  EXPECT_EQ(symmetricDifference({}, {5, 6}), 2U);
}

TEST(CheckInvariantsDeathTest, StopsWhereAConfigurationContradictsItself) {
  using raft::confchange::checkInvariants;
  Members missing = withVoters({1, 2});
  missing.progress.erase(2);
  EXPECT_DEATH(checkInvariants(missing), "every voter has a Progress");

  Members twice = withVoters({1, 2});
  twice.config.learners.insert(2);
  EXPECT_DEATH(checkInvariants(twice), "a learner is no voter");

  Members unmarked = stepwise(withVoters({1}), {{ConfChangeAddLearnerNode, 2}});
  unmarked.progress.at(2).setLearner(false);
  EXPECT_DEATH(checkInvariants(unmarked), "a learner's Progress says so");

  Members early = withVoters({1, 2});
  early.config.learnersNext.insert(2);
  EXPECT_DEATH(checkInvariants(early), "whoever is to be a learner is an outgoing voter");

  Members left = withVoters({1, 2});
  left.config.autoLeave = true;
  EXPECT_DEATH(checkInvariants(left), "there is nothing to leave");
}

ConfChangeType anyType(base::Random& random) {
  constexpr ConfChangeType kTypes[] = {ConfChangeAddNode, ConfChangeRemoveNode,
                                       ConfChangeAddLearnerNode, ConfChangeUpdateNode};
  return kTypes[random.below(4)];
}

// Changes of the nodes 2 to 7. Node 1 is left in peace, so there is always a voter.
Changes anyChanges(base::Random& random, std::uint32_t atMost) {
  Changes changes(random.below(atMost + 1));
  for (auto& change : changes) change = {anyType(random), 2 + random.below(6)};
  return changes;
}

// A joint change comes to the same as its parts, made one by one.
TEST(ChangerProperty, SimpleChangesAreJointChanges) {
  for (std::uint64_t seed = 0; seed < 1000; ++seed) {
    base::Random random(seed);
    const Members start = stepwise(withVoters({1}), anyChanges(random, 6));
    const Changes changes = anyChanges(random, 9);

    const bool autoLeave = random.below(2) == 1;
    const auto joint = changerOf(start).enterJoint(autoLeave, changes);
    ASSERT_TRUE(joint) << "seed " << seed;
    EXPECT_EQ(joint->config.autoLeave, autoLeave);
    EXPECT_EQ(joint->config.voters.outgoing, start.config.voters.incoming);
    const auto after = changerOf(*joint).leaveJoint();
    ASSERT_TRUE(after) << "seed " << seed;
    EXPECT_EQ(*after, stepwise(start, changes))
        << "seed " << seed << ": " << text(*after);
  }
}

// Any majority before a simple change and any after it share a voter. (How many voters
// one needs is enough to know: two sets are disjoint only if both fit side by side.)
TEST(ChangerProperty, MajoritiesBeforeAndAfterASimpleChangeShareAVoter) {
  for (std::uint64_t seed = 0; seed < 1000; ++seed) {
    base::Random random(seed);
    const Members start = stepwise(withVoters({1}), anyChanges(random, 8));
    const auto next = changerOf(start).simple(anyChanges(random, 2));
    if (!next) continue;
    const auto& before = start.config.voters.incoming;
    const auto& after = next->config.voters.incoming;
    const raft::quorum::JointConfig both = {before, after};
    const std::size_t needed = before.size() / 2 + 1 + after.size() / 2 + 1;
    EXPECT_GT(needed, both.ids().size()) << toString(both);
  }
}

}  // namespace
