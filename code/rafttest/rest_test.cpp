// Clusters that went through a bad time, and are left alone.
#include <gtest/gtest.h>

#include <string>

#include "base/random.hpp"
#include "base/text.hpp"
#include "rafttest/datadriven.hpp"
#include "rafttest/interaction_env.hpp"

namespace {

using base::text;
using rafttest::InteractionEnv;

constexpr std::uint32_t kNodes = 3;

// Drives a cluster of three by directives, as a script does.
class Rest : public testing::TestWithParam<std::uint64_t> {
 protected:
  std::string say(const std::string& line) {
    const auto script = rafttest::parse("f.txt", line + "\n----\n");
    rafttest::Directive d = script.directives.at(0);
    const std::string output = env_.handle(d);
    EXPECT_EQ(d.complaint, "") << line;
    return output;
  }

  std::uint32_t someone() { return random_.below(kNodes) + 1; }

  // One thing happens, or goes wrong.
  void anything() {
    switch (random_.below(8)) {
      case 0:
        say(text("campaign ", someone()));
        break;
      case 1:
        say(text("tick-heartbeat ", someone()));
        break;
      case 2:
        say(text("propose ", someone(), " x", ++proposals_));
        break;
      case 3:
        say(text("deliver-msgs drop=", someone()));
        break;
      case 4:
        say(text("report-unreachable ", someone(), " ", someone()));
        break;
      case 5:
        say(text("deliver-msgs ", someone()));
        break;
      default:
        say(text("process-ready ", someone()));
    }
  }

  // Everybody's clock ticks once, and everything that follows from it is done.
  void tick() {
    for (std::uint32_t id = 1; id <= kNodes; ++id) say(text("tick-heartbeat ", id));
    say("stabilize");
  }

  InteractionEnv env_;
  base::Random random_{GetParam()};
  int proposals_ = 0;
};

// INV-SCENARIO-4
TEST_P(Rest, ComesWhenMessagesArriveAndClocksTick) {
  say("log-level none");
  say("add-nodes 3 voters=(1,2,3) index=10");
  for (int i = 0; i < 200; ++i) anything();
  for (int i = 0; i < 30; ++i) tick();  // ten times the shortest patience

  const rafttest::EnvNode* leader = nullptr;
  for (const auto& node : env_.nodes()) {
    EXPECT_FALSE(node->raw->hasReady());
    if (node->raw->lead() != node->raw->id()) continue;
    EXPECT_EQ(leader, nullptr) << "two of them lead";
    leader = node.get();
  }
  ASSERT_NE(leader, nullptr);
  EXPECT_TRUE(env_.underWay().empty());
  const raft::Index end = leader->storage->lastIndex() + 1;
  const auto log = *leader->storage->entries(11, end, raft::kNoLimit);
  for (const auto& node : env_.nodes()) {
    ASSERT_EQ(node->storage->lastIndex() + 1, end);
    EXPECT_EQ(*node->storage->entries(11, end, raft::kNoLimit), log);
    EXPECT_EQ(node->raw->status().hardState.commit + 1, end);
  }
  for (const auto& [id, progress] : leader->raw->progress()) {
    EXPECT_EQ(progress.state(), raft::tracker::StateType::StateReplicate) << id;
    EXPECT_EQ(progress.match() + 1, end) << id;
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, Rest, testing::Range<std::uint64_t>(0, 50));

}  // namespace
