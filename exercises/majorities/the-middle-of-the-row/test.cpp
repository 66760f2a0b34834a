// The middle of the row: every case with up to five voters, against counting.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "raft/quorum/majority.hpp"

namespace {

using raft::Index;
using raft::quorum::heldByMajority;
using raft::quorum::toString;
using raft::quorum::VoteResult;
using raft::quorum::voteResult;

std::string words(const std::vector<Index>& match) {
  std::string out;
  for (const Index index : match) out += std::to_string(index) + " ";
  return out;
}

Index counted(const std::vector<Index>& match) {
  for (Index index = 3; index > 0; --index) {
    const auto holders = std::count_if(match.begin(), match.end(),
                                       [index](Index held) { return held >= index; });
    if (static_cast<std::size_t>(holders) * 2 > match.size()) return index;
  }
  return 0;
}

// INV-QUORUM-1
TEST(TheMiddleOfTheRow, IsTheHighestIndexOnAMajority) {
  for (std::size_t n = 1; n <= 5; ++n) {
    for (std::size_t code = 0; code < 1U << (2 * n); ++code) {
      std::vector<Index> match;
      for (std::size_t i = 0; i < n; ++i) match.push_back((code >> (2 * i)) & 3U);
      std::vector<Index> row = match;
      ASSERT_EQ(heldByMajority(row), counted(match))
          << "the voters hold " << words(match) << "and " << counted(match)
          << " is on a majority";
    }
  }
}

TEST(TheMiddleOfTheRow, LosesNoAcknowledgement) {
  std::vector<Index> row = {4, 9, 2, 7, 6};
  heldByMajority(row);
  std::sort(row.begin(), row.end());
  EXPECT_EQ(row, (std::vector<Index>{2, 4, 6, 7, 9})) << "it may reorder, no more";
}

// INV-QUORUM-1
TEST(TheVote, IsDecidedWhenTheMissingVotersCanChangeNothing) {
  for (std::size_t voters = 1; voters <= 5; ++voters) {
    for (std::size_t yes = 0; yes <= voters; ++yes) {
      for (std::size_t missing = 0; yes + missing <= voters; ++missing) {
        const bool atWorst = yes * 2 > voters;
        const bool atBest = (yes + missing) * 2 > voters;
        const VoteResult right = atWorst  ? VoteResult::VoteWon
                                 : atBest ? VoteResult::VotePending
                                          : VoteResult::VoteLost;
        ASSERT_EQ(toString(voteResult(voters, yes, missing)), toString(right))
            << voters << " voters, " << yes << " yes, " << missing << " missing";
      }
    }
  }
}

// INV-QUORUM-4
TEST(TheVote, OfNobodyIsWon) {
  EXPECT_EQ(toString(voteResult(0, 0, 0)), toString(VoteResult::VoteWon));
}

}  // namespace
