// Three RawNodes, three disks and a network, on one thread: every order of things that
// the contract between Raft and its application allows, power cuts among them.
#include <gtest/gtest.h>

#include <algorithm>
#include <deque>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "base/check.hpp"
#include "base/random.hpp"
#include "raft/cluster_test.hpp"
#include "raft/rawnode.hpp"

namespace raft::test {
namespace {

using enum raftpb::MessageType;

enum class Duty { Write, Send, Apply, Advance };
using Duties = std::vector<Duty>;
const Duties kInOrder = {Duty::Write, Duty::Send, Duty::Apply, Duty::Advance};

// Machines 1 to n, whose applications carry out their Readies duty by duty. Between any
// two of them the power can fail: then a machine has nothing but its disk.
class Machines {
 public:
  explicit Machines(NodeId size, Duties duties = kInOrder) : duties_(std::move(duties)) {
    std::vector<NodeId> voters;
    for (NodeId id = 1; id <= size; ++id) voters.push_back(id);
    for (const NodeId id : voters) {
      machines_[id].storage = disk(voters);
      powerCut(id);
    }
  }

  RawNode& node(NodeId id) { return *machines_[id].node; }
  NodeId size() const { return machines_.size(); }

  void powerCut(NodeId id) {
    Machine& m = machines_[id];
    m.out.reset();
    m.node.emplace(
        Config{.id = id, .electionTick = 5, .storage = m.storage, .seed = seed_++});
  }

  // Takes a Ready, or does the next thing of the one that is out.
  void work(NodeId id) {
    Machine& m = machines_[id];
    if (!m.out) {
      if (!m.node->hasReady()) return;
      m.out = m.node->ready();
      m.done = 0;
      ++readies;
      return;
    }
    perform(m, duties_[m.done++]);
    if (m.done == duties_.size()) m.out.reset();
  }
  // The message at this place of the network arrives, or is lost.
  void deliver(std::size_t place, bool lost = false) {
    const Message m = network[place];
    network.erase(network.begin() + static_cast<std::ptrdiff_t>(place));
    if (!lost) std::ignore = node(m.to).step(m);
  }
  // Everything that is under way is done, and nothing is lost any more.
  void settle() {
    for (bool something = true; something;) {
      something = false;
      for (auto& [id, m] : machines_) {
        while (m.out || m.node->hasReady()) {
          work(id);
          something = true;
        }
      }
      while (!network.empty()) deliver(0);
    }
  }

  std::deque<Message> network;
  std::map<Index, Entry> applied;  // what anybody has ever applied
  bool contradicted = false;       // somebody applied another entry at the same index
  int readies = 0;
  int syncs = 0;
  int sent = 0;

 private:
  struct Machine {
    std::shared_ptr<MemoryStorage> storage;
    std::optional<RawNode> node;
    std::optional<Ready> out;
    std::size_t done = 0;  // how many duties of the Ready that is out
  };

  void perform(Machine& m, Duty duty) {
    switch (duty) {
      case Duty::Write:
        if (!m.out->entries.empty()) m.storage->append(m.out->entries);
        if (m.out->hardState) m.storage->setHardState(*m.out->hardState);
        syncs += m.out->mustSync ? 1 : 0;
        break;
      case Duty::Send:
        for (const Message& message : m.out->messages) network.push_back(message);
        sent += static_cast<int>(m.out->messages.size());
        break;
      case Duty::Apply:
        for (const Entry& e : m.out->committedEntries) {
          const auto [before, first] = applied.emplace(e.index, e);
          if (before->second != e) contradicted = true;
        }
        break;
      case Duty::Advance:
        m.node->advance(*m.out);
        break;
    }
  }

