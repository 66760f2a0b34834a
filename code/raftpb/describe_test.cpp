#include "raftpb/describe.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <memory>
#include <string>

#include "raftpb/codec.hpp"

namespace {

using raftpb::ConfChangeSingle;
using raftpb::ConfChangeType;
using raftpb::Entry;
using raftpb::Message;
using raftpb::MessageType;
using raftpb::NodeId;
using raftpb::Snapshot;

Entry normal(raftpb::Term term, raftpb::Index index, const char* data) {
  return {.term = term, .index = index, .data = data};
}

TEST(Describe, NamesTargets) {
  EXPECT_EQ(raftpb::describeTarget(0), "None");
  EXPECT_EQ(raftpb::describeTarget(0xab), "ab");
  EXPECT_EQ(raftpb::describeTarget(std::numeric_limits<NodeId>::max()), "AppendThread");
  EXPECT_EQ(raftpb::describeTarget(std::numeric_limits<NodeId>::max() - 1),
            "ApplyThread");
}

TEST(Describe, AMessageShowsWhatIsSet) {
  EXPECT_EQ(raftpb::describeMessage({.type = MessageType::MsgHup}),
            "None->None MsgHup Term:0 Log:0/0");
  const Message vote = {.type = MessageType::MsgVote,
                        .to = 10,
                        .from = 1,
                        .term = 2,
                        .logTerm = 1,
                        .index = 11};
  EXPECT_EQ(raftpb::describeMessage(vote), "1->a MsgVote Term:2 Log:1/11");
  const Message refusal = {.type = MessageType::MsgAppResp,
                           .to = 1,
                           .from = 2,
                           .term = 2,
                           .logTerm = 1,
                           .index = 14,
                           .reject = true,
                           .rejectHint = 11};
  EXPECT_EQ(raftpb::describeMessage(refusal),
            "2->1 MsgAppResp Term:2 Log:1/14 Rejected (Hint: 11)");
}

TEST(Describe, OneEntryStaysInTheLineAndSeveralDoNot) {
  Message append = {.type = MessageType::MsgApp,
                    .to = 2,
                    .from = 1,
                    .term = 1,
                    .logTerm = 1,
                    .index = 2,
                    .entries = {normal(1, 3, "x")},
                    .commit = 2};
  EXPECT_EQ(raftpb::describeMessage(append),
            "1->2 MsgApp Term:1 Log:1/2 Commit:2 Entries:[1/3 EntryNormal \"x\"]");
  append.entries.push_back(normal(1, 4, ""));
  EXPECT_EQ(raftpb::describeMessage(append, "  "),
            "  1->2 MsgApp Term:1 Log:1/2 Commit:2 Entries:[\n"
            "    1/3 EntryNormal \"x\"\n"
            "    1/4 EntryNormal \"\"\n"
            "  ]");
}

TEST(Describe, ResponsesAreIndented) {
  const Message response = {
      .type = MessageType::MsgAppResp, .to = 1, .from = 2, .term = 1};
  const Message append = {.type = MessageType::MsgStorageAppend,
                          .to = std::numeric_limits<NodeId>::max(),
                          .from = 2,
                          .term = 1,
                          .vote = 12,
                          .responses = {response}};
  EXPECT_EQ(raftpb::describeMessage(append),
            "2->AppendThread MsgStorageAppend Term:1 Log:0/0 Vote:12 Responses:[\n"
            "  2->1 MsgAppResp Term:1 Log:0/0\n"
            "]");
}

TEST(Describe, ASnapshotHasItsOwnLine) {
  Snapshot snapshot = {
      .data = "ignored",
      .metadata = {
          .confState = {.voters = {1, 2, 10}, .learners = {4}}, .index = 11, .term = 1}};
  const std::string line =
      "Index:11 Term:1 ConfState:Voters:[1 2 10] VotersOutgoing:[] Learners:[4] "
      "LearnersNext:[] AutoLeave:false";
  EXPECT_EQ(raftpb::describeSnapshot(snapshot), line);

  Message m = {.type = MessageType::MsgSnap, .to = 3, .from = 1, .term = 1};
  m.snapshot = std::make_shared<const Snapshot>(snapshot);
  EXPECT_EQ(raftpb::describeMessage(m),
            "1->3 MsgSnap Term:1 Log:0/0\n  Snapshot: " + line);
  m.snapshot = std::make_shared<const Snapshot>();
  EXPECT_EQ(raftpb::describeMessage(m), "1->3 MsgSnap Term:1 Log:0/0");
}

TEST(Describe, EntriesHaveALineEach) {
  EXPECT_EQ(raftpb::describeEntries({normal(1, 2, "a"), normal(0, 0, "b")}),
            "1/2 EntryNormal \"a\"\n0/0 EntryNormal \"b\"\n");
}

TEST(Describe, AVoteForNobodyIsLeftOut) {
  EXPECT_EQ(raftpb::describeHardState({.term = 1, .commit = 3}), "Term:1 Commit:3");
  EXPECT_EQ(raftpb::describeHardState({.term = 1, .vote = 12, .commit = 3}),
            "Term:1 Vote:12 Commit:3");
}

TEST(Describe, ChangesAreALetterAndANode) {
  EXPECT_EQ(raftpb::describeConfChanges({}), "");
  EXPECT_EQ(raftpb::describeConfChanges({{ConfChangeType::ConfChangeAddNode, 1},
                                         {ConfChangeType::ConfChangeAddLearnerNode, 2},
                                         {ConfChangeType::ConfChangeRemoveNode, 13},
                                         {ConfChangeType::ConfChangeUpdateNode, 4}}),
            "v1 l2 r13 u4");
  EXPECT_EQ(name(ConfChangeType::ConfChangeAddLearnerNode), "ConfChangeAddLearnerNode");
  EXPECT_EQ(name(raftpb::ConfChangeTransition::ConfChangeTransitionJointExplicit),
            "ConfChangeTransitionJointExplicit");
}

TEST(Describe, AnEntryThatChangesMembersTellsWhich) {
  const raftpb::ConfChange one = {.type = ConfChangeType::ConfChangeAddLearnerNode,
                                  .nodeId = 4};
  const raftpb::ConfChangeV2 two = {
      .changes = {{ConfChangeType::ConfChangeRemoveNode, 1}, {.nodeId = 13}}};
  const auto entryOf = [](raftpb::EntryType type, const std::string& data) {
    return Entry{.type = type, .term = 1, .index = 4, .data = data};
  };
  for (const auto dialect : {raftpb::Dialect::EveryField, raftpb::Dialect::SetFields}) {
    EXPECT_EQ(raftpb::describeEntry(
                  entryOf(raftpb::EntryType::EntryConfChange, marshal(one, dialect))),
              "1/4 EntryConfChange l4");
    EXPECT_EQ(raftpb::describeEntry(
                  entryOf(raftpb::EntryType::EntryConfChangeV2, marshal(two, dialect))),
              "1/4 EntryConfChangeV2 r1 v13");
  }
  EXPECT_EQ(raftpb::describeEntry(entryOf(raftpb::EntryType::EntryConfChangeV2, "")),
            "1/4 EntryConfChangeV2");
  EXPECT_EQ(raftpb::describeEntry(entryOf(raftpb::EntryType::EntryConfChange, "\x80")),
            "1/4 EntryConfChange unexpected EOF");
}

// The right-hand sides were printed by Go's strconv.Quote.
TEST(Quote, IsGos) {
  EXPECT_EQ(raftpb::quote(""), R"("")");
  EXPECT_EQ(raftpb::quote("say \"x\\y\""), R"("say \"x\\y\"")");
  EXPECT_EQ(raftpb::quote("\a\b\f\n\r\t\v"), R"("\a\b\f\n\r\t\v")");
  EXPECT_EQ(raftpb::quote(std::string("\0\x01\x1f\x7f", 4)), R"("\x00\x01\x1f\x7f")");
  EXPECT_EQ(raftpb::quote("ä ∞ 𝄞"), R"("ä ∞ 𝄞")");
  EXPECT_EQ(raftpb::quote("\xff\xc3(\xc3"), R"("\xff\xc3(\xc3")");
  EXPECT_EQ(raftpb::quote("\xc0\xaf"), R"("\xc0\xaf")");          // '/', written too long
  EXPECT_EQ(raftpb::quote("\xed\xa0\x80"), R"("\xed\xa0\x80")");  // half a surrogate pair
  EXPECT_EQ(raftpb::quote("\u00a0\u00ad\u200b\ufeff\u0085"),
            R"("\u00a0\u00ad\u200b\ufeff\u0085")");
  EXPECT_EQ(raftpb::quote("\xf3\xa0\x80\x81"), R"("\U000e0001")");
}

}  // namespace
