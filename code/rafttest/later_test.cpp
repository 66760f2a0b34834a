#include "rafttest/later.hpp"

#include <gtest/gtest.h>

namespace {

using rafttest::comesLater;

rafttest::Directive directive(std::string_view line) {
  auto parsed = rafttest::parseLine(line);
  rafttest::Directive d;
  d.cmd = parsed.cmd;
  d.args = parsed.args;
  return d;
}

TEST(Later, NamesTheChapterOfACommand) {
  EXPECT_EQ(comesLater(directive("transfer-leadership from=1 to=2")),
            "this command comes with the stage TRANSFER; here is SCENARIO");
  for (const char* line :
       {"forget-leader 1", "process-append-thread 1", "send-snapshot 1 2",
        "process-apply-thread 1", "propose-conf-change 1"}) {
    EXPECT_NE(comesLater(directive(line)), "") << line;
  }
}

TEST(Later, NamesTheChapterOfAKeyThatAsksForSomething) {
  EXPECT_EQ(comesLater(directive("add-nodes 3 voters=(1,2,3) index=10 prevote=true")),
            "prevote= comes with the stage PREVOTE; here is SCENARIO");
  EXPECT_EQ(comesLater(directive("add-nodes 3 prevote=false read-only=safe")), "");
  EXPECT_NE(comesLater(directive("add-nodes 3 read-only=lease-based")), "");
}

TEST(Later, HasNothingToSayAboutTheRest) {
  EXPECT_EQ(comesLater(directive("add-nodes 3 voters=(1,2,3) index=10 inflight=2")), "");
  EXPECT_EQ(comesLater(directive("stabilize")), "");
  EXPECT_EQ(comesLater(directive("no-such-command prevote=true")), "");
}

}  // namespace
