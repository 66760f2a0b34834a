// The texts of a quorum's answers. Tested by raft/quorum/quorum_test.cpp.
#include "raft/quorum/quorum.hpp"

namespace raft::quorum {

std::string_view toString(VoteResult result) {
  switch (result) {
    case VoteResult::VotePending:
      return "VotePending";
    case VoteResult::VoteLost:
      return "VoteLost";
    case VoteResult::VoteWon:
      return "VoteWon";
  }
  return "unknown VoteResult";
}

std::string toString(Index index) {
  return index == kEverything ? "∞" : std::to_string(index);
}

}  // namespace raft::quorum
