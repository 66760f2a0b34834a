// Where logs may meet: the hint of a follower that refuses, and what its leader makes of
// it (§5.3).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <vector>

#include "base/random.hpp"
#include "raft/replication_test.hpp"
#include "raft/votes_test.hpp"

namespace raft::test {
namespace {

using testing::SizeIs;
using Terms = std::vector<Term>;

Term lastTerm(const Terms& log) {
  return log.empty() ? 0 : log.back();
}

// Two logs; what the follower hints when the leader probes at its own end, and where the
// leader probes next.
struct Hint {
  const char* name;
  Terms leader;
  Terms follower;
  EntryId hint;
  EntryId next;
};

TEST(Append, HintsWhereTheLogsMayMeet) {
  const Hint cases[] = {
      {"the follower lacks the last entries",
       {1, 1, 1, 4, 5},
       {1, 1, 1, 4},
       {4, 4},
       {4, 4}},
      {"it has nothing", {1, 1, 1}, {}, {0, 0}, {0, 0}},

      // The leader's terms are higher than the hint's: the leader skips them.
      {"the leader skips two terms", {1, 3, 3, 3, 5, 5, 5}, {1, 1, 2, 2}, {2, 4}, {1, 1}},
      {"a tail of the follower's own, longer than the leader's log",
       {1, 2, 2, 4, 4, 4},
       {1, 2, 2, 3, 3, 3, 3, 3, 3},
       {3, 6},
       {2, 3}},
      {"the follower's term is one that the leader has too",
       {1, 2, 2, 3, 3, 5},
       {1, 2, 2, 3, 4, 4},
       {4, 6},
       {3, 5}},

      // The follower's terms are higher than the leader's: the follower skips them.
      {"the follower skips two terms", {1, 1, 1, 1}, {1, 2, 2, 4}, {1, 1}, {1, 1}},
      {"and the leader's log is longer", {1, 1, 1, 1, 1}, {1, 2, 2, 4}, {1, 1}, {1, 1}},
      {"and the follower's log is longer",
       {1, 1, 1, 1},
       {1, 2, 2, 4, 4, 4},
       {1, 1},
       {1, 1}},
      {"they meet in the middle of a term",
       {2, 2, 2, 2, 2, 2},
       {2, 2, 2, 4, 5, 5},
       {2, 3},
       {2, 3}},

      // One hint is not always enough.
      {"the next guess will be refused as well",
       {1, 3, 3, 3, 3, 7},
       {1, 3, 4, 4, 5, 6},
       {6, 6},
       {3, 5}},
  };
  for (const Hint& c : cases) {
    SCOPED_TRACE(c.name);
    LeadingNode leader(c.leader, {}, 0, lastTerm(c.follower));
    FollowingNode follower(leader.raft.term(), c.follower);
    const EntryId last{.term = c.leader.back(), .index = c.leader.size()};
    const Message refusal = follower.append(last, {});
    ASSERT_TRUE(refusal.reject);
    EXPECT_EQ(refusal.index, last.index);
    EXPECT_EQ(refusal.rejectHint, c.hint.index);
    EXPECT_EQ(refusal.logTerm, c.hint.term);

    const auto probes = pick(leader.step(refusal), MessageType::MsgApp, 2);
    ASSERT_THAT(probes, SizeIs(1));
    EXPECT_EQ(probes[0].index, c.next.index);
    EXPECT_EQ(probes[0].logTerm, c.next.term);
  }
}

// raft#36: the place asked for, and all below it, may be compacted away. The hint then
// has no term, and the leader goes back by one.
TEST(Append, AHintFromACompactedLogHasNoTerm) {
  FollowingNode follower(3, {1, 1, 3, 3, 3});
  ASSERT_EQ(follower.peer.storage->compact(5), base::Error());
  const Message refusal = follower.append({3, 3}, {3});
  EXPECT_TRUE(refusal.reject);
  EXPECT_EQ(refusal.rejectHint, 3u);
  EXPECT_EQ(refusal.logTerm, 0u);

  LeadingNode leader({1, 1, 3});
  const auto probes = pick(leader.step(refusal), MessageType::MsgApp, 2);
  ASSERT_THAT(probes, SizeIs(1));
  EXPECT_EQ(probes[0].index, 2u);
  EXPECT_EQ(probes[0].logTerm, 1u);
}

// Two logs that history can produce: equal up to a place, and no term in both after it.
struct History {
  Terms leader, follower;
  Index meet = 0;
};

History randomHistory(base::Random& random) {
  History history;
  Term term = 1;
  const auto extend = [&](Terms& log) {
    for (std::uint32_t more = 1 + random.below(4); more > 0; --more) log.push_back(term);
  };
  while (random.below(3) != 0) {
    extend(history.leader);
    ++term;
  }
  history.follower = history.leader;
  history.meet = history.leader.size();
  // One of the two may have more of the term in which they part.
  if (history.meet > 0 && random.below(2) == 0) {
    Terms& longer = random.below(2) == 0 ? history.leader : history.follower;
    longer.insert(longer.end(), 1 + random.below(4), term - 1);
  }
  for (std::uint32_t terms = random.below(7); terms > 0; --terms) {
    extend(random.below(2) == 0 ? history.leader : history.follower);
    ++term;
  }
  return history;
}

// INV-REPLICATION-1
// Hints skip what can't match, and nothing else: every walk ends at the very entry where
// the logs meet. It takes at most one refusal for each term of the leader's.
TEST(Append, HintsNeverSkipThePlaceWhereTheLogsMeet) {
  base::Random random(12);
  for (int turn = 0; turn < 3000; ++turn) {
    History history = randomHistory(random);
    if (history.leader.empty()) continue;
    SCOPED_TRACE(testing::PrintToString(history.leader) + " and " +
                 testing::PrintToString(history.follower));
    LeadingNode leader(history.leader, {}, 0, lastTerm(history.follower));
    FollowingNode follower(leader.raft.term(), history.follower);
    std::set<Term> leaderTerms(history.leader.begin(), history.leader.end());

    Message probe = pick(leader.elected, MessageType::MsgApp, 2).at(0);
    Message answer = follower.step(probe).at(0);
    std::size_t refusals = 0;
    for (; answer.reject; ++refusals) {
      ASSERT_LE(refusals, leaderTerms.size());
      probe = pick(leader.step(answer), MessageType::MsgApp, 2).at(0);
      answer = follower.step(probe).at(0);
    }
    const Index meet = std::min<Index>(history.meet, history.leader.size());
    EXPECT_EQ(probe.index, meet) << "the logs are equal up to " << meet;

    // And from there on the follower takes the leader's entries for its own.
    for (const Message& more : pick(leader.step(answer), MessageType::MsgApp, 2)) {
      follower.step(more);
    }
    for (const Message& m : pick(leader.propose(), MessageType::MsgApp, 2)) {
      follower.step(m);
    }
    EXPECT_EQ(terms(follower.raft), terms(leader.raft));
  }
}

// A log whose readers are counted.
class CountedLog final : public Storage {
 public:
  explicit CountedLog(std::shared_ptr<MemoryStorage> log) : log_(std::move(log)) {}

