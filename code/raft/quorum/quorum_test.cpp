// Every case with up to five voters, against an oracle that counts instead of sorting.
//
// A majority of n ≤ 5 voters, each holding index 0 to 3 or not heard from: 5^5 cases at
// most. A joint configuration is two subsets of four voters: 256 of them, with every
// vector of answers. The properties below are named as their tests.
#include "raft/quorum/quorum.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <functional>

#include "raft/quorum/joint.hpp"

namespace {

using raft::Index;
using raft::NodeId;
using raft::quorum::JointConfig;
using raft::quorum::kEverything;
using raft::quorum::MajorityConfig;
using raft::quorum::VoteResult;
using enum raft::quorum::VoteResult;

constexpr Index kHighest = 3;

// One answer a voter, voter 1's first.
using Acks = std::vector<std::optional<Index>>;
using Votes = std::vector<std::optional<bool>>;

template <class Answers>
auto in(const Answers& answers) {
  return [&answers](NodeId id) { return answers[id - 1]; };
}

// Calls f with every vector of n answers, each drawn from `choices`.
template <class Answer>
void forAll(std::size_t n, const std::vector<Answer>& choices,
            const std::function<void(const std::vector<Answer>&)>& f) {
  std::vector<std::size_t> digits(n, 0);
  std::vector<Answer> answers(n, choices[0]);
  while (true) {
    f(answers);
    std::size_t i = 0;
    while (i < n && ++digits[i] == choices.size()) digits[i++] = 0;
    if (i == n) return;
    for (std::size_t k = 0; k < n; ++k) answers[k] = choices[digits[k]];
  }
}

const std::vector<std::optional<Index>> kAcks = {std::nullopt, 0, 1, 2, 3};
const std::vector<std::optional<bool>> kVotes = {std::nullopt, false, true};

// The voters whose bits are set.
MajorityConfig subset(unsigned bits) {
  MajorityConfig voters;
  for (NodeId id = 1; bits >> (id - 1) != 0; ++id) {
    if ((bits >> (id - 1)) & 1U) voters.insert(id);
  }
  return voters;
}

MajorityConfig firstVoters(std::size_t n) {
  return subset((1U << n) - 1);
}

std::size_t countIf(const MajorityConfig& voters, const std::function<bool(NodeId)>& f) {
  return static_cast<std::size_t>(std::count_if(voters.begin(), voters.end(), f));
}

// The oracle: from above, the first index that more than half of the voters hold.
Index countedCommit(const MajorityConfig& voters, const Acks& acks) {
  if (voters.empty()) return kEverything;
  for (Index index = kHighest; index > 0; --index) {
    const auto holds = [&](NodeId id) { return acks[id - 1].value_or(0) >= index; };
    if (countIf(voters, holds) * 2 > voters.size()) return index;
  }
  return 0;
}

// The oracle: is there a way to hear from the missing voters that wins, and one that
// loses? Votes once cast stay.
VoteResult playedVote(const MajorityConfig& voters, const Votes& votes) {
  const auto yes = [&](NodeId id) { return votes[id - 1] == true; };
  const auto no = [&](NodeId id) { return votes[id - 1] == false; };
  const auto wins = [&](std::size_t n) {
    return voters.empty() || n * 2 > voters.size();
  };
  const bool atWorst = wins(countIf(voters, yes));
  const bool atBest = wins(voters.size() - countIf(voters, no));
  return atWorst ? VoteWon : atBest ? VotePending : VoteLost;
}

TEST(QuorumExhaustive, CommittedIndexIsTheCountedOne) {
  for (std::size_t n = 0; n <= 5; ++n) {
    const MajorityConfig voters = firstVoters(n);
    forAll<std::optional<Index>>(n, kAcks, [&](const Acks& acks) {
      ASSERT_EQ(voters.committedIndex(in(acks)), countedCommit(voters, acks))
          << describe(voters, in(acks));
    });
  }
}

TEST(QuorumExhaustive, VoteResultIsThePlayedOne) {
  for (std::size_t n = 0; n <= 5; ++n) {
    const MajorityConfig voters = firstVoters(n);
    forAll<std::optional<bool>>(n, kVotes, [&](const Votes& votes) {
      ASSERT_EQ(voters.voteResult(in(votes)), playedVote(voters, votes));
    });
  }
}

TEST(QuorumExhaustive, JointCommittedIndexIsTheCountedOneOfBothHalves) {
  for (unsigned bits = 0; bits < 256; ++bits) {
    const JointConfig voters = {subset(bits & 15U), subset(bits >> 4)};
    forAll<std::optional<Index>>(4, kAcks, [&](const Acks& acks) {
      ASSERT_EQ(voters.committedIndex(in(acks)),
                std::min(countedCommit(voters.incoming, acks),
                         countedCommit(voters.outgoing, acks)))
          << toString(voters) << "\n"
          << describe(voters, in(acks));
    });
  }
}

TEST(QuorumExhaustive, AJointVoteIsWonByBothHalvesAndLostByEither) {
  for (unsigned bits = 0; bits < 256; ++bits) {
    const JointConfig voters = {subset(bits & 15U), subset(bits >> 4)};
    forAll<std::optional<bool>>(4, kVotes, [&](const Votes& votes) {
      const VoteResult one = playedVote(voters.incoming, votes);
      const VoteResult other = playedVote(voters.outgoing, votes);
      const bool won = one == VoteWon && other == VoteWon;
      const bool lost = one == VoteLost || other == VoteLost;
      const VoteResult expected = won ? VoteWon : lost ? VoteLost : VotePending;
      ASSERT_EQ(voters.voteResult(in(votes)), expected) << toString(voters);
    });
  }
}

// INV-QUORUM-2
TEST(QuorumProperty, TwoMajoritiesShareAVoter) {
  for (std::size_t n = 1; n <= 5; ++n) {
    const MajorityConfig voters = firstVoters(n);
    const auto wins = [&](unsigned yes) {
      return voters.voteResult(
                 [&](NodeId id) { return ((yes >> (id - 1)) & 1U) != 0; }) == VoteWon;
    };
    for (unsigned one = 0; one < 1U << n; ++one) {
      for (unsigned other = 0; other < 1U << n; ++other) {
        if (!wins(one) || !wins(other)) continue;
        ASSERT_NE(std::popcount(one & other), 0) << n << ": " << one << ", " << other;
      }
    }
  }
}

// ... and so do a quorum of a joint configuration and a majority of one of its halves:
// the step into a change and the step out of it are as safe as no step at all.
TEST(QuorumProperty, AJointQuorumSharesAVoterWithAMajorityOfEachHalf) {
  for (unsigned bits = 0; bits < 256; ++bits) {
    const JointConfig voters = {subset(bits & 15U), subset(bits >> 4)};
    if (voters.incoming.empty() || voters.outgoing.empty()) continue;
    for (unsigned one = 0; one < 16; ++one) {
      for (unsigned other = 0; other < 16; ++other) {
        const auto yes = [](unsigned set) {
          return [set](NodeId id) { return ((set >> (id - 1)) & 1U) != 0; };
        };
        if (voters.voteResult(yes(one)) != VoteWon) continue;
        for (const MajorityConfig* half : {&voters.incoming, &voters.outgoing}) {
          if (half->voteResult(yes(other)) != VoteWon) continue;
          ASSERT_NE(std::popcount(one & other), 0) << toString(voters);
        }
      }
    }
  }
}

TEST(QuorumProperty, HalvesMayChangePlaces) {
  for (unsigned bits = 0; bits < 256; ++bits) {
    const JointConfig voters = {subset(bits & 15U), subset(bits >> 4)};
    const JointConfig swapped = {voters.outgoing, voters.incoming};
    forAll<std::optional<Index>>(4, kAcks, [&](const Acks& acks) {
      ASSERT_EQ(voters.committedIndex(in(acks)), swapped.committedIndex(in(acks)));
    });
    forAll<std::optional<bool>>(4, kVotes, [&](const Votes& votes) {
      ASSERT_EQ(voters.voteResult(in(votes)), swapped.voteResult(in(votes)));
    });
  }
}

TEST(QuorumProperty, AnEmptyHalfChangesNothing) {
  for (unsigned bits = 0; bits < 16; ++bits) {
    const MajorityConfig voters = subset(bits);
    const JointConfig joint = {voters, {}};
    forAll<std::optional<Index>>(4, kAcks, [&](const Acks& acks) {
      ASSERT_EQ(joint.committedIndex(in(acks)), voters.committedIndex(in(acks)));
    });
    forAll<std::optional<bool>>(4, kVotes, [&](const Votes& votes) {
      ASSERT_EQ(joint.voteResult(in(votes)), voters.voteResult(in(votes)));
    });
  }
}

TEST(QuorumProperty, AHalfJoinedWithItselfIsThatHalf) {
  for (unsigned bits = 0; bits < 16; ++bits) {
    const MajorityConfig voters = subset(bits);
    const JointConfig joint = {voters, voters};
    forAll<std::optional<Index>>(4, kAcks, [&](const Acks& acks) {
      ASSERT_EQ(joint.committedIndex(in(acks)), voters.committedIndex(in(acks)));
    });
    forAll<std::optional<bool>>(4, kVotes, [&](const Votes& votes) {
      ASSERT_EQ(joint.voteResult(in(votes)), voters.voteResult(in(votes)));
    });
  }
}

TEST(QuorumProperty, AHigherAcknowledgementNeverLowersTheCommit) {
  for (std::size_t n = 1; n <= 5; ++n) {
    const MajorityConfig voters = firstVoters(n);
    forAll<std::optional<Index>>(n, kAcks, [&](const Acks& acks) {
      const Index before = voters.committedIndex(in(acks));
      for (std::size_t i = 0; i < n; ++i) {
        Acks more = acks;
        more[i] = more[i] ? *more[i] + 1 : 0;
        ASSERT_GE(voters.committedIndex(in(more)), before);
      }
    });
  }
}

TEST(QuorumProperty, AVoterBelowTheCommitMayForgetWhatItHolds) {
  for (std::size_t n = 1; n <= 5; ++n) {
    const MajorityConfig voters = firstVoters(n);
    forAll<std::optional<Index>>(n, kAcks, [&](const Acks& acks) {
      const Index committed = voters.committedIndex(in(acks));
      for (std::size_t i = 0; i < n; ++i) {
        if (acks[i].value_or(0) >= committed) continue;
        Acks less = acks;
        less[i] = std::nullopt;
        ASSERT_EQ(voters.committedIndex(in(less)), committed);
      }
    });
  }
}

TEST(QuorumProperty, AVoteThatIsDecidedStaysDecided) {
  for (std::size_t n = 1; n <= 5; ++n) {
    const MajorityConfig voters = firstVoters(n);
    forAll<std::optional<bool>>(n, kVotes, [&](const Votes& votes) {
      const VoteResult before = voters.voteResult(in(votes));
      if (before == VotePending) return;
      for (std::size_t i = 0; i < n; ++i) {
        if (votes[i]) continue;
        for (const bool vote : {false, true}) {
          Votes more = votes;
          more[i] = vote;
          ASSERT_EQ(voters.voteResult(in(more)), before);
        }
      }
    });
  }
}

}  // namespace
