#include "raft/quorum/majority.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "raft/quorum/answers_test.hpp"

namespace {

using raft::Index;
using raft::NodeId;
using raft::quorum::heldByMajority;
using raft::quorum::kEverything;
using raft::quorum::MajorityConfig;
using raft::quorum::VoteResult;
using raft::quorum::test::Acks;
using raft::quorum::test::in;
using raft::quorum::test::Votes;
using enum raft::quorum::VoteResult;

TEST(MajorityConfig, KeepsItsVotersAscendingAndOnce) {
  MajorityConfig voters = {3, 1, 2, 3};
  EXPECT_EQ(voters.ids(), (std::vector<NodeId>{1, 2, 3}));
  voters.insert(2);
  voters.insert(0x10);
  voters.insert(4);
  EXPECT_EQ(voters.ids(), (std::vector<NodeId>{1, 2, 3, 4, 0x10}));
  voters.erase(5);
  voters.erase(1);
  EXPECT_EQ(voters.ids(), (std::vector<NodeId>{2, 3, 4, 0x10}));
  EXPECT_TRUE(voters.contains(2));
  EXPECT_FALSE(voters.contains(1));
  EXPECT_EQ(voters, MajorityConfig({0x10, 4, 3, 2}));
}

TEST(MajorityConfig, PrintsItsVotersInHexadecimal) {
  EXPECT_EQ(toString(MajorityConfig()), "()");
  EXPECT_EQ(toString(MajorityConfig{7}), "(7)");
  EXPECT_EQ(toString(MajorityConfig{255, 1, 16}), "(1 10 ff)");
}

// INV-QUORUM-1
TEST(MajorityConfig, AnIndexIsCommittedWhenMoreThanHalfHoldIt) {
  struct Row {
    Acks acks;
    Index committed;
  };
  const Row rows[] = {
      {{{1, 9}}, 9},
      {{{1, 9}, {2, 7}}, 7},  // two of two
      {{{1, 9}, {2, 7}, {3, 6}}, 7},
      {{{1, 9}, {2, 7}, {3, 6}, {4, 4}}, 6},  // three of four, not two
      {{{1, 9}, {2, 7}, {3, 6}, {4, 4}, {5, 2}}, 6},
      {{{1, 9}, {2, 9}, {3, 6}, {4, 4}, {5, 2}}, 6},
      {{{1, 9}, {2, 9}, {3, 9}, {4, 0}, {5, 0}}, 9},
  };
  for (const Row& row : rows) {
    std::vector<NodeId> ids;
    for (const auto& [id, index] : row.acks) ids.push_back(id);
    const MajorityConfig voters(ids);
    EXPECT_EQ(voters.committedIndex(in(row.acks)), row.committed)
        << describe(voters, in(row.acks));
  }
}

TEST(MajorityConfig, AVoterNotHeardFromCountsAsHoldingNothing) {
  const MajorityConfig voters = {1, 2, 3};
  EXPECT_EQ(voters.committedIndex(in(Acks{{1, 12}})), 0U);
  EXPECT_EQ(voters.committedIndex(in(Acks{{1, 12}, {3, 5}})), 5U);
}

TEST(MajorityConfig, AcknowledgementsOfStrangersDoNotCount) {
  const MajorityConfig voters = {1, 2, 3};
  EXPECT_EQ(voters.committedIndex(in(Acks{{1, 12}, {4, 12}, {5, 12}})), 0U);
  EXPECT_EQ(voters.voteResult(in(Votes{{4, true}, {5, true}})), VotePending);
}

TEST(MajorityConfig, AnswersMayBePlainIndexes) {
  const MajorityConfig voters = {1, 2, 3};
  EXPECT_EQ(voters.committedIndex([](NodeId id) { return Index{10} * id; }), 20U);
}

// INV-QUORUM-4
TEST(MajorityConfig, AnEmptySetAgreesWithEverything) {
  EXPECT_EQ(MajorityConfig().committedIndex(in(Acks{})), kEverything);
  EXPECT_EQ(MajorityConfig().voteResult(in(Votes{})), VoteWon);
}

// Up to seven voters are counted on the stack, eight and more are not.
TEST(MajorityConfig, CountsAnyNumberOfVoters) {
  for (std::size_t voters = 1; voters <= 40; ++voters) {
    std::vector<NodeId> ids(voters);
    std::iota(ids.begin(), ids.end(), NodeId{1});
    const MajorityConfig config(ids);
    const Index held = config.committedIndex([](NodeId id) { return Index{10} * id; });
    EXPECT_EQ(held, 10 * (voters - voters / 2)) << voters << " voters";
  }
}

TEST(HeldByMajority, DoesNotDependOnTheOrder) {
  std::vector<Index> match(7);
  std::iota(match.begin(), match.end(), Index{1});
  do {
    std::vector<Index> copy = match;
    ASSERT_EQ(heldByMajority(copy), 4U);
  } while (std::next_permutation(match.begin(), match.end()));
}

TEST(HeldByMajorityDeathTest, HasNoMiddleWithoutVoters) {
  EXPECT_DEATH(heldByMajority({}), "no voters have no middle");
}

TEST(VoteResult, IsWonByMoreThanHalfAndLostWhenThatIsOutOfReach) {
  struct Row {
    std::size_t voters, yes, missing;
    VoteResult result;
  };
  const Row rows[] = {
      {1, 0, 1, VotePending}, {1, 1, 0, VoteWon},     {1, 0, 0, VoteLost},
      {2, 1, 1, VotePending}, {2, 1, 0, VoteLost},    {2, 2, 0, VoteWon},
      {3, 1, 1, VotePending}, {3, 1, 0, VoteLost},    {3, 2, 1, VoteWon},
      {4, 2, 1, VotePending}, {4, 2, 0, VoteLost},    {4, 3, 0, VoteWon},
      {5, 2, 1, VotePending}, {5, 0, 3, VotePending}, {5, 0, 2, VoteLost},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(raft::quorum::voteResult(row.voters, row.yes, row.missing), row.result)
        << row.voters << " voters, " << row.yes << " yes, " << row.missing << " missing";
  }
}

TEST(Describe, ShowsHowManyVotersEachIsAheadOf) {
  EXPECT_EQ(describe(MajorityConfig{1, 2, 3, 0xa}, in(Acks{{1, 100}, {2, 7}, {10, 100}})),
            "        idx\n"
            "xx>     100    (id=1)\n"
            "x>        7    (id=2)\n"
            "?         0    (id=3)\n"
            "xx>     100    (id=a)\n");
  EXPECT_EQ(describe(MajorityConfig{}, in(Acks{})), "<empty majority quorum>");
}

TEST(ToString, NamesResultsAndTheIndexOfNoVoters) {
  EXPECT_EQ(toString(VotePending), "VotePending");
  EXPECT_EQ(toString(VoteLost), "VoteLost");
  EXPECT_EQ(toString(VoteWon), "VoteWon");
  EXPECT_EQ(raft::quorum::toString(42), "42");
  EXPECT_EQ(raft::quorum::toString(kEverything), "∞");
}

}  // namespace
