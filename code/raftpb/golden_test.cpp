// What etcd itself writes, as facts to compare with: hexadecimal, once by
// go.etcd.io/raft/v3 v3.6.0 and once by v3.7.0. The programs that printed them are in
// raftpb/oracle/go36 and go37; each says in its head how to run it. What v3.7.0's raft.go
// sends, zeros that it sets and all, is printed by go37/sent.
#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <memory>
#include <string>

#include "raftpb/codec.hpp"

namespace {

using raftpb::ConfChange;
using raftpb::ConfChangeSingle;
using raftpb::ConfChangeTransition;
using raftpb::ConfChangeType;
using raftpb::ConfChangeV2;
using raftpb::ConfState;
using raftpb::Dialect;
using raftpb::Entry;
using raftpb::EntryType;
using raftpb::HardState;
using raftpb::Message;
using raftpb::MessageType;
using raftpb::NodeId;
using raftpb::Snapshot;

constexpr NodeId kLargest = ~NodeId{0};

struct Golden {
  std::string name;
  std::string everyField;  // v3.6.0
  std::string setFields;   // v3.7.0
};

const std::map<std::string, Golden>& golden() {
  static const std::map<std::string, Golden> all = [] {
    const Golden list[] = {
        {"empty", "0800100018002000280030004000500058006800", ""},
        {"heartbeat", "0808100218012005280030004007500058006800", "08081002180120054007"},
        {"append",
         "0803100218012005280430ac023a070800100518ad023a130800100518ae"
         "02220a636f6c6f723d626c75653a070802100518af0240ab025000580068"
         "00",
         "0803100218012005280430ac023a05100518ad023a11100518ae02220a63"
         "6f6c6f723d626c75653a070802100518af0240ab02"},
        {"reject", "0804100118022005280330ac02400050015898026800",
         "0804100118022005280330ac025001589802"},
        {"snapshot",
         "08071003180120052800300040004a1a0a05737461746512110a0b080108"
         "02080310ac022800100b1802500058006800",
         "08071003180120054a180a057374617465120f0a0908010802080310ac02"
         "100b1802"},
        {"vote",
         "0805100318ffffffffffffffffff012006280530af024000500058006210"
         "43616d706169676e5472616e736665726800",
         "0805100318ffffffffffffffffff012006280530af02621043616d706169"
         "676e5472616e73666572"},
        {"responses",
         "081310ffffffffffffffffff011802200628003000400750005800680172"
         "150804100118022006280030af024000500058006800",
         "081310ffffffffffffffffff011802200640076801720b08041001180220"
         "0630af02"},
        {"entry", "08001001188001220200ff", "1001188001220200ff"},
        {"hardstate", "0805100218ab02", "0805100218ab02"},
        {"snap", "0a05737461746512110a0b08010802080310ac022800100b1802",
         "0a057374617465120f0a0908010802080310ac02100b1802"},
        {"confstate", "0801080208031801180220042801", "0801080208031801180220042801"},
        {"change", "0809100118032203776879", "0809100118032203776879"},
        {"changes", "0802120408001004120408031005", "080212021004120408031005"},
        {"leave", "0800", ""},
    };
    std::map<std::string, Golden> byName;
    for (const Golden& g : list) byName[g.name] = g;
    return byName;
  }();
  return all;
}

std::string bytesOf(const std::string& hex) {
  std::string bytes;
  for (std::size_t i = 0; i < hex.size(); i += 2) {
    bytes += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
  }
  return bytes;
}

// The two versions' bytes are ours, and are read as what was meant.
template <typename M>
void expectGolden(const std::string& name, const M& meant) {
  SCOPED_TRACE(name);
  ASSERT_TRUE(golden().contains(name));
  const std::string v36 = bytesOf(golden().at(name).everyField);
  const std::string v37 = bytesOf(golden().at(name).setFields);
  EXPECT_EQ(marshal(meant, Dialect::EveryField), v36);
  EXPECT_EQ(marshal(meant, Dialect::SetFields), v37);
  for (const std::string& bytes : {v36, v37}) {
    M read;
    EXPECT_EQ(unmarshal(bytes, read), base::Error());
    EXPECT_EQ(read, meant);
  }
}

Snapshot snapshot() {
  return {
      .data = "state",
      .metadata = {
          .confState = {.voters = {1, 2, 3}, .learners = {300}}, .index = 11, .term = 2}};
}

// INV-MESSAGES-1
TEST(Golden, MessagesAreEtcds) {
  expectGolden("empty", Message());
  expectGolden(
      "heartbeat",
      Message{
          .type = MessageType::MsgHeartbeat, .to = 2, .from = 1, .term = 5, .commit = 7});
  const Entry change = {.type = EntryType::EntryConfChangeV2, .term = 5, .index = 303};
  expectGolden("append",
               Message{.type = MessageType::MsgApp,
                       .to = 2,
                       .from = 1,
                       .term = 5,
                       .logTerm = 4,
                       .index = 300,
                       .entries = {{.term = 5, .index = 301},
                                   {.term = 5, .index = 302, .data = "color=blue"},
                                   change},
                       .commit = 299});
  expectGolden("reject", Message{.type = MessageType::MsgAppResp,
                                 .to = 1,
                                 .from = 2,
                                 .term = 5,
                                 .logTerm = 3,
                                 .index = 300,
                                 .reject = true,
                                 .rejectHint = 280});
  expectGolden("snapshot", Message{.type = MessageType::MsgSnap,
                                   .to = 3,
                                   .from = 1,
                                   .term = 5,
                                   .snapshot = std::make_shared<Snapshot>(snapshot())});
  expectGolden("vote", Message{.type = MessageType::MsgVote,
                               .to = 3,
                               .from = kLargest,
                               .term = 6,
                               .logTerm = 5,
                               .index = 303,
                               .context = "CampaignTransfer"});
  expectGolden("responses", Message{.type = MessageType::MsgStorageAppend,
                                    .to = kLargest,
                                    .from = 2,
                                    .term = 6,
                                    .commit = 7,
                                    .vote = 1,
                                    .responses = {{.type = MessageType::MsgAppResp,
                                                   .to = 1,
                                                   .from = 2,
                                                   .term = 6,
                                                   .index = 303}}});
}

// INV-MESSAGES-1
TEST(Golden, WhatLiesOnDisksIsEtcds) {
  expectGolden("entry", Entry{.term = 1, .index = 128, .data = std::string("\0\xff", 2)});
  expectGolden("hardstate", HardState{.term = 5, .vote = 2, .commit = 299});
  expectGolden("snap", snapshot());
  expectGolden("confstate", ConfState{.voters = {1, 2, 3},
                                      .votersOutgoing = {1, 2},
                                      .learnersNext = {4},
                                      .autoLeave = true});
  expectGolden("change", ConfChange{.id = 9,
                                    .type = ConfChangeType::ConfChangeRemoveNode,
                                    .nodeId = 3,
                                    .context = "why"});
  const auto transition = ConfChangeTransition::ConfChangeTransitionJointExplicit;
  const ConfChangeSingle learner = {ConfChangeType::ConfChangeAddLearnerNode, 5};
  expectGolden("changes", ConfChangeV2{.transition = transition,
                                       .changes = {{.nodeId = 4}, learner}});
  expectGolden("leave", ConfChangeV2());
}

// raft.go sets some fields to zero, and v3.7 writes what is set. We leave zeros out; that
// is the only difference, and both are read as the same.
template <typename M>
void expectSent(std::string etcds, const std::string& zeros, const M& meant) {
  SCOPED_TRACE(etcds);
  M read;
  EXPECT_EQ(unmarshal(bytesOf(etcds), read), base::Error());
  EXPECT_EQ(read, meant);
  for (std::size_t i = 0; i < zeros.size(); i += 4) {  // a tag and a zero: four digits
    const std::size_t at = etcds.find(zeros.substr(i, 4));
    ASSERT_NE(at, std::string::npos);
    etcds.erase(at, 4);
  }
  EXPECT_EQ(marshal(meant, Dialect::SetFields), bytesOf(etcds));
}

// INV-MESSAGES-1
TEST(Golden, WhatRaftGoSendsDiffersInZerosThatItSets) {
  using enum MessageType;
  const Message vote = {.type = MsgVote, .to = 2, .from = 1, .term = 1};
  expectSent("080510021801200128003000", "28003000", vote);
  const Message yes = {.type = MsgVoteResp, .to = 1, .from = 2, .term = 1};
  expectSent("0806100118022001", "", yes);
  const Message append = {.type = MsgApp,
                          .to = 2,
                          .from = 1,
                          .term = 1,
                          .entries = {{.term = 1, .index = 1}}};
  expectSent("0803100218012001280030003a04100118014000", "280030004000", append);
  const Message taken = {.type = MsgAppResp, .to = 1, .from = 2, .term = 1, .index = 1};
  expectSent("08041001180220013001", "", taken);
  const Message beat = {.type = MsgHeartbeat, .to = 2, .from = 1, .term = 1};
  expectSent("08081002180120014000", "4000", beat);
  const Message here = {.type = MsgHeartbeatResp, .to = 1, .from = 2, .term = 1};
  expectSent("0809100118022001", "", here);
  const ConfState members = {.voters = {1, 2}, .learners = {3}};
  expectSent("0801080210032800", "2800", members);
}

}  // namespace
