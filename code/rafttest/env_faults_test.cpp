// Crashes, cuts and copies. How they look in a conversation is in testdata/interaction.
#include <gtest/gtest.h>

#include <array>
#include <map>
#include <string>

#include "base/random.hpp"
#include "base/text.hpp"
#include "rafttest/datadriven.hpp"
#include "rafttest/interaction_env.hpp"

namespace {

using base::text;
using rafttest::EnvNode;
using rafttest::InteractionEnv;

// What one directive brings about: its answer, or the complaint about it.
struct Answer {
  std::string said;
  std::string complaint;
};

Answer ask(InteractionEnv& env, const std::string& line) {
  const auto script = rafttest::parse("f.txt", line + "\n----\n");
  rafttest::Directive d = script.directives.at(0);
  std::string said = env.handle(d);
  return {said, d.complaint};
}

// The same, for a test to which it must be possible.
std::string say(InteractionEnv& env, const std::string& line) {
  const Answer answer = ask(env, line);
  EXPECT_EQ(answer.complaint, "") << line;
  return answer.said;
}

// Three nodes, of which the first leads.
void elect(InteractionEnv& env) {
  say(env, "log-level none");
  say(env, "add-nodes 3 voters=(1,2,3) index=10");
  say(env, "campaign 1");
  say(env, "stabilize");
  say(env, "log-level info");
}

TEST(Faults, ANodeThatIsDownDoesNothing) {
  InteractionEnv env;
  elect(env);
  say(env, "crash 2");
  for (const std::string line :
       {"campaign 2", "compact 2 11", "crash 2", "process-ready 2", "process-ready 1 2",
        "propose 2 x", "report-unreachable 2 1", "stabilize 1 2", "status 2",
        "set-randomized-election-timeout 2 timeout=4", "tick-election 2",
        "tick-heartbeat 2"}) {
    const std::string command = line.substr(0, line.find(' '));
    EXPECT_EQ(ask(env, line).complaint,
              "f.txt:1: " + command + ": node 2 is down; restart 2 brings it back");
  }
}

TEST(Faults, WhatMakesNoSenseIsRefused) {
  InteractionEnv env;
  elect(env);
  const std::map<std::string, std::string> refusals = {
      {"crash", "something is missing; write: crash ID"},
      {"crash 4", "there is no node 4; there are 1 to 3"},
      {"restart 2", "node 2 is running; it did not crash"},
      {"restart 4", "there is no node 4; there are 1 to 3"},
      {"partition", "something is missing; write: partition ID ..."},
      {"partition 1 2 3", "nobody is left for the other side"},
      {"partition 1 4", "there is no node 4; there are 1 to 3"},
      {"heal 1", "there is too much; write: heal"},
      {"duplicate-msgs",
       "something is missing; write: duplicate-msgs ID ... type=MsgApp"},
      {"duplicate-msgs 1 drop=(2)",
       "it takes no drop=; write: duplicate-msgs ID ... type=MsgApp"},
      {"duplicate-msgs 1 type=MsgNone",
       "there is no type MsgNone; write a whole name, type=MsgApp"},
  };
  for (const auto& [line, why] : refusals) {
    const std::string command = line.substr(0, line.find(' '));
    EXPECT_EQ(ask(env, line).complaint, "f.txt:1: " + command + ": " + why);
  }
}

TEST(Faults, AnotherNodeMayBeToldOfOneThatIsDown) {
  InteractionEnv env;
  elect(env);
  say(env, "crash 2");
  EXPECT_EQ(say(env, "raft-log 2"), "1/11 EntryNormal \"\"\n");
  EXPECT_EQ(say(env, "report-unreachable 1 2"), "ok");
  say(env, "tick-heartbeat 1");
  EXPECT_NE(say(env, "stabilize").find("lost, node 2 is down: 1->2 MsgHeartbeat"),
            std::string::npos);
  EXPECT_TRUE(env.underWay().empty());
}

TEST(Faults, ACrashTakesTheMemoryAndLeavesTheDisk) {
  InteractionEnv env;
  elect(env);
  say(env, "propose 1 blue");
  say(env, "crash 1");
  EXPECT_FALSE(env.nodes()[0]->raw);
  say(env, "restart 1");
  const EnvNode& node = *env.nodes()[0];
  ASSERT_TRUE(node.raw);
  EXPECT_EQ(node.raw->term(), 1U);
  EXPECT_EQ(node.raw->lead(), raft::kNone);
  EXPECT_EQ(node.raw->status().applied, 11U);
  EXPECT_EQ(node.storage->lastIndex(), 11U);
  EXPECT_FALSE(node.raw->hasReady());
}

TEST(Faults, WhatIsUnderWayWhenTheNetworkHealsArrives) {
  InteractionEnv env;
  elect(env);
  say(env, "partition 3");
  say(env, "tick-heartbeat 1");
  say(env, "process-ready 1");
  EXPECT_EQ(say(env, "deliver-msgs 2"), "1->2 MsgHeartbeat Term:1 Log:0/0 Commit:11\n");
  say(env, "heal");
  EXPECT_EQ(say(env, "deliver-msgs 3"), "1->3 MsgHeartbeat Term:1 Log:0/0 Commit:11\n");
}

// Whatever goes wrong, this stays true.
class Whatever : public testing::TestWithParam<std::uint64_t> {
 protected:
  static constexpr std::uint32_t kNodes = 5;