  InitialState initialState() const override { return log_->initialState(); }
  Result<raftpb::Entries> entries(Index lo, Index hi,
                                  std::uint64_t maxSize) const override {
    return log_->entries(lo, hi, maxSize);
  }
  Result<Term> term(Index i) const override {
    ++asked;
    return log_->term(i);
  }
  Index lastIndex() const override { return log_->lastIndex(); }
  Index firstIndex() const override { return log_->firstIndex(); }
  Result<raftpb::Snapshot> snapshot() const override { return log_->snapshot(); }

  mutable int asked = 0;

 private:
  std::shared_ptr<MemoryStorage> log_;
};

// It can be sent by anybody who was a follower once, as often as the network likes.
TEST(Append, ALateRefusalCostsNoSearch) {
  const std::vector<Term> fives(1000, 5);
  const auto counted =
      std::make_shared<CountedLog>(disk({1, 2}, logOf(fives), {.term = 5}));
  Raft leader({.id = 1, .storage = counted});
  std::ignore = leader.step(hup(1));
  for (const NodeId voter : {NodeId{1}, NodeId{2}}) {
    std::ignore = leader.step(voteAnswer(voter, 1, 6, true));
  }
  ASSERT_EQ(leader.state(), StateType::StateLeader);
  std::ignore = leader.step({.type = MessageType::MsgProp, .entries = {{}}});
  std::ignore = leader.step(
      {.type = MessageType::MsgAppResp, .to = 1, .from = 2, .term = 6, .index = 1000});
  Message refusal{.type = MessageType::MsgAppResp,
                  .to = 1,
                  .from = 2,
                  .term = 6,
                  .logTerm = 1,
                  .index = 1000,
                  .reject = true,
                  .rejectHint = 999};
  counted->asked = 0;
  std::ignore = leader.step(refusal);
  EXPECT_EQ(counted->asked, 0) << "it has acknowledged what it refused";

  std::ignore = leader.step({.type = MessageType::MsgUnreachable, .from = 2});
  refusal.index = 900;
  std::ignore = leader.step(refusal);
  EXPECT_EQ(counted->asked, 0) << "nobody asks about 900";
}

}  // namespace
}  // namespace raft::test
