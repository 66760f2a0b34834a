// When an entry is committed, who learns of it, and what can never be undone.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "base/random.hpp"
#include "raft/cluster_test.hpp"

namespace {

using base::Error;
using raft::Index;
using raft::NodeId;
using raft::Raft;
using raft::StateType;
using raft::Term;
using raft::test::Cluster;
using raft::test::terms;
using raftpb::Message;
using raftpb::MessageType;
using testing::ElementsAre;

Index committed(Cluster& cluster, NodeId id) {
  return cluster[id].raftLog().committed();
}

// An acknowledgement as a follower sends it.
Message ack(NodeId from, NodeId to, Term term, Index index) {
  return {.type = MessageType::MsgAppResp,
          .to = to,
          .from = from,
          .term = term,
          .index = index};
}

// ---- the rule ----

// A leader of five whose log is given, in the term after its last entry. It hears what
// its followers have, and commits.
struct Case {
  std::vector<Term> log;      // before its own, empty entry
  std::vector<Index> others;  // what each of the four others acknowledges
  Index commit;
};

TEST(RaftCommit, CountsTheMajorityAndItsOwnTermOnly) {
  const std::vector<Case> cases = {
      {{1, 1, 2}, {0, 0, 0, 0}, 0},  // our own copy is one of five
      {{1, 1, 2}, {4, 0, 0, 0}, 0},  // two of five
      {{1, 1, 2}, {4, 4, 0, 0}, 4},  // three of five, and the entry is ours
      {{1, 1, 2}, {3, 3, 3, 3}, 0},  // all five have it, and it is not of our term
      {{1, 1, 2}, {4, 3, 3, 3}, 0},  // ours is on two
      {{}, {1, 1, 0, 0}, 1},        {{}, {1, 0, 0, 0}, 0},
  };
  for (const Case& c : cases) {
    Cluster cluster({}, {c.log, {}, {}, {}, {}});
    cluster.ignore(MessageType::MsgApp);  // the answers below are all it gets
    cluster.campaign(1);
    ASSERT_EQ(cluster[1].state(), StateType::StateLeader);
    for (NodeId other = 2; other <= 5; ++other) {
      cluster.send({ack(other, 1, cluster[1].term(), c.others[other - 2])});
    }
    EXPECT_EQ(committed(cluster, 1), c.commit) << testing::PrintToString(c.log);
  }
}

// INV-COMMIT-1
TEST(RaftCommit, AnEntryIsCommittedWhenAMajorityHasWrittenIt) {
  Cluster cluster(3);
  cluster.campaign(1);
  cluster.isolate(1);
  EXPECT_EQ(cluster.propose(1, "a"), Error());
  EXPECT_EQ(committed(cluster, 1), 1u);  // the empty entry: "a" is on one disk of three

  cluster.heal();
  cluster.beat(1);
  EXPECT_EQ(committed(cluster, 1), 2u);
}

// INV-COMMIT-2
TEST(RaftCommit, ALeaderDoesNotCountItsOwnCopyBeforeItIsWritten) {
  Cluster cluster(1);
  cluster.campaign(1);
  EXPECT_EQ(committed(cluster, 1), 1u);

  Message m{.type = MessageType::MsgProp, .to = 1, .from = 1};
  m.entries.push_back({.data = "a"});
  EXPECT_EQ(cluster[1].step(m), Error());
  EXPECT_EQ(cluster[1].raftLog().lastIndex(), 2u);
  EXPECT_EQ(committed(cluster, 1), 1u);  // appended, and on no disk

  cluster.settle();  // the application writes
  EXPECT_EQ(committed(cluster, 1), 2u);
}

// INV-COMMIT-3
TEST(RaftCommit, ALeaderOpensItsTermWithAnEmptyEntry) {
  Cluster cluster({}, {{1, 1}, {1, 1}, {1, 1}});
  cluster.campaign(1);
  EXPECT_THAT(terms(cluster[1]), ElementsAre(1, 1, 2));
  EXPECT_TRUE(cluster[1].raftLog().allEntries().back().data.empty());
  // With it, everything below is committed, too. Nobody had to propose.
  for (NodeId id = 1; id <= 3; ++id) EXPECT_EQ(committed(cluster, id), 3u);
}

// ---- Figure 8 ----

// The paper's five servers. S1 has led term 2, S5 term 3; S1 is back in term 4 and has
// brought its entry of term 2 to a majority. What it does then is the test.
class Figure8 : public testing::Test {
 protected:
  Figure8() : cluster({.maxSizePerMsg = 0}, {{1, 2}, {1, 2}, {1}, {1}, {1, 3}}) {
    for (NodeId id = 1; id <= 5; ++id) writeTerm(id, 3);
    cluster.isolate(5);
    // S3 gets the old entry and S2 says that it has it. The empty one of term 4 gets
    // nowhere.
    cluster.drops = [this](const Message& m) {
      if (m.type != MessageType::MsgApp) return false;
      return m.to != 3 || cluster[3].raftLog().lastIndex() == 2;
    };
    cluster.campaign(1);
    cluster.send({ack(2, 1, 4, 2)});
  }
  void writeTerm(NodeId id, Term term) {
    cluster.peer(id).storage->setHardState({.term = term});
    cluster.crashAndRestart(id);
  }
  void theOldLeaderGoesAndS5Returns() {
    cluster.heal();
    cluster.isolate(1);
    cluster.campaign(5);  // term 4, in which the others have voted for S1
    cluster.campaign(5);  // term 5
  }
  Cluster cluster;
};

TEST_F(Figure8, AnOldEntryIsOnAMajorityAndNotCommitted) {
  EXPECT_EQ(cluster[1].term(), 4u);
  EXPECT_THAT(terms(cluster[1]), ElementsAre(1, 2, 4));
  EXPECT_THAT(terms(cluster[2]), ElementsAre(1, 2));
  EXPECT_THAT(terms(cluster[3]), ElementsAre(1, 2));
  EXPECT_EQ(committed(cluster, 1), 0u);
}

// INV-COMMIT-1
TEST_F(Figure8, TheOldEntryCanStillBeOverwritten) {
  cluster.drops = nullptr;
  theOldLeaderGoesAndS5Returns();
  ASSERT_EQ(cluster[5].state(), StateType::StateLeader);
  EXPECT_THAT(terms(cluster[2]), ElementsAre(1, 3, 5));
  EXPECT_THAT(terms(cluster[3]), ElementsAre(1, 3, 5));
}

TEST_F(Figure8, AnEntryOfItsOwnTermCommitsTheOldOneAndShutsTheDoor) {
  cluster.drops = [](const Message& m) { return m.to == 4 || m.to == 5; };
  cluster.beat(1);
  EXPECT_EQ(committed(cluster, 1), 3u);  // the entries of term 2 and of term 4

  cluster.drops = nullptr;
  theOldLeaderGoesAndS5Returns();
  EXPECT_NE(cluster[5].state(), StateType::StateLeader);  // S2 and S3 refuse
}

// ---- who learns of it ----

TEST(RaftCommit, TheLeaderTellsEverybodyAtOnce) {
  Cluster cluster(3);
  cluster.campaign(1);
  EXPECT_EQ(cluster.propose(1, "a"), Error());
  for (NodeId id = 1; id <= 3; ++id) EXPECT_EQ(committed(cluster, id), 2u);
}

TEST(RaftCommit, AFollowerCommitsNoMoreThanItsLogIsKnownToEqual) {
  Cluster cluster({}, {{1}, {1, 1, 1}});
  Raft& follower = cluster[2];
  EXPECT_EQ(follower.step({.type = MessageType::MsgApp,
                           .from = 1,
                           .term = 2,
                           .logTerm = 1,
                           .index = 1,
                           .commit = 9}),
            Error());
  EXPECT_EQ(follower.raftLog().committed(), 1u);  // 2 and 3 may be replaced yet
}

// An empty entry and a proposal, to two followers: four MsgApps carry them, and four more
// say that they are committed.
TEST(RaftCommit, AnExtraMessageGoesOnlyToThoseWhomItTellsSomething) {
  Cluster cluster(3);
  cluster.campaign(1);
  EXPECT_EQ(cluster.propose(1, "a"), Error());
  const auto isAppend = [](const Message& m) { return m.type == MessageType::MsgApp; };
  EXPECT_EQ(std::ranges::count_if(cluster.seen, isAppend), 8);
}

// Nodes 1 and 2 commit the entry while node 3, whose window is full with it, can be sent
// nothing. INV-COMMIT-4
TEST(RaftCommit, AFollowerThatComesLateIsTold) {
  Cluster cluster(3, {.maxInflightMsgs = 1});
  cluster.campaign(1);
  std::vector<Message> late;
  cluster.drops = [&](const Message& m) {
    if (m.to == 3 && m.type == MessageType::MsgApp && late.empty()) late.push_back(m);
    return m.to == 3;
  };
  EXPECT_EQ(cluster.propose(1, "a"), Error());
  EXPECT_EQ(committed(cluster, 1), 2u);

  cluster.drops = nullptr;
  cluster.send(late);
  EXPECT_EQ(committed(cluster, 3), 2u);
}

// The message that told follower 3 of the commit was lost. A heartbeat could tell it only
// of what it is known to have. Its answer to the entry comes last. INV-COMMIT-4
TEST(RaftCommit, AFollowerIsToldOnceMoreIfALaterHeartbeatToldItLess) {
  Cluster cluster(3);
  cluster.campaign(1);
  std::vector<Message> answers;
  cluster.drops = [&](const Message& m) {
    if (m.from == 3 && m.type == MessageType::MsgAppResp) answers.push_back(m);
    return m.from == 3 || (m.to == 3 && m.commit == 2);
  };
  EXPECT_EQ(cluster.propose(1, "a"), Error());
  cluster.beat(1);
  ASSERT_EQ(committed(cluster, 1), 2u);
  ASSERT_EQ(committed(cluster, 3), 1u);

  cluster.drops = nullptr;
  cluster.send(answers);
  EXPECT_EQ(committed(cluster, 3), 2u);
}

TEST(RaftCommit, CommitNeverGoesBack) {
  Cluster cluster(3);
  cluster.campaign(1);
  EXPECT_EQ(cluster.propose(1, "a"), Error());
  const Index before = committed(cluster, 2);
  EXPECT_EQ(cluster[2].step({.type = MessageType::MsgHeartbeat, .from = 1, .term = 1}),
            Error());
  EXPECT_EQ(committed(cluster, 2), before);
}

TEST(RaftCommit, ANewLeaderCommitsWhatTheOldOneCouldNot) {
  Cluster cluster(3);
  cluster.campaign(1);
  cluster.ignore(MessageType::MsgAppResp);
  EXPECT_EQ(cluster.propose(1, "a"), Error());
  EXPECT_EQ(committed(cluster, 1), 1u);

  cluster.heal();
  cluster.isolate(1);
  cluster.campaign(2);
  EXPECT_EQ(cluster[2].state(), StateType::StateLeader);
  EXPECT_EQ(committed(cluster, 2), 3u);  // "a", and the new leader's empty entry
}

// ---- what can never be undone ----

// Random elections, proposals, losses and crashes. What any node has once committed
// stands at that index in every log that comes to have it committed. INV-COMMIT-4
TEST(RaftCommit, NothingCommittedIsEverAnotherEntry) {
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    base::Random random(seed);
    const int size = seed % 2 == 0 ? 3 : 5;
    Cluster cluster(size, {.seed = seed});
    std::map<Index, raftpb::Entry> decided;
    const auto any = [&] {
      return NodeId{random.below(static_cast<std::uint32_t>(size))} + 1;
    };
    cluster.drops = [&](const Message&) { return random.below(5) == 0; };

    for (int step = 0; step < 120; ++step) {
      const NodeId id = any();
      switch (random.below(8)) {
        case 0:
          cluster.campaign(id);
          break;
        case 1:
          cluster.crashAndRestart(id);
          break;
        case 2:
          cluster.beat(id);
          break;
        default:
          std::ignore = cluster.propose(id, std::to_string(step));
      }
      for (NodeId node = 1; node <= static_cast<NodeId>(size); ++node) {
        for (const raftpb::Entry& e : cluster[node].raftLog().allEntries()) {
          if (e.index > committed(cluster, node)) break;
          const auto [known, isNew] = decided.emplace(e.index, e);
          ASSERT_EQ(known->second, e) << "seed " << seed << ", step " << step;
        }
      }
    }
    EXPECT_GT(decided.size(), 1u) << "seed " << seed << " committed next to nothing";
  }
}

}  // namespace