  const Duties duties_;
  std::map<NodeId, Machine> machines_;
  std::uint64_t seed_ = 1;
};

// Elections, proposals, losses, repetitions, and power cuts, drawn from a seed. At the
// end everybody agrees with what was ever applied. False: they don't.
bool agrees(std::uint64_t seed, const Duties& duties) {
  base::Random random(seed);
  Machines cluster(3, duties);
  int proposals = 0;
  for (int i = 0; i < 600; ++i) {
    const NodeId id = 1 + random.below(3);
    const auto what = random.below(40);
    if (what < 20) {
      cluster.work(id);
    } else if (what < 33) {
      if (cluster.network.empty()) continue;
      const auto place = random.below(static_cast<std::uint32_t>(cluster.network.size()));
      if (random.below(8) == 0) cluster.network.push_back(cluster.network[place]);
      cluster.deliver(place, random.below(12) == 0);
    } else if (what < 36) {
      std::ignore = cluster.node(id).propose(std::to_string(++proposals));
    } else if (what < 37) {
      std::ignore = cluster.node(id).campaign();
    } else if (what < 39) {
      cluster.node(id).tick();
    } else {
      cluster.powerCut(id);
      if (random.below(3) == 0) cluster.powerCut(1 + random.below(3));
    }
    if (cluster.contradicted) return false;
  }
  for (const NodeId id : {NodeId{1}, NodeId{2}, NodeId{3}}) cluster.powerCut(id);
  cluster.network.clear();
  for (int turns = 0; turns < 20; ++turns) {
    std::ignore = cluster.node(1 + random.below(3)).campaign();
    cluster.settle();
  }
  if (cluster.contradicted) return false;
  const Index last = cluster.applied.empty() ? 0 : cluster.applied.rbegin()->first;
  return last == cluster.applied.size() && cluster.node(1).status().applied == last;
}

// INV-READY-1 INV-READY-2 INV-READY-4
TEST(PowerCut, NothingThatWasAppliedIsLost) {
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    EXPECT_TRUE(agrees(seed, kInOrder)) << "seed " << seed;
  }
}

// Applying comes after writing for the sake of this machine alone; before it, the others
// are as safe.
TEST(PowerCut, ApplyingAfterSendingIsAChoice) {
  const Duties early = {Duty::Write, Duty::Apply, Duty::Send, Duty::Advance};
  for (std::uint64_t seed = 1; seed <= 50; ++seed) {
    EXPECT_TRUE(agrees(seed, early)) << "seed " << seed;
  }
}

// The same storms find out an application that sends its promises too early, or that
// reports a write before it was done: what was applied is lost, or a node finds its log
// shorter than it had told, and stops.
TEST(PowerCutDeathTest, AWrongOrderLosesWhatWasApplied) {
  const std::vector<Duties> wrong = {
      {Duty::Send, Duty::Write, Duty::Apply, Duty::Advance},
      {Duty::Advance, Duty::Send, Duty::Apply, Duty::Write},
  };
  for (const Duties& duties : wrong) {
    const auto storms = [&] {
      for (std::uint64_t seed = 1; seed <= 300; ++seed) {
        RAFT_CHECK(agrees(seed, duties), "what was applied is not lost");
      }
    };
    EXPECT_DEATH(storms(), "");
  }
}

TEST(ThreeMachines, WhatAPutCosts) {
  for (const NodeId size : {1u, 3u, 5u}) {
    Machines cluster(size);
    std::ignore = cluster.node(1).campaign();
    cluster.settle();
    ASSERT_EQ(cluster.node(1).lead(), 1u);
    const auto [readies, syncs, sent] =
        std::tuple(cluster.readies, cluster.syncs, cluster.sent);
    EXPECT_EQ(cluster.node(1).propose("a"), Error());
    cluster.settle();
    const int n = static_cast<int>(size);
    EXPECT_EQ(cluster.syncs - syncs, n);
    EXPECT_EQ(cluster.readies - readies, 2 * n);
    EXPECT_EQ(cluster.sent - sent, 4 * (n - 1));
    for (NodeId id = 1; id <= size; ++id)
      EXPECT_EQ(cluster.node(id).status().applied, 2u);
  }
}

// While the leader's disk is slow, both followers' copies are a majority. What is to be
// applied is in the next Ready, which comes after the leader's own write.
TEST(ThreeMachines, FollowersMayCommitWhatTheLeaderHasNotWritten) {
  Machines cluster(3);
  std::ignore = cluster.node(1).campaign();
  cluster.settle();
  EXPECT_EQ(cluster.node(1).propose("a"), Error());
  RawNode& leader = cluster.node(1);
  const Ready out = leader.ready();  // the followers get it; our disk is slow
  for (const Message& m : out.messages) cluster.network.push_back(m);
  while (!cluster.network.empty()) cluster.deliver(0);
  for (const NodeId id : {NodeId{2}, NodeId{3}}) {
    for (int i = 0; i < 5; ++i) cluster.work(id);
  }
  while (!cluster.network.empty()) cluster.deliver(0);
  EXPECT_EQ(leader.status().hardState.commit, 2u);
  EXPECT_FALSE(out.entries.empty());
  EXPECT_EQ(leader.readyWithoutAccept().committedEntries.size(), 1u);
}

}  // namespace
}  // namespace raft::test
