// For the tests of replication: one leader, whose followers the test plays, and one
// follower, whose leader the test plays.
//
// The cluster has five members, and at most follower 2 has a log to speak of. So whatever
// it acknowledges is on two of five disks: nothing is ever committed by it, and what the
// tests see does not depend on the rules of committing.
#pragma once

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "raft/cluster_test.hpp"

namespace raft::test {

inline Config configOf(NodeId id) {
  Config config;
  config.id = id;
  return config;
}

// Those of a type, to a node.
inline std::vector<Message> pick(const std::vector<Message>& messages, MessageType type,
                                 NodeId to) {
  std::vector<Message> found;
  for (const Message& m : messages) {
    if (m.type == type && m.to == to) found.push_back(m);
  }
  return found;
}

// "2-3 4-5 6-": one word for each MsgApp to follower 2, the first and last index of its
// entries, or where it would begin if it is empty.
inline std::string appends(const std::vector<Message>& messages, NodeId to = 2) {
  std::string out;
  for (const Message& m : pick(messages, MessageType::MsgApp, to)) {
    out += (out.empty() ? "" : " ") + base::text(m.index + 1, "-");
    if (!m.entries.empty()) out += base::text(m.index + m.entries.size());
  }
  return out;
}

// Node 1, just elected by 3 and 4, with this log on its disk. Its term is above that of
// its last entry, and above `after`.
class LeadingNode {
 public:
  explicit LeadingNode(const std::vector<Term>& log = {}, Config config = {},
                       Index commit = 0, Term after = 0)
      : peer(named(std::move(config)),
             disk({1, 2, 3, 4, 5}, logOf(log),
                  {.term = std::max(after, log.empty() ? 0 : log.back()),
                   .commit = commit})) {
    step({.type = MessageType::MsgHup, .from = 1});
    for (const NodeId voter : {NodeId{3}, NodeId{4}}) {
      const auto sent = step({.type = MessageType::MsgVoteResp, .from = voter});
      if (!sent.empty()) elected = sent;
    }
  }

  // A message of the present term; what the leader then sends, once it has written.
  std::vector<Message> step(Message m) {
    const bool local = m.type == MessageType::MsgHup || m.type == MessageType::MsgProp ||
                       m.type == MessageType::MsgBeat ||
                       m.type == MessageType::MsgUnreachable;
    if (!local) m.term = raft.term();
    std::ignore = raft.step(std::move(m));
    return peer.write();
  }
  std::vector<Message> propose(const std::string& data = "x") {
    Message m{.type = MessageType::MsgProp, .from = 1};
    m.entries.push_back({.data = data});
    return step(std::move(m));
  }
  std::vector<Message> acked(Index index, NodeId from = 2) {
    return step({.type = MessageType::MsgAppResp, .from = from, .index = index});
  }
  std::vector<Message> refused(Index index, EntryId hint) {
    return step({.type = MessageType::MsgAppResp,
                 .from = 2,
                 .logTerm = hint.term,
                 .index = index,
                 .reject = true,
                 .rejectHint = hint.index});
  }
  std::vector<Message> heard(NodeId from = 2) {
    return step({.type = MessageType::MsgHeartbeatResp, .from = from});
  }
  std::vector<Message> unreachable() {
    return step({.type = MessageType::MsgUnreachable, .from = 2});
  }
  std::vector<Message> beat() { return step({.type = MessageType::MsgBeat, .from = 1}); }

  // Follower 2 has everything, and is sent to ahead.
  void replicate() { acked(last()); }
  // Follower 2 has everything, and is probed, because it can't be reached.
  void probe() {
    replicate();
    unreachable();
  }

  const tracker::Progress& of(NodeId id) const { return raft.tracker().progress.at(id); }
  Index last() const { return raft.raftLog().lastIndex(); }

  Peer peer;
  Raft& raft = peer.raft;
  std::vector<Message> elected;  // what it sent when it had won

 private:
  static Config named(Config config) {
    config.id = 1;
    return config;
  }
};

// Node 2, in this term, with this log on its disk. Its leader is node 1.
class FollowingNode {
 public:
  FollowingNode(Term term, const std::vector<Term>& log, Index commit = 0)
      : peer(configOf(2),
             disk({1, 2, 3, 4, 5}, logOf(log), {.term = term, .commit = commit})),
        term_(term) {}

  // The follower's answer, once it has written.
  std::vector<Message> step(Message m) {
    m.from = 1;
    m.to = 2;
    m.term = m.term == 0 ? term_ : m.term;
    std::ignore = raft.step(std::move(m));
    return peer.write();
  }
  Message append(EntryId prev, const std::vector<Term>& terms, Index commit = 0) {
    const std::vector<Message> answers = step(appendOf(prev, terms, commit));
    return answers.empty() ? Message() : answers.front();
  }
  static Message appendOf(EntryId prev, const std::vector<Term>& terms,
                          Index commit = 0) {
    Message m{.type = MessageType::MsgApp,
              .logTerm = prev.term,
              .index = prev.index,
              .commit = commit};
    for (const Term term : terms) {
      m.entries.push_back(entry(term, prev.index + m.entries.size() + 1));
    }
    return m;
  }

  Peer peer;
  Raft& raft = peer.raft;

 private:
  Term term_;
};

}  // namespace raft::test
