#include "rafttest/interaction_env.hpp"

#include <gtest/gtest.h>

#include "rafttest/datadriven.hpp"

namespace {

using rafttest::Directive;
using rafttest::InteractionEnv;

// A cluster that is spoken to line by line.
class Cluster : public testing::Test {
 protected:
  // What the directive answers. What can't be done fails the test.
  std::string say(const std::string& line) {
    const std::string output = env_.handle(given(line));
    EXPECT_EQ(directive_.complaint, "");
    return output;
  }

  // Why the directive can't be done.
  std::string refusal(const std::string& line) {
    const std::string output = env_.handle(given(line));
    EXPECT_EQ(output, "");
    return directive_.complaint;
  }

  Directive& given(const std::string& line) {
    const auto script = rafttest::parse("f.txt", line + "\n----\n");
    EXPECT_EQ(script.complaint, "");
    return directive_ = script.directives.at(0);
  }

  // Three nodes, of which the first leads and all have its empty entry.
  void elect() {
    say("log-level none");
    say("add-nodes 3 voters=(1,2,3) index=10");
    say("campaign 1");
    say("stabilize");
    say("log-level debug");
  }

  InteractionEnv env_;
  Directive directive_;
};

TEST_F(Cluster, IsMadeOfNodesThatIntroduceThemselves) {
  EXPECT_EQ(say("add-nodes 1 voters=(1) learners=(2) index=3"),
            "INFO 1 switched to configuration voters=(1) learners=(2)\n"
            "INFO 1 became follower at term 0\n"
            "INFO newRaft 1 [peers: [1], term: 0, commit: 3, applied: 3, lastindex: 3, "
            "lastterm: 1]\n");
  EXPECT_EQ(say("raft-log 1"), "log is empty: first index=4, last index=3");
  EXPECT_EQ(say("add-nodes 1 voters=(1) index=1"),
            "index must be specified as > 1 due to bootstrap");
}

// A node without a snapshot knows nobody, and can't lead.
TEST_F(Cluster, ANodeMayBeEmpty) {
  say("add-nodes 1");
  EXPECT_EQ(say("raft-state"), "1: StateFollower (Non-Voter) Term:0 Lead:0\n");
  EXPECT_EQ(say("campaign 1"), "WARN 1 is unpromotable and can not campaign\n");
}

// INV-SCENARIO-2
TEST_F(Cluster, NothingMovesByItself) {
  say("log-level none");
  say("add-nodes 3 voters=(1,2,3) index=10");
  say("campaign 1");
  EXPECT_TRUE(env_.underWay().empty());  // they wait in the node, for its Ready
  say("raft-state");
  say("status 1");
  EXPECT_TRUE(env_.underWay().empty());
  say("process-ready 1");
  ASSERT_EQ(env_.underWay().size(), 2U);
  say("process-ready 2 3");
  EXPECT_EQ(env_.underWay().size(), 2U);
  EXPECT_EQ(env_.nodes()[1]->raw->term(), 0U);  // nobody told it
  say("deliver-msgs 2");
  EXPECT_EQ(env_.underWay().size(), 1U);
  EXPECT_EQ(env_.nodes()[1]->raw->term(), 1U);
  EXPECT_EQ(env_.nodes()[2]->raw->term(), 0U);
}

TEST_F(Cluster, AgreesOnAnEntryWhenItStabilizes) {
  elect();
  EXPECT_EQ(say("raft-state"),
            "1: StateLeader (Voter) Term:1 Lead:1\n"
            "2: StateFollower (Voter) Term:1 Lead:1\n"
            "3: StateFollower (Voter) Term:1 Lead:1\n");
  EXPECT_EQ(say("propose 1 blue"), "ok");
  say("stabilize log-level=none");
  EXPECT_EQ(say("raft-log 3"), "1/11 EntryNormal \"\"\n1/12 EntryNormal \"blue\"\n");
  EXPECT_EQ(say("status 1"),
            "1: StateReplicate match=12 next=13\n"
            "2: StateReplicate match=12 next=13\n"
            "3: StateReplicate match=12 next=13\n");
  EXPECT_EQ(say("status 2"), "ok");
}

TEST_F(Cluster, DeliversByReceiverAndType) {
  elect();
  say("tick-heartbeat 1");
  say("propose 1 blue");
  say("process-ready 1");
  EXPECT_EQ(say("deliver-msgs 2 type=MsgHeartbeat"),
            "1->2 MsgHeartbeat Term:1 Log:0/0 Commit:11\n");
  EXPECT_EQ(say("deliver-msgs drop=(2,3) type=MsgApp"),
            "dropped: 1->2 MsgApp Term:1 Log:1/11 Commit:11 Entries:[1/12 EntryNormal "
            "\"blue\"]\n"
            "dropped: 1->3 MsgApp Term:1 Log:1/11 Commit:11 Entries:[1/12 EntryNormal "
            "\"blue\"]\n");
  EXPECT_EQ(say("deliver-msgs 2"), "no messages\n");
  EXPECT_EQ(env_.underWay().size(), 1U);  // the heartbeat for 3
}

// Its messages are to be lost, whether it exists or not.
TEST_F(Cluster, DropsForANodeThatDoesNotExist) {
  say("add-nodes 1 voters=(1,2) index=10");
  say("campaign 1");
  say("process-ready 1");
  EXPECT_EQ(say("deliver-msgs drop=2"), "dropped: 1->2 MsgVote Term:1 Log:1/10\n");
}

TEST_F(Cluster, ReadiesOfSeveralNodesHaveHeads) {
  elect();
  EXPECT_EQ(say("process-ready 2"), "<empty Ready>");
  EXPECT_EQ(say("process-ready 2 3"),
            "> 2 handling Ready\n  <empty Ready>\n> 3 handling Ready\n  <empty Ready>\n");
  EXPECT_EQ(say("stabilize"), "ok");
}

TEST_F(Cluster, AnErrorIsPartOfTheTranscript) {
  say("add-nodes 2 voters=(1,2) index=10");
  EXPECT_EQ(say("propose 1 x"),
            "INFO 1 no leader at term 0; dropping proposal\nraft proposal dropped");
  say("log-level none");
  EXPECT_EQ(say("propose 1 x"), "raft proposal dropped");
  EXPECT_EQ(say("no-such-command"), "unknown command");
  EXPECT_EQ(say("log-level loud"),
            "log levels must be either of [DEBUG INFO WARN ERROR FATAL NONE]");
  EXPECT_EQ(say("report-unreachable 1").substr(0, 37),
            "must specify exactly two node indexes");
}

TEST_F(Cluster, TicksAsLongAsTheConfigSays) {
  say("add-nodes 1 voters=(1) index=10");
  say("set-randomized-election-timeout 1 timeout=4");
  EXPECT_EQ(say("tick-election 1"), "ok");  // three ticks
  EXPECT_EQ(say("tick-heartbeat 1"),        // one more
            "INFO 1 is starting a new election at term 0\n"
            "INFO 1 became candidate at term 1\n");
}

TEST_F(Cluster, CompactsWhatIsApplied) {
  elect();
  say("propose 1 blue");
  say("stabilize log-level=none");
  EXPECT_EQ(say("compact 1 11"), "1/12 EntryNormal \"blue\"\n");
  EXPECT_EQ(say("compact 1 11"), "requested index is unavailable due to compaction");
  EXPECT_EQ(refusal("compact 1 13"),
            "f.txt:1: compact: only what is applied can be discarded; node 1 applied 12");
}

TEST_F(Cluster, SaysWhoWouldNeedASnapshot) {
  say("log-level none");
  say("add-nodes 3 voters=(1,2,3) index=10");
  say("campaign 1");
  say("stabilize 1 2");
  EXPECT_EQ(refusal("compact 1 11"),
            "f.txt:1: compact: node 3 needs entry 11, and sending a snapshot comes with "
            "the stage SNAPSHOT; here is SCENARIO");
}

TEST_F(Cluster, RefusesWhatMakesNoSense) {
  EXPECT_EQ(refusal("campaign 1"),
            "f.txt:1: campaign: there is no node 1; add-nodes makes some");
  say("add-nodes 2 voters=(1,2) index=10");
  EXPECT_EQ(refusal("campaign 3"),
            "f.txt:1: campaign: there is no node 3; there are 1 to 2");
  EXPECT_EQ(refusal("campaign one"),
            "f.txt:1: campaign: 'one' is not a number; write digits only");
  EXPECT_EQ(refusal("campaign"),
            "f.txt:1: campaign: something is missing; write: campaign ID");
  EXPECT_EQ(refusal("raft-state 1"),
            "f.txt:1: raft-state: there is too much; write: raft-state");
  EXPECT_EQ(refusal("propose 1 color=blue"),
            "f.txt:1: propose: it takes no color=; write: propose ID DATA");
  EXPECT_EQ(refusal("deliver-msgs 1 type=MsgNone"),
            "f.txt:1: deliver-msgs: there is no type MsgNone; write a whole name, "
            "type=MsgApp");
  EXPECT_EQ(refusal("deliver-msgs 1 drop=1"),
            "f.txt:1: deliver-msgs: node 1 is both to receive and to drop; name it once");
  EXPECT_EQ(refusal("stabilize log-level=loud"),
            "f.txt:1: stabilize: there is no log level loud; none is one");
  EXPECT_EQ(refusal("add-nodes 1 voters=(1) index=10 inflght=2"),
            "f.txt:1: add-nodes: it takes no inflght=; write: add-nodes COUNT "
            "voters=(1,2,3) index=I");
  EXPECT_EQ(
      refusal("set-randomized-election-timeout 1 timeout=0"),
      "f.txt:1: set-randomized-election-timeout: timeout= is a number from 1 to 1000");
}

TEST_F(Cluster, RefusesWhatComesLater) {
  EXPECT_EQ(refusal("add-nodes 3 voters=(1,2,3) index=10 prevote=true"),
            "f.txt:1: add-nodes: prevote= comes with the stage PREVOTE; here "
            "is SCENARIO");
}

}  // namespace
