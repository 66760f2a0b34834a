// A set of voters that decides by more than half.
//
// The one idea: sort what the voters have acknowledged, highest first, and the value in
// the middle is held by a majority. No counting, and no case for an even number.
//
//   n = 1: [9]   n = 2: 9 [7]   n = 3: 9 [7] 6   n = 4: 9 7 [6] 4   n = 5: 9 7 [6] 4 2
//
// A majority of n is n/2 + 1, so any two majorities of the same set share a voter; all of
// Raft's safety stands on that voter. The empty set agrees with everything, which makes
// it the neutral element that joint.hpp needs. etcd: quorum/majority.go.
//
// Tested by raft/quorum/majority_test.cpp and raft/quorum/quorum_test.cpp.
#pragma once

#include <array>
#include <functional>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/check.hpp"
#include "raft/quorum/quorum.hpp"

namespace raft::quorum {

/// The index at the middle of `match`, the highest one that more than half of its values
/// reach. Reorders `match`, which is not empty.
Index heldByMajority(std::span<Index> match);

/// How a vote of `voters` stands when so many have said yes, and so many nothing yet.
VoteResult voteResult(std::size_t voters, std::size_t yes, std::size_t missing);

/// The voters, ascending, each once. Small, and read far more often than changed.
class MajorityConfig {
 public:
  MajorityConfig() = default;
  MajorityConfig(std::initializer_list<NodeId> ids);
  explicit MajorityConfig(std::vector<NodeId> ids);

  const std::vector<NodeId>& ids() const { return ids_; }  ///< ascending
  auto begin() const { return ids_.begin(); }              ///< the lowest id
  auto end() const { return ids_.end(); }                  ///< behind the highest
  std::size_t size() const { return ids_.size(); }         ///< how many voters
  bool empty() const { return ids_.empty(); }              ///< nobody?
  bool contains(NodeId id) const;                          ///< a voter?
  void insert(NodeId id);                                  ///< no effect on a voter
  void erase(NodeId id);                                   ///< no effect on a stranger

  /// The highest index that a majority has acknowledged. `acked(id)` answers with an
  /// Index, or with an optional one: a voter not heard from counts as 0.
  template <class Acked>
  Index committedIndex(const Acked& acked) const {
    if (empty()) return kEverything;  // no one to ask, so no one objects

    const auto middle = [&](std::span<Index> places) {
      RAFT_CHECK(size() <= places.size(), "every voter has a place of its own");
      const auto match = places.first(size());
      for (std::size_t i = 0; i < size(); ++i) {
        const std::optional<Index> index = acked(ids_[i]);
        match[i] = index.value_or(0);
      }
      return heldByMajority(match);
    };

    // This runs for every acknowledgement that reaches a leader. Up to seven voters, more
    // than which is rare, need no memory but the stack's.
    std::array<Index, 7> few;
    if (size() <= few.size()) return middle(few);
    std::vector<Index> many(size());
    return middle(many);
  }

  /// How the vote stands. `votes(id)` is an optional bool, empty for a voter not heard
  /// from.
  template <class Votes>
  VoteResult voteResult(const Votes& votes) const {
    std::size_t yes = 0;
    std::size_t missing = 0;
    for (const NodeId id : ids_) {
      const std::optional<bool> vote = votes(id);
      if (!vote) ++missing;
      if (vote.value_or(false)) ++yes;
    }
    return quorum::voteResult(size(), yes, missing);
  }

  bool operator==(const MajorityConfig&) const = default;

 private:
  std::vector<NodeId> ids_;
};

/// Asks for what a voter has acknowledged; nothing if it has not been heard from.
using AckedIndexer = std::function<std::optional<Index>(NodeId)>;

/// The voters in hexadecimal, "(1 2 3)".
std::string toString(const MajorityConfig& config);

/// A table with one line a voter, and a bar as long as the number of voters it is ahead
/// of: for people who ask why an index is, or is not, committed.
std::string describe(const MajorityConfig& config, const AckedIndexer& acked);

}  // namespace raft::quorum
