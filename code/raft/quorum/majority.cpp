// The middle of a sorted row, and the table that shows it.
// Tested by raft/quorum/majority_test.cpp.
#include "raft/quorum/majority.hpp"

#include <algorithm>
#include <cstddef>
#include <functional>
#include <utility>

#include "base/check.hpp"

namespace raft::quorum {

Index heldByMajority(std::span<Index> match) {
  RAFT_CHECK(!match.empty(), "no voters have no middle; the empty set is kEverything");
  // In descending order, the one at n/2 has n/2 before it: n/2 + 1 voters hold it. Only
  // that one has to be in its place.
  const auto middle = match.begin() + static_cast<std::ptrdiff_t>(match.size() / 2);
  std::nth_element(match.begin(), middle, match.end(), std::greater<>());
  return *middle;
}

VoteResult voteResult(std::size_t voters, std::size_t yes, std::size_t missing) {
  if (voters == 0) return VoteResult::VoteWon;  // as kEverything: no one objects
  const std::size_t majority = voters / 2 + 1;
  if (yes >= majority) return VoteResult::VoteWon;
  if (yes + missing >= majority) return VoteResult::VotePending;
  return VoteResult::VoteLost;
}

MajorityConfig::MajorityConfig(std::initializer_list<NodeId> ids)
    : MajorityConfig(std::vector<NodeId>(ids)) {}

MajorityConfig::MajorityConfig(std::vector<NodeId> ids) : ids_(std::move(ids)) {
  std::sort(ids_.begin(), ids_.end());
  ids_.erase(std::unique(ids_.begin(), ids_.end()), ids_.end());
}

bool MajorityConfig::contains(NodeId id) const {
  return std::binary_search(ids_.begin(), ids_.end(), id);
}

void MajorityConfig::insert(NodeId id) {
  const auto place = std::lower_bound(ids_.begin(), ids_.end(), id);
  if (place == ids_.end() || *place != id) ids_.insert(place, id);
}

void MajorityConfig::erase(NodeId id) {
  const auto place = std::lower_bound(ids_.begin(), ids_.end(), id);
  if (place != ids_.end() && *place == id) ids_.erase(place);
}

}  // namespace raft::quorum
