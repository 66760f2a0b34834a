// Log Matching (§5.3), and what else must hold of three logs at every moment, in storms.
//
// A storm drops, doubles and reorders messages, crashes nodes between the memory and the
// disk, and lets anybody campaign at any time. After every single step the logs are
// compared. A seed gives the same storm on every machine. Then the weather clears, and
// the logs must become equal: nodes that never say anything are safe as well.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/random.hpp"
#include "raft/cluster_test.hpp"

namespace raft::test {
namespace {

using raftpb::Entries;

class Storm {
 public:
  explicit Storm(std::uint64_t seed) : random_(seed), seed_(seed) {
    for (NodeId id = 1; id <= kNodes; ++id) {
      nodes_.push_back(std::make_unique<Peer>(configOf(id), disk({1, 2, 3})));
      seen_.emplace_back();
    }
  }

  void rage(int steps) {
    for (step_ = 0; step_ < steps && !testing::Test::HasFatalFailure(); ++step_) {
      act();
      check();
    }
  }

  // Nothing is lost any more. One node after the other campaigns until one leads.
  void clear() {
    for (NodeId who = 1; who < 50; ++who) {
      const NodeId id = 1 + who % kNodes;
      deliverAll();
      hup(id);
      deliverAll();
      if (!leads(id)) continue;  // its log was behind, or its term is over
      propose(id);
      tell(id, {.type = MessageType::MsgBeat, .from = id});
      deliverAll();
      check();
      ASSERT_EQ(terms(raft(1)), terms(raft(id))) << where() << "not equal in the end";
      ASSERT_EQ(terms(raft(2)), terms(raft(id))) << where() << "not equal in the end";
      ASSERT_EQ(terms(raft(3)), terms(raft(id))) << where() << "not equal in the end";
      return;
    }
    FAIL() << where() << "nobody can be elected";
  }

  int longestLog() {
    std::size_t longest = 0;
    for (NodeId id = 1; id <= kNodes; ++id) longest = std::max(longest, log(id).size());
    return static_cast<int>(longest);
  }

 private:
  static constexpr NodeId kNodes = 3;

  static Config configOf(NodeId id) {
    Config config;
    config.id = id;
    config.maxInflightMsgs = 2;  // small, so that windows fill
    config.maxSizePerMsg = 40;   // two entries or three
    return config;
  }
  Peer& peer(NodeId id) { return *nodes_[id - 1]; }
  Raft& raft(NodeId id) { return peer(id).raft; }
  Entries log(NodeId id) { return raft(id).raftLog().allEntries(); }
  NodeId anybody() { return 1 + random_.below(kNodes); }
  std::string where() const { return base::text("seed ", seed_, " step ", step_, ": "); }

  bool leads(NodeId id) {
    for (NodeId other = 1; other <= kNodes; ++other) {
      if (raft(other).term() > raft(id).term()) return false;
    }
    return raft(id).state() == StateType::StateLeader;
  }

  // A step goes into the memory; writing is a step of its own.
  void tell(NodeId id, Message m) { std::ignore = raft(id).step(std::move(m)); }
  void hup(NodeId id) { tell(id, {.type = MessageType::MsgHup, .from = id}); }
  void propose(NodeId id) {
    Message m{.type = MessageType::MsgProp, .from = id};
    m.entries.push_back({.data = std::to_string(++proposals_)});
    tell(id, m);
  }
  void write(NodeId id) {
    for (Message& m : peer(id).write()) network_.push_back(std::move(m));
  }
  // What waits for no disk may leave before the entries are written, once the term and
  // the vote are: a leader sends while it writes.
  void sendAtOnce(NodeId id) {
    if (peer(id).storage->initialState().hardState != raft(id).hardState()) return;
    for (Message& m : std::exchange(raft(id).msgs(), {}))
      network_.push_back(std::move(m));
  }
  void deliver(std::size_t nth, bool keep) {
    const Message m = network_[nth];
    if (!keep) network_.erase(network_.begin() + static_cast<std::ptrdiff_t>(nth));
    tell(m.to, m);
  }
  void deliverAll() {
    for (NodeId id = 1; id <= kNodes; ++id) write(id);
    while (!network_.empty()) {
      const NodeId to = network_.front().to;
      deliver(0, false);
      write(to);
    }
  }

  void act() {
    const std::uint32_t what = random_.below(100);
    const NodeId who = anybody();
    if (what < 45 && !network_.empty()) {
      const auto size = static_cast<std::uint32_t>(network_.size());
      const std::size_t nth = random_.below(2) == 0 ? 0 : random_.below(size);
      if (random_.below(8) == 0) {
        network_.erase(network_.begin() + static_cast<std::ptrdiff_t>(nth));  // lost
      } else {
        deliver(nth, random_.below(10) == 0);
      }
    } else if (what < 65) {
      write(who);
    } else if (what < 75) {
      sendAtOnce(who);
    } else if (what < 88) {
      propose(who);
    } else if (what < 95) {
      tell(who, {.type = MessageType::MsgBeat, .from = who});
    } else if (what < 97) {
      hup(who);
    } else if (what < 98) {
      tell(who, {.type = MessageType::MsgUnreachable, .from = anybody()});
    } else {
      peer(who).restart(configOf(who));  // whatever was not written is gone
      seen_[who - 1] = {};
    }
  }