  std::uint32_t someone() { return random_.below(kNodes) + 1; }
  bool often(std::uint32_t percent) { return random_.below(100) < percent; }

  // One thing happens. What can't be done to a node that is down is not done.
  void anything() {
    const std::array<std::string, 11> things = {
        text("campaign ", someone()),
        text("tick-heartbeat ", someone()),
        text("propose ", someone(), " x", ++proposals_),
        text("propose ", someone(), " x", ++proposals_),
        text("deliver-msgs ", someone()),
        text("deliver-msgs ", someone()),
        text("deliver-msgs drop=", someone()),
        text("duplicate-msgs ", someone()),
        text("process-ready ", someone()),
        text("process-ready ", someone()),
        "stabilize",
    };
    std::ignore = ask(env_, things[random_.below(11)]);
    if (often(5)) std::ignore = ask(env_, text("crash ", someone()));
    if (often(15)) std::ignore = ask(env_, text("restart ", someone()));
    if (often(3)) say(env_, text("partition ", someone(), " ", someone()));
    if (often(6)) say(env_, "heal");
    look();
  }

  // One leader a term, and what was committed once stays where it is.
  void look() {
    for (const auto& node : env_.nodes()) {
      if (!node->raw) continue;
      const raft::Status status = node->raw->status();
      if (status.softState.raftState == raft::StateType::StateLeader) {
        const auto [known, isNew] = leaders_.emplace(node->raw->term(), node->config.id);
        ASSERT_EQ(known->second, node->config.id) << "term " << known->first;
      }
      for (raft::Index i = 11; i <= status.applied; ++i) {
        const auto entry = node->storage->entries(i, i + 1, raft::kNoLimit);
        const auto [known, isNew] = committed_.emplace(i, entry->front());
        ASSERT_EQ(known->second, entry->front()) << "entry " << i;
      }
    }
  }

  InteractionEnv env_;
  base::Random random_{GetParam()};
  int proposals_ = 0;
  std::map<raft::Term, raft::NodeId> leaders_;
  std::map<raft::Index, raftpb::Entry> committed_;
};

// INV-SCENARIO-4
TEST_P(Whatever, NothingThatWasCommittedIsLost) {
  say(env_, "log-level none");
  say(env_, "add-nodes 5 voters=(1,2,3,4,5) index=10");
  for (int i = 0; i < 300; ++i) anything();

  say(env_, "heal");
  for (std::uint32_t id = 1; id <= kNodes; ++id)
    std::ignore = ask(env_, text("restart ", id));
  for (int i = 0; i < 30; ++i) {
    for (std::uint32_t id = 1; id <= kNodes; ++id) say(env_, text("tick-heartbeat ", id));
    say(env_, "stabilize");
    look();
  }
  ASSERT_FALSE(committed_.empty());
  const raft::Index last = committed_.rbegin()->first;
  for (const auto& node : env_.nodes()) {
    EXPECT_EQ(node->storage->lastIndex(), last) << node->config.id;
    EXPECT_EQ(node->raw->status().applied, last) << node->config.id;
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, Whatever, testing::Range<std::uint64_t>(0, 50));

}  // namespace
