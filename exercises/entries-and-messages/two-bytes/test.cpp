// Two bytes: messages whose fields are not the ones that their type would have.
#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "raftpb/codec.hpp"
#include "raftpb/describe.hpp"

namespace {

using raftpb::Message;
using raftpb::MessageType;
using raftpb::Snapshot;

std::string described(const std::string& bytes) {
  Message m;
  const base::Error error = unmarshal(bytes, m);
  EXPECT_FALSE(error) << "these bytes are a message";
  return describeMessage(m);
}

// INV-MESSAGES-2
TEST(TwoBytes, AreAMessageThatCanBeDescribed) {
  EXPECT_EQ(described("\x08\x07"), "None->None MsgSnap Term:0 Log:0/0");
}

TEST(TwoBytes, EveryTypeCanBeAlone) {
  for (int type = 0; type < 24; ++type) {
    const std::string bytes = {'\x08', static_cast<char>(type)};
    const std::string name(raftpb::name(static_cast<MessageType>(type)));
    EXPECT_EQ(described(bytes), "None->None " + name + " Term:0 Log:0/0");
  }
}

Message snap(raftpb::Index index) {
  Message m = {.type = MessageType::MsgSnap, .to = 2, .from = 1, .term = 3};
  m.snapshot =
      std::make_shared<const Snapshot>(Snapshot{.metadata = {.index = index, .term = 2}});
  return m;
}

TEST(Snapshots, AreDescribed) {
  const std::string line = describeMessage(snap(11));
  EXPECT_NE(line.find("Snapshot: Index:11 Term:2"), std::string::npos) << line;
}

TEST(Snapshots, OfIndexZeroAreNone) {
  EXPECT_EQ(describeMessage(snap(0)), "1->2 MsgSnap Term:3 Log:0/0");
  Message heartbeat = snap(0);  // as etcd up to v3.5 sends each of its messages
  heartbeat.type = MessageType::MsgHeartbeat;
  EXPECT_EQ(describeMessage(heartbeat), "1->2 MsgHeartbeat Term:3 Log:0/0");
}

}  // namespace
