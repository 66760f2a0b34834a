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

  // The one who leads the highest term. Somebody is elected if nobody leads.
  std::uint64_t leader() {
    for (std::uint64_t round = 0; round < kNodes; ++round) {
      const rafttest::EnvNode* first = nullptr;
      for (const auto& node : env_.nodes()) {
        if (node->raw.lead() != node->raw.id()) continue;
        if (!first || node->raw.term() > first->raw.term()) first = node.get();
      }
      if (first) return first->raw.id();
      say(text("campaign ", round + 1));
      say("stabilize");
    }
    ADD_FAILURE() << "three candidates, one after the other, and no leader";
    return 1;
  }

  InteractionEnv env_;
  base::Random random_{GetParam()};
  int proposals_ = 0;
};

// INV-SCENARIO-4
TEST_P(Rest, ComesWhenMessagesArriveAndTheLeadersClockBeats) {
  say("log-level none");
  say("add-nodes 3 voters=(1,2,3) index=10");
  for (int i = 0; i < 200; ++i) anything();

  say("stabilize");
  for (int beat = 0; beat < 3; ++beat) {
    say(text("tick-heartbeat ", leader()));
    say("stabilize");
  }
  EXPECT_TRUE(env_.inFlight().empty());
  const auto& first = *env_.nodes()[0];
  for (const auto& node : env_.nodes()) {
    EXPECT_FALSE(node->raw.hasReady());
    EXPECT_EQ(node->storage->lastIndex(), first.storage->lastIndex());
    const auto from = node->storage->firstIndex();
    const auto end = node->storage->lastIndex() + 1;
    EXPECT_EQ(*node->storage->entries(from, end, raft::kNoLimit),
              *first.storage->entries(from, end, raft::kNoLimit));
    EXPECT_EQ(node->raw.status().hardState.commit, first.storage->lastIndex());
  }
  for (const auto& [id, progress] : env_.nodes()[leader() - 1]->raw.progress()) {
    EXPECT_EQ(progress.state(), raft::tracker::StateType::StateReplicate) << id;
    EXPECT_EQ(progress.match(), first.storage->lastIndex()) << id;
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, Rest, testing::Range<std::uint64_t>(0, 50));

}  // namespace
