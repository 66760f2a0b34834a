// Counted too early: five servers, and an entry that lies on three of them.
#include <gtest/gtest.h>

#include "raft/cluster_test.hpp"

namespace {

using raft::Index;
using raft::NodeId;
using raft::StateType;
using raft::test::Cluster;
using raftpb::Message;
using raftpb::MessageType;

// Node 1 leads term 4 and has an entry of term 2 at index 2, and its own, empty one at
// index 3. What the others have is told to it, message by message.
class TermFour : public testing::Test {
 protected:
  TermFour() : cluster({}, {{1, 2}, {1, 2}, {1}, {1}, {1}}) {
    for (NodeId id = 1; id <= 5; ++id) {
      cluster.peer(id).storage->setHardState({.term = 3});
      cluster.crashAndRestart(id);
    }
    cluster.ignore(MessageType::MsgApp);
    cluster.campaign(1);
    EXPECT_EQ(cluster[1].state(), StateType::StateLeader);
  }
  void acknowledges(NodeId follower, Index index) {
    cluster.send({{.type = MessageType::MsgAppResp,
                   .to = 1,
                   .from = follower,
                   .term = cluster[1].term(),
                   .index = index}});
  }
  Index committed() { return cluster[1].raftLog().committed(); }

  Cluster cluster;
};

// INV-COMMIT-1
TEST_F(TermFour, CountsNothingThatIsOlderThanItself) {
  acknowledges(2, 2);
  acknowledges(3, 2);
  EXPECT_EQ(committed(), 0u) << "an entry of an older term was counted";
  acknowledges(4, 2);
  acknowledges(5, 2);
  EXPECT_EQ(committed(), 0u)
      << "an entry of an older term was counted, on all five disks";
}

TEST_F(TermFour, CommitsTheOldOneBelowItsOwn) {
  acknowledges(2, 3);
  EXPECT_EQ(committed(), 0u) << "two of five is no majority";
  acknowledges(3, 3);
  EXPECT_EQ(committed(), 3u) << "the leader's own entry is on three of five";
}

TEST_F(TermFour, CommitsNoMoreThanTheMajorityHas) {
  Message m{.type = MessageType::MsgProp, .to = 1, .from = 1};
  m.entries.push_back({.data = "a"});
  cluster.send({m});
  acknowledges(2, 3);
  acknowledges(3, 3);
  EXPECT_EQ(committed(), 3u) << "index 4 is on the leader's disk only";
}

}  // namespace