  void check() {
    std::vector<Entries> logs;
    for (NodeId id = 1; id <= kNodes; ++id) logs.push_back(log(id));
    for (std::size_t a = 0; a < kNodes; ++a) {
      for (std::size_t b = a + 1; b < kNodes; ++b) checkMatching(logs[a], logs[b]);
    }
    for (NodeId id = 1; id <= kNodes; ++id) {
      checkCommitted(id, logs[id - 1]);
      checkLeader(id, logs[id - 1]);
    }
  }

  // Same index and term: the same entry, and the same entries before it.
  void checkMatching(const Entries& a, const Entries& b) {
    std::size_t common = std::min(a.size(), b.size());
    while (common > 0 && a[common - 1].term != b[common - 1].term) --common;
    ASSERT_TRUE(
        std::equal(a.begin(), a.begin() + static_cast<std::ptrdiff_t>(common), b.begin()))
        << where() << "equal ids at " << common << ", and different logs before it";
  }

  // What one node ever called committed, every node has there for ever.
  void checkCommitted(NodeId id, const Entries& log) {
    const Index committed = raft(id).raftLog().committed();
    ASSERT_LE(committed, log.size()) << where();
    for (Index i = 1; i <= committed; ++i) {
      const auto [known, unused] = committed_.emplace(i, log[i - 1]);
      ASSERT_EQ(known->second, log[i - 1])
          << where() << "committed entry " << i << " of node " << id << " changed";
    }
  }

  void checkLeader(NodeId id, const Entries& log) {
    const Raft& leader = raft(id);
    if (leader.state() != StateType::StateLeader) return;
    // It only appends.
    auto& [term, before] = seen_[id - 1];
    if (term == leader.term()) {
      ASSERT_TRUE(before.size() <= log.size() &&
                  std::equal(before.begin(), before.end(), log.begin()))
          << where() << "leader " << id << " changed its own log";
    }
    term = leader.term();
    before = log;
    for (const auto& [member, pr] : leader.tracker().progress) {
      ASSERT_LT(pr.match(), pr.next()) << where();
      if (member == id || raft(member).term() != leader.term()) continue;
      // What it takes for acknowledged is on the follower's disk, not in its memory.
      ASSERT_GE(peer(member).storage->lastIndex(), pr.match()) << where();
      if (pr.match() == 0) continue;
      const auto onDisk = *peer(member).storage->entries(1, pr.match() + 1, kNoLimit);
      ASSERT_TRUE(std::equal(onDisk.begin(), onDisk.end(), log.begin()))
          << where() << "leader " << id << " is wrong about the disk of " << member;
    }
  }

  base::Random random_;
  std::uint64_t seed_;
  int step_ = 0;
  int proposals_ = 0;
  std::vector<std::unique_ptr<Peer>> nodes_;
  std::vector<Message> network_;
  std::map<Index, Entry> committed_;
  struct Seen {
    Term term = 0;
    Entries log;
  };
  std::vector<Seen> seen_;  // each leader's log, when we last looked
};

// INV-REPLICATION-1
// INV-REPLICATION-2
// INV-REPLICATION-3
TEST(LogMatching, HoldsInEveryStorm) {
  int longest = 0;
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    Storm storm(seed);
    storm.rage(1200);
    if (HasFatalFailure()) return;
    storm.clear();
    if (HasFatalFailure()) return;
    longest = std::max(longest, storm.longestLog());
  }
  EXPECT_GT(longest, 20) << "a storm in which nothing happens proves nothing";
}

// Why messages wait for the term and the vote, even those that promise nothing: node 1
// leads term 1 on the votes of the others, forgets that, and leads term 1 once more.
TEST(LogMatching, IsBrokenByWhoSendsBeforeItsTermIsWritten) {
  const auto node = [](NodeId id) {
    Config config;
    config.id = id;
    return config;
  };
  Peer one(node(1), disk({1, 2, 3}));
  Peer two(node(2), disk({1, 2, 3}));
  Peer three(node(3), disk({1, 2, 3}));
  const auto propose = [&](const char* data) {
    Message m{.type = MessageType::MsgProp, .from = 1};
    m.entries.push_back({.data = data});
    std::ignore = one.raft.step(m);
  };
  // To the others and back, as far as they are heard.
  const auto converse = [&](std::vector<Message> sent, bool twoHears, bool threeHears) {
    for (Message& m : sent) {
      if (!(m.to == 2 ? twoHears : threeHears)) continue;
      Peer& other = m.to == 2 ? two : three;
      std::ignore = other.raft.step(m);
      for (Message& answer : other.write()) std::ignore = one.raft.step(answer);
    }
  };
  const auto sendTooEarly = [&] { return std::exchange(one.raft.msgs(), {}); };
  const Message hup{.type = MessageType::MsgHup, .from = 1};

  std::ignore = one.raft.step(hup);
  converse(sendTooEarly(), true, true);
  ASSERT_EQ(one.raft.state(), StateType::StateLeader);
  propose("x");
  for (int round = 0; round < 3; ++round) converse(sendTooEarly(), true, false);
  one.restart(node(1));
  ASSERT_EQ(one.raft.term(), 0u);

  std::ignore = one.raft.step(hup);
  converse(one.write(), false, true);
  ASSERT_EQ(one.raft.state(), StateType::StateLeader);
  propose("y");
  const Entry x = two.raft.raftLog().allEntries().back();
  const Entry y = one.raft.raftLog().allEntries().back();
  EXPECT_EQ(x.index, y.index);
  EXPECT_EQ(x.term, y.term);
  EXPECT_EQ(x.data, "x");
  EXPECT_EQ(y.data, "y") << "one name, two entries: nobody will ever notice";
}

}  // namespace
}  // namespace raft::test
