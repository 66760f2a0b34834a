// Messages about elections, as tests write them.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <variant>

#include "raft/cluster_test.hpp"

namespace raft::test {

/// The answers to the present campaign; none, unless there is one.
inline std::map<NodeId, bool> votesOf(const Raft& raft) {
  const auto* candidate = std::get_if<Candidate>(&raft.role());
  return candidate == nullptr ? std::map<NodeId, bool>() : candidate->votes.answers();
}

// A candidate whose log ends with `last` asks for a vote.
inline Message voteRequest(NodeId candidate, NodeId voter, Term term, EntryId last = {}) {
  return {.type = MessageType::MsgVote,
          .to = voter,
          .from = candidate,
          .term = term,
          .logTerm = last.term,
          .index = last.index};
}

inline Message voteAnswer(NodeId voter, NodeId candidate, Term term, bool granted) {
  return {.type = MessageType::MsgVoteResp,
          .to = candidate,
          .from = voter,
          .term = term,
          .reject = !granted};
}

inline Message heartbeat(NodeId leader, NodeId to, Term term) {
  return {.type = MessageType::MsgHeartbeat, .to = to, .from = leader, .term = term};
}

// What a new leader with an empty log sends first.
inline Message emptyAppend(NodeId leader, NodeId to, Term term) {
  return {.type = MessageType::MsgApp, .to = to, .from = leader, .term = term};
}

// "Campaign now", as a node says it to itself.
inline Message hup(NodeId id) {
  return {.type = MessageType::MsgHup, .to = id, .from = id};
}

inline void step(Peer& peer, Message m) {
  std::ignore = peer.raft.step(std::move(m));
}

// The answer to a request for a vote; the promise is kept first.
inline Message answerTo(Peer& peer, Message request) {
  step(peer, std::move(request));
  const std::vector<Message> said = peer.write();
  for (const Message& m : said) {
    if (m.type == MessageType::MsgVoteResp) return m;
  }
  return {};
}

// Makes the node a follower, candidate or leader of the next term among `voters`.
inline void become(Peer& peer, StateType state) {
  const NodeId id = peer.raft.id();
  const std::vector<NodeId> voters = peer.raft.tracker().voterNodes();
  if (state == StateType::StateFollower) {
    step(peer, heartbeat(id == voters.back() ? voters.front() : voters.back(), id,
                         peer.raft.term() + 1));
  } else {
    step(peer, hup(id));
  }
  peer.write();
  if (state != StateType::StateLeader) return;
  for (const NodeId voter : voters) {
    if (voter != id) step(peer, voteAnswer(voter, id, peer.raft.term(), true));
  }
  peer.write();
}

inline Peer peerOf(NodeId id, std::vector<NodeId> voters, std::vector<Term> log = {},
                   HardState state = {}) {
  return Peer({.id = id}, disk(std::move(voters), logOf(log), state));
}

// A disk whose members are these voters and learners.
inline std::shared_ptr<MemoryStorage> diskOf(std::vector<NodeId> voters,
                                             std::vector<NodeId> learners) {
  auto storage = std::make_shared<MemoryStorage>();
  raftpb::Snapshot members;
  members.metadata.index = 1;
  members.metadata.term = 1;
  members.metadata.confState.voters = std::move(voters);
  members.metadata.confState.learners = std::move(learners);
  EXPECT_FALSE(storage->applySnapshot(std::move(members)));
  return storage;
}

inline std::vector<Message> ofType(const std::vector<Message>& messages,
                                   MessageType type) {
  std::vector<Message> found;
  for (const Message& m : messages) {
    if (m.type == type) found.push_back(m);
  }
  return found;
}

}  // namespace raft::test
