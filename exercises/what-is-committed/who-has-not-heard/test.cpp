// Who has not heard: what followers know of a commit, and what it costs to tell them.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "raft/cluster_test.hpp"

namespace {

using base::Error;
using raft::Index;
using raft::NodeId;
using raft::test::Cluster;
using raftpb::Message;
using raftpb::MessageType;

Index committed(Cluster& cluster, NodeId id) {
  return cluster[id].raftLog().committed();
}

TEST(Commit, IsToldToEverybodyAtOnce) {
  Cluster cluster(5);
  cluster.campaign(1);
  EXPECT_EQ(cluster.propose(1, "a"), Error());
  ASSERT_EQ(committed(cluster, 1), 2u);
  // Node 2 had acknowledged it before node 3 made it a majority.
  for (const NodeId id : {2, 3, 4, 5}) {
    EXPECT_EQ(committed(cluster, id), 2u)
        << "node " << id << " has not heard that it is committed";
  }
}

// Nodes 1 and 2 commit the entry while node 3, whose window is full with it, can be sent
// nothing. INV-COMMIT-4
TEST(Commit, IsToldToTheOneThatComesLate) {
  Cluster cluster(3, {.maxInflightMsgs = 1});
  cluster.campaign(1);
  std::vector<Message> late;
  cluster.drops = [&](const Message& m) {
    if (m.to == 3 && m.type == MessageType::MsgApp && late.empty()) late.push_back(m);
    return m.to == 3;
  };
  EXPECT_EQ(cluster.propose(1, "a"), Error());
  ASSERT_EQ(committed(cluster, 1), 2u);

  cluster.drops = nullptr;
  cluster.send(late);  // sent before it was committed, and slow
  EXPECT_EQ(cluster[3].raftLog().lastIndex(), 2u);
  EXPECT_EQ(committed(cluster, 3), 2u) << "node 3 has not heard that it is committed";
}

TEST(Commit, IsNotToldTwice) {
  Cluster cluster(3);
  cluster.campaign(1);
  EXPECT_EQ(cluster.propose(1, "a"), Error());
  std::size_t appends = 0;
  for (const Message& m : cluster.seen) appends += m.type == MessageType::MsgApp ? 1 : 0;
  // An empty entry and a proposal; each goes to two nodes, and so does the commit of
  // each.
  EXPECT_EQ(appends, 8u) << "eight MsgApps are enough for two commits";
}

}  // namespace
