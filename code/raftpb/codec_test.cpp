#include "raftpb/codec.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <string>

namespace {

using namespace std::string_literals;
using base::Errc;
using base::Error;
using raftpb::ConfChange;
using raftpb::ConfChangeV2;
using raftpb::ConfState;
using raftpb::Dialect;
using raftpb::Entry;
using raftpb::EntryType;
using raftpb::HardState;
using raftpb::Message;
using raftpb::MessageType;
using raftpb::Snapshot;

constexpr Dialect kDialects[] = {Dialect::EveryField, Dialect::SetFields};

Message append() {
  Message m = {.type = MessageType::MsgApp,
               .to = 2,
               .from = 1,
               .term = 5,
               .logTerm = 4,
               .index = 300,
               .entries = {{.term = 5, .index = 301},
                           {.term = 5, .index = 302, .data = "color=blue"}},
               .commit = 299};
  return m;
}

Message storageAppend() {
  Message m = {.type = MessageType::MsgStorageAppend, .to = 9, .from = 2, .term = 6};
  m.responses.push_back({.type = MessageType::MsgAppResp, .to = 1, .index = 303});
  m.responses.push_back({.type = MessageType::MsgSnap});
  m.responses[1].snapshot = std::make_shared<const Snapshot>(
      Snapshot{.data = "state", .metadata = {.confState = {.voters = {1, 300}}}});
  return m;
}

template <typename M>
M readBack(const std::string& bytes) {
  M m;
  EXPECT_EQ(unmarshal(bytes, m), Error());
  return m;
}

// Every byte string that an honest encoding can be damaged into by cutting its end.
template <typename M>
void refusesEveryBeginning(const M& m, Dialect dialect) {
  const std::string bytes = marshal(m, dialect);
  int refused = 0;
  for (std::size_t length = 0; length < bytes.size(); ++length) {
    M target = m;
    const Error error = unmarshal(std::string_view(bytes).substr(0, length), target);
    if (!error) continue;  // it was cut between two fields of the outermost message
    ++refused;
    EXPECT_EQ(error, Errc::UnexpectedEof) << length;
    EXPECT_EQ(target, m) << "half-read at " << length;
  }
  EXPECT_GT(refused, static_cast<int>(bytes.size()) / 3);
}

TEST(Codec, EmptyOnesTakeWhatTheirDialectSays) {
  EXPECT_EQ(marshal(HardState(), Dialect::SetFields), "");
  EXPECT_EQ(marshal(HardState(), Dialect::EveryField), "\x08\x00\x10\x00\x18\x00"s);
  EXPECT_EQ(marshal(ConfState(), Dialect::EveryField), "\x28\x00"s);
  EXPECT_EQ(marshal(Snapshot(), Dialect::SetFields), "");
  EXPECT_EQ(marshal(Snapshot(), Dialect::EveryField),
            "\x12\x08\x0a\x02\x28\x00\x10\x00\x18\x00"s);
}

// INV-MESSAGES-1
TEST(Codec, BothDialectsAreReadBack) {
  for (const Dialect dialect : kDialects) {
    EXPECT_EQ(readBack<Message>(marshal(append(), dialect)), append());
    EXPECT_EQ(readBack<Message>(marshal(storageAppend(), dialect)), storageAppend());
    EXPECT_EQ(readBack<Message>(marshal(Message(), dialect)), Message());
  }
}

TEST(Codec, ASnapshotIsTheSameOneByValue) {
  const Message m = storageAppend();
  const Message copy = readBack<Message>(marshal(m, Dialect::SetFields));
  EXPECT_NE(copy.responses[1].snapshot, m.responses[1].snapshot);  // two pointers
  EXPECT_EQ(copy, m);                                              // one snapshot
  Message other = m;
  other.responses[1].snapshot = nullptr;
  EXPECT_NE(other, m);
  other.responses[1].snapshot = std::make_shared<const Snapshot>();
  EXPECT_NE(other, m);
}

// There is a snapshot, and it is empty: that is not the same as none.
TEST(Codec, AnEmptySnapshotIsStillThere) {
  Message m;
  m.snapshot = std::make_shared<const Snapshot>();
  EXPECT_EQ(marshal(m, Dialect::SetFields), "\x4a\x00"s);
  EXPECT_NE(readBack<Message>("\x4a\x00"s).snapshot, nullptr);
}

TEST(Codec, SizesAreExact) {
  for (const Dialect dialect : kDialects) {
    EXPECT_EQ(encodedSize(append(), dialect), marshal(append(), dialect).size());
    EXPECT_EQ(encodedSize(storageAppend(), dialect),
              marshal(storageAppend(), dialect).size());
  }
}

// INV-MESSAGES-2
TEST(Codec, FieldsFromTheFutureAreSkipped) {
  const std::string future[] = {
      "\x78\x07"s,    // field 15, a number
      "\x7a\x02hi"s,  // field 15, bytes
      "\x79"
      "12345678"s,  // field 15, eight bytes
      "\x7d"
      "1234"s,              // field 15, four
      "\x80\x80\x01\x01"s,  // field 2048
      "\x7b\x08\x05\x7c"s,  // field 15, a group
  };
  const std::string known = marshal(append(), Dialect::SetFields);
  for (const std::string& unknown : future) {
    EXPECT_EQ(readBack<Message>(unknown + known), append());
    EXPECT_EQ(readBack<Message>(known + unknown), append());
  }
}

// The bytes of etcd#22440: the type says that there is a snapshot, and there is none.
// INV-MESSAGES-2
TEST(Codec, WhatIsMissingIsZero) {
  const Message m = readBack<Message>("\x08\x07"s);
  EXPECT_EQ(m, Message{.type = MessageType::MsgSnap});
  EXPECT_EQ(m.snapshot, nullptr);
  EXPECT_EQ(readBack<Entry>(""), Entry());
  EXPECT_EQ(readBack<Snapshot>("\x0a\x01x"s), Snapshot{.data = "x"});
}

TEST(Codec, TheLastOfTwoCounts) {
  EXPECT_EQ(readBack<HardState>("\x08\x01\x08\x02"s).term, 2U);
  EXPECT_EQ(readBack<Entry>("\x22\x02hi\x22\x00"s).data, "");
}

TEST(Codec, MessagesThatComeTwiceAreMerged) {
  const Snapshot merged = readBack<Snapshot>("\x12\x02\x10\x0b\x12\x02\x18\x02"s);
  EXPECT_EQ(merged.metadata.index, 11U);
  EXPECT_EQ(merged.metadata.term, 2U);
  const Message m = readBack<Message>("\x4a\x03\x0a\x01x\x4a\x04\x12\x02\x10\x0b"s);
  EXPECT_EQ(m.snapshot->data, "x");
  EXPECT_EQ(m.snapshot->metadata.index, 11U);
}

TEST(Codec, NumbersMayBePacked) {
  const ConfState expected = {.voters = {1, 300, 3}};
  EXPECT_EQ(readBack<ConfState>("\x08\x01\x08\xac\x02\x08\x03"s), expected);
  EXPECT_EQ(readBack<ConfState>("\x0a\x04\x01\xac\x02\x03"s), expected);
  EXPECT_EQ(readBack<ConfState>("\x08\x01\x0a\x03\xac\x02\x03"s), expected);
  EXPECT_EQ(readBack<ConfState>("\x0a\x00"s), ConfState());
  ConfState target;
  EXPECT_EQ(unmarshal("\x0a\x01\x80"s, target), Errc::UnexpectedEof);
}

// INV-MESSAGES-3
TEST(Codec, EveryBeginningIsRefusedOrWhole) {
  for (const Dialect dialect : kDialects) {
    refusesEveryBeginning(append(), dialect);
    refusesEveryBeginning(storageAppend(), dialect);
  }
}

TEST(Codec, RefusesAnotherWireType) {
  Message m;
  EXPECT_EQ(unmarshal("\x0a\x00"s, m), Errc::WrongWireType);  // type, as bytes
  EXPECT_EQ(unmarshal("\x38\x01"s, m), Errc::WrongWireType);  // entries, a number
  EXPECT_EQ(unmarshal("\x21"
                      "12345678"s,
                      m),
            Errc::WrongWireType);                                     // term, eight bytes
  EXPECT_EQ(unmarshal("\x3a\x02\x20\x01"s, m), Errc::WrongWireType);  // an entry's data
  EXPECT_EQ(m, Message());
}

// INV-MESSAGES-2
TEST(Codec, TypesFromTheFutureStayWhatTheyAre) {
  const auto typeOf = [](const std::string& bytes) {
    return static_cast<int>(readBack<Message>(bytes).type);
  };
  EXPECT_EQ(typeOf("\x08\x17"s), static_cast<int>(MessageType::MsgForgetLeader));
  EXPECT_EQ(typeOf("\x08\x18"s), 24);
  EXPECT_EQ(typeOf("\x08\x80\x02"s), 256);  // which is 0 in one byte: MsgHup
  EXPECT_EQ(typeOf("\x08\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"s), -1);

  const Message m = readBack<Message>("\x3a\x02\x08\x03"s);
  EXPECT_EQ(static_cast<int>(m.entries.at(0).type), 3);
  const auto change = readBack<ConfChangeV2>("\x08\x03\x12\x02\x08\x04"s);
  EXPECT_EQ(static_cast<int>(change.transition), 3);
  EXPECT_EQ(static_cast<int>(change.changes.at(0).type), 4);
}

TEST(Codec, TypesFromTheFutureAreWrittenAsTheyCame) {
  for (const int number : {24, 256, 1 << 30, -1}) {
    const Message m{.type = static_cast<MessageType>(number)};
    EXPECT_EQ(readBack<Message>(marshal(m)), m) << number;
  }
}

// INV-MESSAGES-3
TEST(Codec, RefusesMessagesInMessagesInMessages) {
  std::string bytes;
  for (int depth = 1; depth < raftpb::kMaxDepth; ++depth) {
    bytes = "\x72" + std::string(1, static_cast<char>(bytes.size())) + bytes;
  }
  Message m;
  EXPECT_EQ(unmarshal(bytes, m), Error());
  bytes = "\x72" + std::string(1, static_cast<char>(bytes.size())) + bytes;
  EXPECT_EQ(unmarshal(bytes, m), Errc::NestedTooDeep);
}

TEST(Codec, TruthIsAnyNumberButZero) {
  EXPECT_TRUE(readBack<Message>("\x50\x01"s).reject);
  EXPECT_TRUE(readBack<Message>("\x50\x80\x02"s).reject);
  EXPECT_FALSE(readBack<Message>("\x50\x00"s).reject);
}

TEST(Codec, ChangesOfMembersAreReadBack) {
  const ConfChange one = {.id = 9,
                          .type = raftpb::ConfChangeType::ConfChangeRemoveNode,
                          .nodeId = 3,
                          .context = "why"};
  const ConfChangeV2 several = {
      .transition = raftpb::ConfChangeTransition::ConfChangeTransitionJointExplicit,
      .changes = {{.nodeId = 4}, {}},
      .context = "\0"s};
  for (const Dialect dialect : kDialects) {
    EXPECT_EQ(readBack<ConfChange>(marshal(one, dialect)), one);
    EXPECT_EQ(readBack<ConfChangeV2>(marshal(several, dialect)), several);
  }
  EXPECT_EQ(readBack<ConfChangeV2>(""), ConfChangeV2());  // "leave the joint change"
}

}  // namespace
