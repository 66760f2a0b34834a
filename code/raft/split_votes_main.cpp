// split_votes: how long is a cluster without a leader, and what does chance do for it?
//
// The leader has died. The others heard its last heartbeat in the same tick, so their
// clocks agree, and a message takes less than a tick. What differs from row to row is the
// width of the range that timeouts are drawn from: with 1, all are equal; etcd's is the
// election timeout itself, 10. Everything is drawn from seeds: every run prints the same.
#include <algorithm>
#include <cstdio>
#include <memory>
#include <utility>
#include <vector>

#include "base/random.hpp"
#include "raft/memory_storage.hpp"
#include "raft/raft.hpp"

using raft::StateType;
using raftpb::Message;
using raftpb::NodeId;

namespace {

constexpr int kElectionTick = 10;
constexpr int kPatience = 200;  // ticks after which we stop watching
constexpr int kElections = 200;

// A survivor, with its disk.
struct Node {
  std::shared_ptr<raft::MemoryStorage> disk;
  raft::Raft raft;
  std::pair<raftpb::Term, StateType> role = {};
};

class Election {
 public:
  Election(NodeId voters, int width, std::uint64_t seed) : random_(seed), width_(width) {
    raftpb::ConfState members;
    for (NodeId id = 1; id <= voters; ++id) members.voters.push_back(id);
    for (NodeId id = 1; id < voters; ++id) {  // the last one was the leader
      auto disk = std::make_shared<raft::MemoryStorage>();
      disk->setConfState(members);
      nodes_.push_back({disk, raft::Raft({.id = id, .storage = disk})});
      nodes_.back().raft.setRandomizedElectionTimeout(timeout());
      nodes_.back().role = {0, StateType::StateFollower};
    }
  }

  // The ticks until there is a leader.
  int run() {
    for (int tick = 1; tick <= kPatience; ++tick) {
      for (Node& node : nodes_) node.raft.tick();
      for (Node& node : nodes_) write(node);
      while (!network_.empty()) deliver();
      for (const Node& node : nodes_) {
        if (node.raft.state() == StateType::StateLeader) return tick;
      }
    }
    return kPatience;
  }

  // The terms that were begun.
  raftpb::Term terms() const {
    raftpb::Term last = 0;
    for (const Node& node : nodes_) last = std::max(last, node.raft.term());
    return last;
  }

 private:
  int timeout() {
    return kElectionTick + static_cast<int>(random_.below(static_cast<unsigned>(width_)));
  }

  // Messages of one tick arrive in any order.
  void deliver() {
    const auto at = random_.below(static_cast<unsigned>(network_.size()));
    std::swap(network_[at], network_.back());
    Message m = std::move(network_.back());
    network_.pop_back();
    if (m.to > nodes_.size()) return;  // to the dead leader
    Node& node = nodes_[m.to - 1];
    std::ignore = node.raft.step(std::move(m));
    write(node);
  }

  // The disk, the own vote, the network: in this order. Raft has drawn a timeout with
  // every change of role; the row's own takes its place.
  void write(Node& node) {
    node.disk->setHardState(node.raft.hardState());
    std::vector<Message> out = std::exchange(node.raft.msgs(), {});
    for (Message& m : std::exchange(node.raft.msgsAfterAppend(), {})) {
      if (m.to == node.raft.id()) {
        std::ignore = node.raft.step(std::move(m));
      } else {
        out.push_back(std::move(m));
      }
    }
    for (Message& m : out) network_.push_back(std::move(m));
    const std::pair role(node.raft.term(), node.raft.state());
    if (std::exchange(node.role, role) == role) return;
    node.raft.setRandomizedElectionTimeout(timeout());
  }

  base::Random random_;
  int width_;
  std::vector<Node> nodes_;
  std::vector<Message> network_;
};

void row(NodeId voters, int width) {
  double terms = 0;
  double ticks = 0;
  int longest = 0;
  int never = 0;
  for (int seed = 0; seed < kElections; ++seed) {
    Election election(voters, width, static_cast<std::uint64_t>(seed));
    const int took = election.run();
    terms += static_cast<double>(election.terms());
    ticks += took;
    longest = std::max(longest, took);
    never += took == kPatience;
  }
  std::printf("%6d %6d %9.2f %9.1f %8d %6d\n", static_cast<int>(voters), width,
              terms / kElections, ticks / kElections, longest, never);
}

}  // namespace

int main() {
  std::puts("voters  width     terms     ticks  longest  never");
  for (const NodeId voters : {3u, 5u, 7u}) {
    for (const int width : {1, 2, 3, 5, 10, 20}) row(voters, width);
  }
}
