// What a quorum answers: how far is the log agreed on, and has a vote been decided?
//
// The words that majority.hpp and joint.hpp share. Nothing in this directory knows of
// terms, messages or roles: it counts what a set of voters has said, and a voter that has
// said nothing is one of the possible answers. etcd keeps the same in quorum/quorum.go.
//
// Tested by raft/quorum/quorum_test.cpp.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

#include "raft/util.hpp"

namespace raft::quorum {

/// The index that a configuration without voters agrees on: no one objects to anything.
inline constexpr Index kEverything = std::numeric_limits<Index>::max();

/// How a vote stands.
enum class VoteResult : std::uint8_t {
  VotePending,  ///< the voters that are missing can still decide it either way
  VoteLost,     ///< a quorum of "yes" cannot be reached any more
  VoteWon,      ///< a quorum has said "yes"; no later vote can undo it
};

/// The result's name as etcd writes it, "VoteWon".
std::string_view toString(VoteResult result);

/// The index in decimal, and "∞" for kEverything.
std::string toString(Index index);

}  // namespace raft::quorum
