#include "rafttest/trace.hpp"

#include <gtest/gtest.h>

#include "base/text.hpp"
#include "rafttest/datadriven.hpp"

namespace {

using testing::Test;

// The events of a scenario's picture, one a line, without the frame around them.
std::string events(std::string_view text) {
  rafttest::Trace trace;
  rafttest::InteractionEnv env(&trace);
  const auto report =
      rafttest::rewrite(rafttest::parse("f.txt", text),
                        [&](rafttest::Directive& d) { return env.handle(d); });
  EXPECT_EQ(report.failure, "");
  const std::string json = trace.json();
  const std::size_t begin = json.find("\"events\":[") + 11;
  return json.substr(begin, json.size() - begin - 4);
}

constexpr std::string_view kElection = R"(# A title
add-nodes 2 voters=(1,2) index=10
----

# It is alone.
campaign 1
----

process-ready 1
----

)";

TEST(Trace, HasTheTitleAndAColumnForEachNode) {
  rafttest::Trace trace;
  rafttest::InteractionEnv env(&trace);
  std::ignore = rafttest::rewrite(rafttest::parse("f.txt", kElection),
                                  [&](rafttest::Directive& d) { return env.handle(d); });
  const std::string json = trace.json();
  EXPECT_EQ(json.substr(0, json.find("\"channels\"")),
            "{\"title\":\"A title\",\n\"lanes\":[\n"
            R"({"id":"1","label":"node 1","kind":"node","state":"follower"},)"
            "\n"
            R"({"id":"2","label":"node 2","kind":"node","state":"follower"})"
            "\n],\n");
}

TEST(Trace, TellsStatesMessagesAndLosses) {
  EXPECT_EQ(
      events(base::text(kElection, "deliver-msgs drop=2\n----\n")),
      R"({"seq":1,"kind":"note","text":"It is alone."},)"
      "\n"
      R"({"seq":2,"kind":"state","lane":"1","state":"candidate","term":1},)"
      "\n"
      R"({"seq":3,"kind":"send","lane":"1","to":"2","text":"MsgVote t1 1/10","id":"1"},)"
      "\n"
      R"({"seq":4,"kind":"drop","lane":"1","to":"2","text":"MsgVote t1 1/10","id":"1"})");
}

TEST(Trace, BeginsWhereItIsToldTo) {
  const std::string told =
      events(base::text(kElection,
                        "# picture:\nstabilize\n----\n\n# picture: end\n"
                        "campaign 2\n----\n"));
  EXPECT_TRUE(told.starts_with(
      R"({"seq":1,"kind":"state","lane":"1","state":"candidate","term":1},)"
      "\n"
      R"({"seq":2,"kind":"send","lane":"1","to":"2",)"
      R"("text":"MsgVote t1 1/10","id":"1"},)"))
      << told;
  EXPECT_NE(told.find("\"kind\":\"arrive\",\"lane\":\"2\""), std::string::npos);
  EXPECT_NE(told.find("\"text\":\"commits 11\""), std::string::npos);
  EXPECT_TRUE(
      told.ends_with(R"("kind":"log","lane":"2","log":[1],"first":11,"commit":11})"))
      << told;
}

TEST(Trace, LeavesOutWhatItIsToldTo) {
  const std::string told =
      events(base::text(kElection,
                        "# picture: without MsgVoteResp commits\nstabilize\n"
                        "----\n"));
  EXPECT_EQ(told.find("MsgVoteResp"), std::string::npos);
  EXPECT_EQ(told.find("commits"), std::string::npos);
  EXPECT_NE(told.find("MsgAppResp"), std::string::npos);
}

TEST(Trace, TellsCrashesRestartsAndCuts) {
  const std::string told = events(base::text(kElection,
                                             "crash 1\n----\n\nrestart 1\n----\n\n"
                                             "partition 2\n----\n\nheal\n----\n"));
  EXPECT_TRUE(told.ends_with(
      R"({"seq":4,"kind":"crash","lane":"1"},)"
      "\n"
      R"({"seq":5,"kind":"restart","lane":"1","text":"follower, term 1"},)"
      "\n"
      R"({"seq":6,"kind":"note","text":"The network is cut: 2 | the others."},)"
      "\n"
      R"({"seq":7,"kind":"note","text":"The network is whole again."})"))
      << told;
}

TEST(Trace, BeginsWithNodesThatAreDown) {
  rafttest::Trace trace;
  rafttest::InteractionEnv env(&trace);
  const std::string script =
      base::text(kElection, "crash 1\n----\n\n# picture:\nraft-state\n----\n");
  std::ignore = rafttest::rewrite(rafttest::parse("f.txt", script),
                                  [&](rafttest::Directive& d) { return env.handle(d); });
  EXPECT_NE(
      trace.json().find(R"("id":"1","label":"node 1","kind":"node","state":"down"})"),
      std::string::npos);
}

TEST(Trace, SaysSoWhenAnOrderIsNone) {
  EXPECT_NE(events("# A title\n# picture: lgos\nadd-nodes 1\n----\n")
                .find("picture: lgos is no order"),
            std::string::npos);
}

}  // namespace
