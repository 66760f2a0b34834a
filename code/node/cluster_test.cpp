// Three real nodes: three loops, three applications, nine or more threads, and a network
// that is a function call.
#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <tuple>
#include <vector>

#include "csp/select.hpp"
#include "csp/wait_until.hpp"
#include "node/locked_storage.hpp"
#include "node/node.hpp"
#include "node/start.hpp"

namespace node {
namespace {

using base::Errc;
using csp::recv;
using csp::select;
using raft::NodeId;
using raftpb::Entry;

// Who can be reached. A message to somebody else is lost.
class Network {
 public:
  void connect(NodeId id, std::shared_ptr<Node> node) {
    const std::lock_guard lock(mutex_);
    nodes_[id] = std::move(node);
  }
  void disconnect(NodeId id) {
    const std::lock_guard lock(mutex_);
    nodes_.erase(id);
  }
  // The sender's thread waits at the receiver's door, at most until that node stops.
  void send(const raftpb::Message& m) {
    std::shared_ptr<Node> from;
    std::shared_ptr<Node> to;
    {
      const std::lock_guard lock(mutex_);
      if (nodes_.contains(m.from)) from = nodes_[m.from];
      if (nodes_.contains(m.to)) to = nodes_[m.to];
    }
    if (from && to) std::ignore = to->step(csp::background(), m);
  }

 private:
  std::mutex mutex_;
  std::map<NodeId, std::shared_ptr<Node>> nodes_;
};

// A node and its application: writes, sends, applies, advances.
class Member {
 public:
  Member(NodeId id, std::shared_ptr<LockedStorage> storage, Network& network)
      : id_(id), storage_(std::move(storage)), network_(network) {}
  ~Member() { crash(); }

  // For the first time, with peers; or again, as the storage remembers.
  void start(const std::vector<raft::Peer>& peers = {}) {
    raft::Config config{.id = id_, .storage = storage_};
    node = peers.empty() ? restartNode(config) : startNode(config, peers);
    network_.connect(id_, node);
    over_ = Channel<Unit>::make();
    application_ = std::thread([this] { run(); });
  }
  // What is in memory is gone. What was applied is remembered by the test.
  void crash() {
    if (!node) return;
    network_.disconnect(id_);
    node->stop();
    over_.close();
    application_.join();
    node = nullptr;
    const std::lock_guard lock(mutex_);
    applied_.clear();
  }

  bool leads() { return node->status().softState.lead == id_; }
  // The data of the entries that were applied since the start, without empty ones.
  std::vector<std::string> applied() {
    const std::lock_guard lock(mutex_);
    return applied_;
  }
  void waitFor(const std::vector<std::string>& data) {
    csp::waitUntil([&] { return applied() == data; });
  }

  std::shared_ptr<Node> node;

 private:
  void run() {
    bool running = true;
    while (running) {
      select(recv(node->ready(), [this](const raft::ReadyPtr& rd) { turn(*rd); }),
             recv(over_, [&] { running = false; }));
    }
  }
  void turn(const raft::Ready& rd) {
    storage_->save(rd);
    for (const raftpb::Message& m : rd.messages) network_.send(m);
    for (const Entry& e : rd.committedEntries) {
      const std::lock_guard lock(mutex_);
      const bool client = e.type == raftpb::EntryType::EntryNormal && !e.data.empty();
      if (client) applied_.emplace_back(e.data);
    }
    node->advance();
  }

  const NodeId id_;
  const std::shared_ptr<LockedStorage> storage_;
  Network& network_;
  std::thread application_;
  Channel<Unit> over_;
  std::mutex mutex_;  // guards applied_
  std::vector<std::string> applied_;
};

struct ThreeNodes : testing::Test {
  ThreeNodes() {
    for (NodeId id = 1; id <= 3; ++id) {
      members.push_back(std::make_unique<Member>(id, memoryOf({1, 2, 3}), network));
      members.back()->start();
    }
  }
  ~ThreeNodes() override {
    for (NodeId id = 1; id <= 3; ++id) network.disconnect(id);
  }
  Member& member(NodeId id) { return *members[id - 1]; }
  Node& node(NodeId id) { return *member(id).node; }
  void elect(NodeId id) {
    ASSERT_EQ(node(id).campaign(csp::background()), Error());
    for (NodeId other = 1; other <= 3; ++other) {
      if (!member(other).node) continue;
      csp::waitUntil([&] { return node(other).status().softState.lead == id; });
    }
  }
  void everybodyApplied(const std::vector<std::string>& data) {
    for (const auto& m : members) {
      if (m->node) m->waitFor(data);
    }
  }

