// Whole conversations: ours, and etcd's own where they are at hand.
#include <gtest/gtest.h>

#include <memory>
#include <set>

#include "rafttest/interaction_env.hpp"
#include "rafttest/testdata_test.hpp"
#include "rafttest/trace.hpp"

namespace {

using rafttest::Directive;
using rafttest::Handler;
using rafttest::InteractionEnv;
using rafttest::Report;

// A cluster of its own for every script.
Handler makeHandler() {
  return
      [env = std::make_shared<InteractionEnv>()](Directive& d) { return env->handle(d); };
}

Report play(const std::filesystem::path& file) {
  const auto script = rafttest::parse(file.filename().string(), rafttest::contents(file));
  return rafttest::check(script, makeHandler());
}

TEST(Interaction, OurScripts) {
  rafttest::playOurs("interaction", makeHandler);
}

// INV-SCENARIO-3
TEST(Interaction, EtcdsScriptsByteForByte) {
  if (const auto why = rafttest::absence("interaction"); !why.empty()) {
    GTEST_SKIP() << why;
  }
  for (const char* name : {"single_node.txt", "campaign.txt", "probe_and_replicate.txt",
                           "heartbeat_resp_recovers_from_probing.txt"}) {
    const Report report = play(rafttest::peerScripts("interaction") / name);
    EXPECT_EQ(report.failure, "") << name;
    EXPECT_GT(report.directives, 0U) << name;
  }
}

TEST(Interaction, RefusesEtcdsOtherScriptsInOneLine) {
  if (const auto why = rafttest::absence("interaction"); !why.empty()) {
    GTEST_SKIP() << why;
  }
  int refused = 0;
  for (const auto& file : rafttest::scriptsIn(rafttest::peerScripts("interaction"))) {
    const std::string failure = play(file).failure;
    if (failure.empty()) continue;
    ++refused;
    EXPECT_TRUE(failure.starts_with(file.filename().string() + ":")) << failure;
    EXPECT_TRUE(failure.find(" comes with the stage ") != std::string::npos) << failure;
    EXPECT_EQ(failure.find('\n'), std::string::npos) << failure;
  }
  EXPECT_GT(refused, 0);
}

// What a script says, whoever listens.
std::string transcript(const rafttest::Script& script, rafttest::Observer* observer) {
  InteractionEnv env(observer);
  return rafttest::rewrite(script, [&](Directive& d) { return env.handle(d); }).text;
}

// INV-SCENARIO-1
TEST(Interaction, SaysTheSameInEveryRunAndWhoeverListens) {
  for (const auto& file : rafttest::scriptsIn(rafttest::ourScripts("interaction"))) {
    const auto script =
        rafttest::parse(file.filename().string(), rafttest::contents(file));
    rafttest::Trace trace;
    const std::string once = transcript(script, nullptr);
    EXPECT_NE(once, "");
    EXPECT_EQ(transcript(script, nullptr), once) << file;
    EXPECT_EQ(transcript(script, &trace), once) << file;
  }
}

}  // namespace
