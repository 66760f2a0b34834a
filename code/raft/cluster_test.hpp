// A cluster in memory, for tests: nodes, their disks, and a network that does as told.
//
// Every node writes its entries to its MemoryStorage before its promises leave, as a
// real application does with a Ready. Messages are delivered in the order in which they
// were sent, until none is left. A link can be cut, a node isolated, a type of message
// dropped.
#pragma once

#include <algorithm>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "raft/memory_storage.hpp"
#include "raft/raft.hpp"

namespace raft::test {

using raftpb::Entry;
using raftpb::Message;
using raftpb::MessageType;

inline Entry entry(Term term, Index index, std::string data = "") {
  return {.term = term, .index = index, .data = data};
}

// A disk that knows its members and, if given, a log.
inline std::shared_ptr<MemoryStorage> disk(std::vector<NodeId> voters,
                                           std::vector<Entry> log = {},
                                           HardState state = {}) {
  auto storage = std::make_shared<MemoryStorage>();
  raftpb::Snapshot members;
  members.metadata.confState.voters = std::move(voters);
  storage->setConfState(members.metadata.confState);
  storage->setHardState(state);
  if (!log.empty()) storage->append({log.begin(), log.end()});
  return storage;
}

// Entries 1, 2, … of these terms: {1, 1, 2} is a log of three.
inline std::vector<Entry> logOf(const std::vector<Term>& terms) {
  std::vector<Entry> log;
  for (const Term term : terms) log.push_back(entry(term, log.size() + 1));
  return log;
}

// One node with its disk.
struct Peer {
  explicit Peer(Config config, std::shared_ptr<MemoryStorage> onDisk)
      : storage(std::move(onDisk)), raft(withStorage(std::move(config), storage)) {}

  static Config withStorage(Config config, std::shared_ptr<MemoryStorage> storage) {
    config.storage = std::move(storage);
    return config;
  }

  // Writes what is not written yet, keeps the promises that hung on it, and returns what
  // goes to others. What a kept promise brings about is done as well.
  std::vector<Message> write() {
    std::vector<Message> out;
    while (!raft.msgs().empty() || !raft.msgsAfterAppend().empty() ||
           raft.raftLog().hasNextUnstableEnts()) {
      const auto entries = raft.raftLog().nextUnstableEnts();
      raft.raftLog().acceptUnstable();
      if (!entries.empty()) {
        storage->append(entries);
        raft.raftLog().stableTo(
            {.term = entries.back().term, .index = entries.back().index});
      }
      storage->setHardState(raft.hardState());
      std::vector<Message> now = std::exchange(raft.msgs(), {});
      for (Message& m : std::exchange(raft.msgsAfterAppend(), {})) {
        now.push_back(std::move(m));
      }
      for (Message& m : now) {
        if (m.to == raft.id()) {
          std::ignore = raft.step(std::move(m));
        } else {
          out.push_back(std::move(m));
        }
      }
    }
    return out;
  }

  // The same node after a crash: only the disk is left.
  void restart(Config config) {
    raft.~Raft();
    new (&raft) Raft(withStorage(std::move(config), storage));
  }

  std::shared_ptr<MemoryStorage> storage;
  Raft raft;
};

// The terms of a node's log, from index 1: {1, 1, 2}.
inline std::vector<Term> terms(Raft& raft) {
  std::vector<Term> found;
  for (const Entry& e : raft.raftLog().allEntries()) found.push_back(e.term);
  return found;
}

class Cluster {
 public:
  // Nodes 1 … n with empty logs.
  explicit Cluster(int size, Config config = {}) : Cluster(config, logs(size)) {}

  // One node for each log, given as the terms of its entries. A node's term is that of
  // its last entry.
  Cluster(Config config, const std::vector<std::vector<Term>>& logs) : config_(config) {
    std::vector<NodeId> voters;
    for (NodeId id = 1; id <= logs.size(); ++id) voters.push_back(id);
    for (const NodeId id : voters) {
      const auto& log = logs[id - 1];
      const HardState state{.term = log.empty() ? 0 : log.back()};
      peers_.emplace(id,
                     std::make_unique<Peer>(named(id), disk(voters, logOf(log), state)));
    }
  }

  Peer& peer(NodeId id) { return *peers_.at(id); }
  Raft& operator[](NodeId id) { return peer(id).raft; }

  // Steps these messages and everything that follows from them.
  void send(std::vector<Message> messages) {
    for (Message& m : messages) waiting_.push_back(std::move(m));
    while (!waiting_.empty()) {
      Message m = std::move(waiting_.front());
      waiting_.pop_front();
      if (!peers_.contains(m.to) || lost(m)) continue;
      std::ignore = (*this)[m.to].step(m);
      collect(m.to);
    }
  }
  void campaign(NodeId id) {
    send({{.type = MessageType::MsgHup, .to = id, .from = id}});
  }
  void beat(NodeId id) { send({{.type = MessageType::MsgBeat, .to = id, .from = id}}); }
  Error propose(NodeId id, std::string data) {
    Message m{.type = MessageType::MsgProp, .to = id, .from = id};
    m.entries.push_back({.data = data});
    const Error verdict = (*this)[id].step(std::move(m));
    settle();
    return verdict;
  }
  // Delivers what the nodes have to say already.
  void settle() {
    for (const auto& [id, unused] : peers_) collect(id);
    send({});
  }

  void cut(NodeId a, NodeId b) {
    cut_.insert({a, b});
    cut_.insert({b, a});
  }
  void isolate(NodeId id) {
    for (const auto& [other, unused] : peers_) {
      if (other != id) cut(id, other);
    }
  }
  void ignore(MessageType type) { ignored_.insert(type); }
  void heal() {
    cut_.clear();
    ignored_.clear();
  }
  void crashAndRestart(NodeId id) { peer(id).restart(named(id)); }

  std::vector<Message> seen;                  // everything that was delivered, in order
  std::function<bool(const Message&)> drops;  // if set: loses what it says yes to

 private:
  static std::vector<std::vector<Term>> logs(int size) {
    return std::vector<std::vector<Term>>(static_cast<std::size_t>(size));
  }
  Config named(NodeId id) const {
    Config config = config_;
    config.id = id;
    return config;
  }
  bool lost(const Message& m) {
    const bool gone = m.from != m.to && cut_.contains({m.from, m.to});
    if (gone || ignored_.contains(m.type) || (drops && drops(m))) return true;
    seen.push_back(m);
    return false;
  }
  void collect(NodeId id) {
    for (Message& m : peer(id).write()) waiting_.push_back(std::move(m));
  }

  Config config_;
  std::map<NodeId, std::unique_ptr<Peer>> peers_;
  std::deque<Message> waiting_;
  std::set<std::pair<NodeId, NodeId>> cut_;
  std::set<MessageType> ignored_;
};

}  // namespace raft::test
