// Follower, candidate, leader: what each of them remembers.
//
// A role begins with an empty memory. It is assigned whole when the role changes, so
// there is nothing of an older role that somebody has to remember to forget. Term and
// vote outlive the role; they are Raft's own.
//
// etcd keeps these as fields of type raft, in raft.go, and clears them in reset. Tested
// by raft/raft_election_test.cpp.
#pragma once

#include <cstdint>
#include <variant>

#include "base/bytes.hpp"
#include "raft/ready.hpp"
#include "raft/tracker/tracker.hpp"
#include "raftpb/message.hpp"

namespace raft {

/// Why a node campaigns.
enum class CampaignType : std::uint8_t {
  CampaignElection,  ///< its time is up, or it was told to
};

/// What a campaign asks the voters.
struct Ballot {
  Term term;                     ///< the one it wants to lead in
  raftpb::MessageType request;   ///< MsgVote
  raftpb::MessageType response;  ///< MsgVoteResp
  base::Bytes context = {};      ///< said with the request
};

/// Hears the leader of its term, or waits for one.
struct Follower {
  NodeId lead = kNone;
};

/// Asks for votes, and counts them.
struct Candidate {
  tracker::Votes votes = {};
};

/// Sends its log, and is heard.
struct Leader {
  int heartbeatElapsed = 0;  // ticks since its last heartbeat
#if STAGE >= READY
  std::uint64_t uncommittedSize = 0;  // bytes of data not yet applied
#endif
};

/// A node is one of them at any time.
using Role = std::variant<Follower, Candidate, Leader>;

/// The role's name, as others ask for it.
constexpr StateType stateOf(const Follower&) {
  return StateType::StateFollower;
}
constexpr StateType stateOf(const Candidate&) {
  return StateType::StateCandidate;
}
constexpr StateType stateOf(const Leader&) {
  return StateType::StateLeader;
}

}  // namespace raft
