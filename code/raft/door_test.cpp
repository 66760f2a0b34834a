#include "raft/door.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <string>

#include "raft/message_kinds.hpp"
#include "raft/rawnode_test.hpp"

namespace {

using namespace raft;
using base::Errc;
using base::Error;
using raft::test::Application;
using raft::test::disk;
using raftpb::Message;
using enum raftpb::MessageType;

constexpr int kTypes = 24;

raftpb::MessageType type(int number) {
  return static_cast<raftpb::MessageType>(number);
}

TEST(Door, LocalTypesStayOutside) {
  const NodeId senders[] = {kNone, 1, 2, kLocalAppendThread, kLocalApplyThread};
  for (int number = 0; number < kTypes; ++number) {
    if (!isLocalMsg(type(number))) continue;
    for (const NodeId from : senders) {
      const Message m{.type = type(number), .to = 1, .from = from, .term = 1};
      EXPECT_EQ(mayEnter(m, 1), Errc::StepLocalMsg) << name(m.type) << " from " << from;
    }
  }
}

// etcd#17081: a proxy on the way mixed up two nodes.
TEST(Door, AMessageForAnotherNodeStaysOutside) {
  for (int number = 0; number < kTypes; ++number) {
    if (isLocalMsg(type(number))) continue;
    Message m{.type = type(number), .to = 3, .from = 2, .term = 1};
    EXPECT_EQ(mayEnter(m, 1), Errc::StepMisdelivered) << name(m.type);
    m.to = 1;
    EXPECT_EQ(mayEnter(m, 1), Error()) << name(m.type);
  }
}

TEST(Door, OnlyWhatIsForAnyTermHasNone) {
  for (int number = 0; number < kTypes; ++number) {
    if (isLocalMsg(type(number))) continue;
    const Message m{.type = type(number), .to = 1, .from = 2};
    const Error expected = isForAnyTerm(m.type) ? Error() : Errc::StepMalformed;
    EXPECT_EQ(mayEnter(m, 1), expected) << name(m.type);
  }
}

TEST(Door, EntriesFollowEachOther) {
  struct Case {
    const char* name;
    raftpb::Entries entries;  // behind entry 4 of term 2, from the leader of term 5
    bool enter;
  };
  const auto at = [](Term term, Index index) {
    return raftpb::Entry{.term = term, .index = index};
  };
  const Case cases[] = {
      {"none", {}, true},
      {"the next", {at(2, 5)}, true},
      {"terms rise", {at(2, 5), at(3, 6), at(5, 7)}, true},
      {"a hole at the beginning", {at(2, 6)}, false},
      {"a hole in the middle", {at(2, 5), at(2, 7)}, false},
      {"one twice", {at(2, 5), at(2, 5)}, false},
      {"backwards", {at(2, 5), at(2, 4)}, false},
      {"index 0", {at(2, 0)}, false},
      {"a term falls", {at(3, 5), at(2, 6)}, false},
      {"below the entry before", {at(1, 5)}, false},
      {"above the leader's", {at(6, 5)}, false},
      {"the largest index", {at(2, std::numeric_limits<Index>::max())}, false},
  };
  for (const Case& c : cases) {
    const Message m{.type = MsgApp,
                    .to = 1,
                    .from = 2,
                    .term = 5,
                    .logTerm = 2,
                    .index = 4,
                    .entries = c.entries};
    EXPECT_EQ(mayEnter(m, 1), c.enter ? Error() : Errc::StepMalformed) << c.name;
  }
  const Message ahead{.type = MsgApp, .to = 1, .from = 2, .term = 5, .logTerm = 6};
  EXPECT_EQ(mayEnter(ahead, 1), Errc::StepMalformed) << "the entry before, above it";
}

// A type of a later version, whatever it is about, is taken, and then nothing happens.
TEST(Door, TypesFromTheFutureEnterAndDoNothing) {
  for (const int number : {24, 25, 256, -1}) {
    Application app({.id = 1}, disk({1, 2, 3}));
    EXPECT_EQ(app.node->step({.type = type(number), .to = 1, .from = 2, .term = 1}),
              Error());
    EXPECT_EQ(app.node->term(), 1u) << "its term is news all the same";
    EXPECT_TRUE(app.turn().messages.empty());
  }
}

// What is refused leaves the node as it was.
TEST(Door, ARefusalChangesNothing) {
  Application app({.id = 1}, disk({1, 2, 3}));
  const Message refused[] = {
      {.type = MsgHup, .to = 1, .from = kLocalAppendThread},
      {.type = MsgStorageAppendResp, .to = 1, .from = kLocalAppendThread, .term = 9},
      {.type = MsgVote, .to = 2, .from = 3, .term = 9},
      {.type = MsgHeartbeat, .to = 1, .from = 2},
      {.type = MsgApp,
       .to = 1,
       .from = 2,
       .term = 9,
       .entries = {{.term = 9, .index = 2}}},
  };
  for (const Message& m : refused) {
    EXPECT_TRUE(app.node->step(m)) << name(m.type);
    EXPECT_EQ(app.node->term(), 0u) << name(m.type);
    EXPECT_EQ(app.node->lead(), kNone) << name(m.type);
    EXPECT_FALSE(app.node->hasReady()) << name(m.type);
  }
}

// A heartbeat of term 0 once made a candidate a follower of term 0 again.
TEST(Door, NoMessageLowersTheTerm) {
  Application app({.id = 1}, disk({1, 2, 3}));
  std::ignore = app.node->campaign();
  app.settle();
  for (const raftpb::MessageType heard : {MsgHeartbeat, MsgApp, MsgSnap, MsgVote}) {
    EXPECT_EQ(app.node->step({.type = heard, .to = 1, .from = 2}), Errc::StepMalformed);
    EXPECT_EQ(app.node->term(), 1u);
  }
}

}  // namespace
