// The paper's sentences on committing, section by section (§5.3, §5.4.2).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "raft/cluster_test.hpp"

namespace {

using base::Error;
using raft::Index;
using raft::NodeId;
using raft::StateType;
using raft::Term;
using raft::test::Cluster;
using raftpb::Message;
using raftpb::MessageType;

Index committed(Cluster& cluster, NodeId id) {
  return cluster[id].raftLog().committed();
}

// A leader that has an entry on a majority commits it, and its next messages say so.
TEST(PaperS53, ALeaderCommitsWhatItHasReplicatedAndTellsTheOthers) {
  Cluster cluster(3);
  cluster.campaign(1);
  cluster.seen.clear();
  EXPECT_EQ(cluster.propose(1, "some data"), Error());
  EXPECT_EQ(committed(cluster, 1), 2u);
  EXPECT_EQ(cluster.seen.back().type, MessageType::MsgAppResp);
  Index told = 0;
  for (const Message& m : cluster.seen) {
    if (m.type == MessageType::MsgApp) told = m.commit;
  }
  EXPECT_EQ(told, 2u);
}

// A majority decides, in clusters of every size; which of the others it is does not
// matter.
TEST(PaperS53, ALogEntryIsCommittedOnceAMajorityHasIt) {
  struct Case {
    int size;
    std::vector<NodeId> reachable;  // besides the leader
    bool commits;
  };
  const std::vector<Case> cases = {
      {1, {}, true},   {3, {}, false},    {3, {2}, true},     {3, {2, 3}, true},
      {5, {}, false},  {5, {4}, false},   {5, {2, 5}, true},  {5, {2, 3, 4, 5}, true},
      {4, {2}, false}, {4, {2, 4}, true}, {7, {2, 3}, false}, {7, {2, 3, 4}, true},
  };
  for (const Case& c : cases) {
    Cluster cluster(c.size);
    cluster.campaign(1);
    const Index before = committed(cluster, 1);
    cluster.drops = [&](const Message& m) {
      return m.to != 1 && std::ranges::find(c.reachable, m.to) == c.reachable.end();
    };
    EXPECT_EQ(cluster.propose(1, "a"), Error());
    EXPECT_EQ(committed(cluster, 1) > before, c.commits)
        << c.size << " nodes, " << c.reachable.size() << " reachable";
  }
}

// Committing an entry commits everything before it, whoever appended that.
TEST(PaperS53, WhatPrecedesACommittedEntryIsCommitted) {
  const std::vector<std::vector<Term>> logs = {{}, {2}, {1, 2}, {1}};
  for (const auto& log : logs) {
    Cluster cluster({}, {log, {}, {}});
    cluster.campaign(1);
    EXPECT_EQ(committed(cluster, 1), log.size() + 1);
    EXPECT_EQ(committed(cluster, 3), log.size() + 1);
  }
}

// A follower learns from its leader how far it may go, and goes in order.
TEST(PaperS53, AFollowerCommitsAsFarAsItIsTold) {
  for (const Index commit : {1u, 2u, 3u}) {
    Cluster cluster(3);
    Message m{.type = MessageType::MsgApp, .from = 2, .term = 1, .commit = commit};
    for (Index i = 1; i <= 3; ++i) m.entries.push_back({.term = 1, .index = i});
    EXPECT_EQ(cluster[1].step(m), Error());
    EXPECT_EQ(committed(cluster, 1), commit);
  }
}

// Copies are counted for entries of the leader's own term, and for no others.
TEST(PaperS542, OnlyEntriesOfTheCurrentTermAreCounted) {
  struct Case {
    Index acknowledged;
    Index commit;
  };
  for (const Case& c : {Case{1, 0}, Case{2, 0}, Case{3, 3}}) {
    Cluster cluster({}, {{1, 2}, {1, 2}});
    cluster.ignore(MessageType::MsgApp);
    cluster.campaign(1);
    ASSERT_EQ(cluster[1].term(), 3u);
    cluster.send({{.type = MessageType::MsgAppResp,
                   .to = 1,
                   .from = 2,
                   .term = 3,
                   .index = c.acknowledged}});
    EXPECT_EQ(committed(cluster, 1), c.commit);
  }
}

}  // namespace
