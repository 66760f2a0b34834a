// Where do they meet? A leader and a follower, until the follower says yes.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <vector>

#include "raft/replication_test.hpp"

namespace {

using namespace raft;
using namespace raft::test;
using Terms = std::vector<Term>;

struct Walk {
  std::size_t refusals = 0;
  Index meet = 0;
  bool equal = false;  // the logs, after one more proposal
};

Walk walk(const Terms& leaderLog, const Terms& followerLog) {
  LeadingNode leader(leaderLog, {}, 0, followerLog.empty() ? 0 : followerLog.back());
  FollowingNode follower(leader.raft.term(), followerLog);
  Message probe = pick(leader.elected, MessageType::MsgApp, 2).at(0);
  Message answer = follower.step(probe).at(0);
  Walk found;
  while (answer.reject && found.refusals < 5000) {
    ++found.refusals;
    const auto next = pick(leader.step(answer), MessageType::MsgApp, 2);
    if (next.empty()) break;
    probe = next.at(0);
    answer = follower.step(probe).at(0);
  }
  found.meet = probe.index;
  if (answer.reject) return found;
  leader.step(answer);
  for (const Message& m : pick(leader.propose(), MessageType::MsgApp, 2))
    follower.step(m);
  found.equal = terms(follower.raft) == terms(leader.raft);
  return found;
}

Terms log(std::vector<std::pair<std::size_t, Term>> blocks) {
  Terms terms;
  for (const auto& [entries, term] : blocks) terms.insert(terms.end(), entries, term);
  return terms;
}

void expectOne(const Terms& leader, const Terms& follower, Index meet) {
  const Walk found = walk(leader, follower);
  EXPECT_EQ(found.refusals, 1u) << "the leader found the place after " << found.refusals
                                << " refusals, where 1 is enough";
  EXPECT_EQ(found.meet, meet) << "the logs are equal up to " << meet;
  EXPECT_TRUE(found.equal) << "after a proposal the follower's log is the leader's";
}

TEST(Meet, AFollowerThatHasTooLittle) {
  expectOne(log({{300, 1}, {200, 2}}), log({{300, 1}, {20, 2}}), 320);
  expectOne(log({{300, 1}, {200, 2}}), {}, 0);
}

TEST(Meet, ATailOfAnOlderTerm) {
  expectOne(log({{10, 1}, {200, 4}}), log({{10, 1}, {150, 2}, {150, 3}}), 10);
}

TEST(Meet, ATailOfANewerTerm) {
  expectOne(log({{10, 1}, {200, 2}}), log({{10, 1}, {5, 2}, {100, 3}, {100, 4}}), 15);
}

TEST(Meet, FollowersEAndFOfFigure7) {
  const Terms leader = {1, 1, 1, 4, 4, 5, 5, 6, 6, 6};
  expectOne(leader, {1, 1, 1, 4, 4, 4, 4}, 5);
  expectOne(leader, {1, 1, 1, 2, 2, 2, 3, 3, 3, 3, 3}, 3);
}

// INV-REPLICATION-1
TEST(Meet, TermsThatTakeTurnsCostOneRefusalEach) {
  Terms leader = {1};
  Terms follower = {1};
  for (Term term = 2; term < 22; term += 2) {
    leader.insert(leader.end(), 10, term);
    follower.insert(follower.end(), 10, term + 1);
  }
  const Walk found = walk(leader, follower);
  EXPECT_LE(found.refusals, 11u) << "the leader's log has 11 terms";
  EXPECT_EQ(found.meet, 1u);
  EXPECT_TRUE(found.equal);
}

// Refused in the middle of sending ahead, the leader probes again: one message, and no
// more until it is answered.
TEST(Meet, ARefusalEndsTheSendingAhead) {
  LeadingNode leader({1, 1});
  leader.replicate();
  for (int nth = 0; nth < 3; ++nth) leader.propose();
  leader.refused(4, {.term = 1, .index = 2});
  EXPECT_EQ(leader.of(2).state(), tracker::StateType::StateProbe)
      << "the leader was wrong about this log, and goes on sending ahead";
  EXPECT_EQ(appends(leader.propose()), "") << "one probe is under way";
}

}  // namespace
