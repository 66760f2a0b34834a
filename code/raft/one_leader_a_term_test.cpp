// Election Safety, in storms: at most one leader in a term, one vote of a voter in a
// term.
//
// A storm is a few thousand steps drawn from a seed. Messages are delivered in any order,
// twice, late or never; clocks run unevenly; nodes crash before they have written, and
// come back with what their disk holds. After every step everything that has been said
// and every role is compared with everything before.
#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <vector>

#include "base/random.hpp"
#include "raft/votes_test.hpp"

namespace raft {
namespace {

using raftpb::Message;
using raftpb::MessageType;
using test::disk;
using test::Peer;

class Storm {
 public:
  Storm(NodeId size, std::uint64_t seed) : random_(seed), seed_(seed) {
    for (NodeId id = 1; id <= size; ++id) voters_.push_back(id);
    for (const NodeId id : voters_) {
      peers_.push_back(std::make_unique<Peer>(config(id), disk(voters_)));
    }
  }

  void blow(int steps) {
    for (int i = 0; i < steps && !testing::Test::HasFailure(); ++i) {
      oneStep();
      check();
    }
  }

  std::map<Term, NodeId> leaders;  // who led in a term
  int crashes = 0;

 private:
  Config config(NodeId id) const {
    return {.id = id, .electionTick = 5, .seed = seed_ * 100};
  }

  // What happens, of 100 times: a message arrives in 45, and so on down.
  void oneStep() {
    Peer& p = *peers_[random_.below(static_cast<std::uint32_t>(peers_.size()))];
    const std::uint32_t dice = random_.below(100);
    if (dice < 45) {
      deliver(/*keep=*/false);
    } else if (dice < 50) {
      deliver(/*keep=*/true);  // it will arrive a second time
    } else if (dice < 55) {
      drop();
    } else if (dice < 75) {
      write(p);
    } else if (dice < 97) {
      p.raft.tick();
    } else {
      crash(p);
    }
  }

  void deliver(bool keep) {
    if (network_.empty()) return;
    const std::size_t at = any();
    const Message m = network_[at];
    if (!keep) network_.erase(network_.begin() + static_cast<std::ptrdiff_t>(at));
    std::ignore = peers_[m.to - 1]->raft.step(m);
  }
  void drop() {
    if (!network_.empty()) {
      network_.erase(network_.begin() + static_cast<std::ptrdiff_t>(any()));
    }
  }
  std::size_t any() { return random_.below(static_cast<std::uint32_t>(network_.size())); }

  // Only what is written leaves, so only that counts as said.
  void write(Peer& p) {
    const Term before = p.storage->initialState().hardState.term;
    const std::vector<Message> said = p.write();
    EXPECT_GE(p.storage->initialState().hardState.term, before)
        << p.raft.id() << " went back to a term that was over, seed " << seed_;
    for (const Message& m : said) {
      if (m.type == MessageType::MsgVote) vote(m.from, m.term, m.from);
      if (m.type == MessageType::MsgVoteResp && !m.reject) vote(m.from, m.term, m.to);
      network_.push_back(m);
    }
  }
  void vote(NodeId voter, Term term, NodeId candidate) {
    const auto [had, isNew] = votes_.insert({{voter, term}, candidate});
    EXPECT_EQ(had->second, candidate)
        << voter << " voted twice in term " << term << ", seed " << seed_;
  }

  // What was not written is lost. The promises that waited for it were never sent.
  void crash(Peer& p) {
    p.restart(config(p.raft.id()));
    ++crashes;
  }

  void check() {
    for (const auto& p : peers_) {
      if (p->raft.state() != StateType::StateLeader) continue;
      const auto [had, isNew] = leaders.insert({p->raft.term(), p->raft.id()});
      EXPECT_EQ(had->second, p->raft.id())
          << "two leaders in term " << p->raft.term() << ", seed " << seed_;
    }
  }

  base::Random random_;
  std::uint64_t seed_;
  std::vector<NodeId> voters_;
  std::vector<std::unique_ptr<Peer>> peers_;
  std::vector<Message> network_;
  std::map<std::pair<NodeId, Term>, NodeId> votes_;
};

void storms(NodeId size, std::uint64_t seeds) {
  std::size_t leaders = 0;
  int crashes = 0;
  for (std::uint64_t seed = 1; seed <= seeds && !testing::Test::HasFailure(); ++seed) {
    Storm storm(size, seed);
    storm.blow(4000);
    leaders += storm.leaders.size();
    crashes += storm.crashes;
  }
  EXPECT_GT(leaders, seeds * 5) << "a storm in which nobody wins shows little";
  EXPECT_GT(crashes, static_cast<int>(seeds) * 50);
}

// INV-ELECTION-1, INV-ELECTION-2, INV-ELECTION-4
TEST(OneLeaderATerm, InStormsOverThreeNodes) {
  storms(3, 60);
}

// INV-ELECTION-1, INV-ELECTION-2, INV-ELECTION-4
TEST(OneLeaderATerm, InStormsOverFiveNodes) {
  storms(5, 40);
}

// INV-ELECTION-1
TEST(OneLeaderATerm, InAClusterOfTwoWhereBothMustAgree) {
  storms(2, 20);
}

}  // namespace
}  // namespace raft