  Network network;
  std::vector<std::unique_ptr<Member>> members;
};

TEST_F(ThreeNodes, ElectsWhoCampaigns) {
  elect(2);
  EXPECT_TRUE(member(2).leads());
  EXPECT_EQ(node(1).status().hardState.term, 1u);
}

TEST_F(ThreeNodes, AppliesEverywhereWhatTheLeaderIsGiven) {
  elect(1);
  EXPECT_EQ(node(1).propose(csp::background(), "a"), Error());
  EXPECT_EQ(node(1).propose(csp::background(), "b"), Error());
  everybodyApplied({"a", "b"});
}

TEST_F(ThreeNodes, AppliesEverywhereWhatAFollowerIsGiven) {
  elect(1);
  EXPECT_EQ(node(3).propose(csp::background(), "through a follower"), Error());
  everybodyApplied({"through a follower"});
}

TEST_F(ThreeNodes, ManyProposersAgreeOnOneOrder) {
  elect(1);
  std::vector<std::thread> proposers;
  for (NodeId id = 1; id <= 3; ++id) {
    proposers.emplace_back([this, id] {
      for (NodeId i = 0; i < 20; ++i) {
        std::ignore = node(id).propose(csp::background(), std::to_string(100 * id + i));
      }
    });
  }
  for (std::thread& proposer : proposers) proposer.join();
  csp::waitUntil([&] { return member(1).applied().size() == 60; });
  const auto order = member(1).applied();
  EXPECT_EQ(std::set<std::string>(order.begin(), order.end()).size(), 60u);
  everybodyApplied(order);
}

TEST_F(ThreeNodes, TwoOfThreeAreEnoughAndTheThirdCatchesUp) {
  elect(1);
  network.disconnect(3);
  EXPECT_EQ(node(1).propose(csp::background(), "a"), Error());
  member(2).waitFor({"a"});
  EXPECT_EQ(member(3).applied(), std::vector<std::string>());

  network.connect(3, member(3).node);
  EXPECT_EQ(node(1).propose(csp::background(), "b"), Error());
  // Whether 3 hears of it at once or after a heartbeat depends on what was lost.
  csp::waitUntil([&] {
    node(1).tick();
    return member(3).applied() == std::vector<std::string>{"a", "b"};
  });
}

TEST_F(ThreeNodes, AFollowerThatStartsAgainAppliesItsLogAgainAndGoesOn) {
  elect(1);
  EXPECT_EQ(node(1).propose(csp::background(), "a"), Error());
  everybodyApplied({"a"});
  member(2).crash();
  EXPECT_EQ(node(1).propose(csp::background(), "b"), Error());
  member(3).waitFor({"a", "b"});

  member(2).start();
  csp::waitUntil([&] {
    node(1).tick();
    return member(2).applied() == std::vector<std::string>{"a", "b"};
  });
}

// INV-READY-4
TEST_F(ThreeNodes, WhatWasAppliedIsThereAfterAllHaveStartedAgain) {
  elect(1);
  EXPECT_EQ(node(1).propose(csp::background(), "a"), Error());
  everybodyApplied({"a"});
  for (const auto& m : members) m->crash();
  for (const auto& m : members) m->start();
  elect(3);
  EXPECT_EQ(node(3).propose(csp::background(), "b"), Error());
  everybodyApplied({"a", "b"});
  EXPECT_GE(node(3).status().hardState.term, 2u);
}

TEST_F(ThreeNodes, AnswersOfStrangersDoNotReachRaft) {
  elect(1);
  const auto before = node(1).status();
  EXPECT_EQ(node(1).step(csp::background(), {.type = raftpb::MessageType::MsgAppResp,
                                             .to = 1,
                                             .from = 9,
                                             .term = 7,
                                             .index = 1}),
            Error());
  EXPECT_EQ(node(1).status().hardState.term, before.hardState.term);
}

// etcd: TestNodeStart, TestNodeRestart.
TEST(StartNode, BeginsAClusterOnceAndRemembersItAfterwards) {
  Network network;
  Member alone(1, memoryOf({1}), network);
  alone.start({{.id = 1, .context = "first"}});
  csp::waitUntil([&] { return alone.node->status().applied == 1; });
  EXPECT_EQ(alone.node->status().hardState, (raft::HardState{.term = 1, .commit = 1}));
  EXPECT_EQ(alone.node->campaign(csp::background()), Error());
  EXPECT_EQ(alone.node->propose(csp::background(), "a"), Error());
  alone.waitFor({"a"});

  alone.crash();
  alone.start();
  alone.waitFor({"a"});
  EXPECT_EQ(alone.node->status().hardState.term, 2u);
  EXPECT_EQ(alone.node->status().softState.lead, raft::kNone);
}

}  // namespace
}  // namespace node
