// How eagerly a leader sends: one probe at a time, or ahead, as far as the window goes.
#include <gtest/gtest.h>

#include <string>

#include "raft/replication_test.hpp"

namespace raft::test {
namespace {

using State = tracker::StateType;

// Sending to a follower that is probed.

TEST(Flow, AProbeWithEntriesIsSentOnce) {
  LeadingNode leader({1, 1});
  leader.probe();
  const Index first = leader.last() + 1;
  EXPECT_EQ(appends(leader.propose()), base::text(first, "-", first));
  for (int more = 0; more < 10; ++more) {
    EXPECT_EQ(appends(leader.propose()), "") << "it waits for an answer";
  }
  EXPECT_EQ(leader.of(2).next(), first) << "it does not count on being right";
}

TEST(Flow, AHeartbeatsAnswerAllowsOneMoreProbe) {
  LeadingNode leader({1, 1});
  leader.probe();
  const Index first = leader.last() + 1;
  leader.propose();
  leader.propose();
  for (int round = 0; round < 3; ++round) {
    EXPECT_EQ(appends(leader.beat()), "") << "a heartbeat alone says nothing";
    EXPECT_TRUE(leader.of(2).isPaused());
    EXPECT_EQ(appends(leader.heard()), base::text(first, "-", leader.last()))
        << "the same once more, and what came since";
    EXPECT_EQ(appends(leader.propose()), "");
  }
}

TEST(Flow, AnEmptyProbeDoesNotHoldUpTheNextProposal) {
  LeadingNode leader({1, 1});
  leader.probe();
  const Index next = leader.last() + 1;
  EXPECT_EQ(appends(leader.heard()), base::text(next, "-"));
  EXPECT_EQ(appends(leader.heard()), base::text(next, "-"));
  EXPECT_EQ(appends(leader.propose()), base::text(next, "-", next));
}

// raft#52: a follower that has everything must not be probed for ever.
TEST(Flow, AProbeThatFindsTheLogsEqualEndsTheProbing) {
  LeadingNode leader({1, 1});
  leader.probe();
  ASSERT_EQ(leader.of(2).state(), State::StateProbe);
  leader.heard();
  leader.acked(leader.last());
  EXPECT_EQ(leader.of(2).state(), State::StateReplicate);
  EXPECT_EQ(appends(leader.heard()), "") << "there is nothing to say any more";
}

// An answer from long ago says nothing about the place that is probed.
TEST(Flow, AnOldAcknowledgementDoesNotEndTheProbing) {
  LeadingNode leader({1, 1});
  leader.probe();
  leader.propose();
  for (const Index old : {Index{0}, Index{1}, leader.last() - 2}) {
    EXPECT_EQ(appends(leader.acked(old)), "");
    EXPECT_EQ(leader.of(2).state(), State::StateProbe) << old;
    EXPECT_TRUE(leader.of(2).isPaused()) << old;
  }
}

// Sending ahead.

TEST(Flow, EntriesAreSentAheadWithoutWaitingForAnswers) {
  LeadingNode leader({1, 1});
  leader.replicate();
  for (int nth = 0; nth < 10; ++nth) {
    const Index next = leader.last() + 1;
    EXPECT_EQ(appends(leader.propose()), base::text(next, "-", next));
    EXPECT_EQ(leader.of(2).next(), next + 1);
  }
  EXPECT_EQ(leader.of(2).inflights().count(), 10u);
}

TEST(Flow, AFullWindowSendsNoMoreEntries) {
  Config config;
  config.maxInflightMsgs = 3;
  LeadingNode leader({1, 1}, config);
  leader.replicate();
  const Index last = leader.last();
  for (int nth = 0; nth < 3; ++nth) EXPECT_NE(appends(leader.propose()), "");
  EXPECT_TRUE(leader.of(2).isPaused());
  for (int nth = 0; nth < 5; ++nth) EXPECT_EQ(appends(leader.propose()), "");

  // Each answer makes room for one message, and one takes all that has piled up.
  EXPECT_EQ(appends(leader.acked(last + 1)), base::text(last + 4, "-", last + 8));
  EXPECT_TRUE(leader.of(2).isPaused());
  EXPECT_EQ(appends(leader.acked(last + 1)), "") << "an old answer frees nothing";
  EXPECT_TRUE(leader.of(2).isPaused());
  EXPECT_EQ(appends(leader.acked(last + 8)), "") << "all is sent";
  EXPECT_EQ(leader.of(2).inflights().count(), 0u);
}

// All three MsgApps may be lost. The empty one makes the follower say so.
TEST(Flow, AFullWindowStillSendsAnEmptyMessageAfterAHeartbeat) {
  Config config;
  config.maxInflightMsgs = 3;
  LeadingNode leader({1, 1}, config);
  leader.replicate();
  for (int nth = 0; nth < 5; ++nth) leader.propose();
  const Index next = leader.of(2).next();
  for (int round = 0; round < 3; ++round) {
    ASSERT_TRUE(leader.of(2).isPaused());
    EXPECT_EQ(appends(leader.heard()), base::text(next, "-"));
    EXPECT_EQ(appends(leader.propose()), "");
  }
  const Index match = leader.of(2).match();
  const auto again = leader.refused(next - 1, {.term = 1, .index = match});
  EXPECT_EQ(appends(again), base::text(match + 1, "-", leader.last()));
  EXPECT_EQ(leader.of(2).state(), State::StateProbe);
}

TEST(Flow, TheSizeOfAMessageIsLimited) {
  Config config;
  config.maxSizePerMsg = 0;
  LeadingNode leader({1, 1, 1}, config);
  leader.refused(3, {.term = 0, .index = 0});
  const Index last = leader.last();
  std::string all;
  for (Index i = 2; i <= last; ++i) all += (i > 2 ? " " : "") + base::text(i, "-", i);
  EXPECT_EQ(appends(leader.acked(1)), all) << "one entry a message, all at once";
}

TEST(Flow, TheWindowIsLimitedInBytesToo) {
  Config config;
  config.maxSizePerMsg = 2100;     // two entries of a thousand bytes
  config.maxInflightBytes = 5000;  // two such messages, and one that goes over
  LeadingNode leader({1}, config);
  leader.probe();
  const Index first = leader.last() + 1;
  for (int nth = 0; nth < 12; ++nth) leader.propose(std::string(1000, 'x'));
  const auto four = [](Index i) {
    return base::text(i, "-", i + 1, " ", i + 2, "-", i + 3, " ", i + 4, "-", i + 5);
  };
  EXPECT_EQ(appends(leader.acked(first)), four(first + 1));
  EXPECT_TRUE(leader.of(2).inflights().full());
  EXPECT_EQ(appends(leader.acked(first + 2)), base::text(first + 7, "-", first + 8));
  EXPECT_EQ(appends(leader.acked(first + 8)),
            base::text(first + 9, "-", first + 10, " ", first + 11, "-", first + 11));
}

}  // namespace
}  // namespace raft::test
