// Wrong readers: one test for each promise of the reader.
#include <gtest/gtest.h>

#include <string>

#include "raftpb/codec.hpp"
#include "raftpb/wire.hpp"

namespace {

using base::Errc;
using base::Error;
using raftpb::HardState;
using raftpb::Message;
using raftpb::MessageType;
using namespace std::string_literals;

// A field that holds bytes: its tag, their length, the bytes. The number is below 16.
std::string field(int number, const std::string& bytes) {
  return std::string{static_cast<char>(number << 3 | 2),
                     static_cast<char>(bytes.size())} +
         bytes;
}

TEST(Reader, ReadsAnHonestMessage) {
  const Message m = {.type = MessageType::MsgHeartbeat, .to = 2, .from = 1, .term = 5};
  Message read;
  ASSERT_EQ(unmarshal(marshal(m), read), Error());
  EXPECT_EQ(read, m);
}

// INV-MESSAGES-3
TEST(Reader, BelievesNoLength) {
  Message m;
  for (const std::string& length : {"\x7f"s, "\x80\x80\x80\x80\x80\x80\x80\x80\x80\x01"s,
                                    "\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"s}) {
    EXPECT_EQ(unmarshal("\x62" + length + "note", m), Errc::UnexpectedEof);
  }
}

// INV-MESSAGES-2
TEST(Reader, SkipsTheFuture) {
  Message m;
  EXPECT_EQ(unmarshal(field(15, "x") + "\x20\x05", m), Error());
  EXPECT_EQ(m.term, 5u) << "what comes behind the unknown field counts";
}

// INV-MESSAGES-3
TEST(Reader, LeavesTheTargetAloneWhenItRefuses) {
  HardState target = {.term = 9};
  EXPECT_EQ(unmarshal("\x08\x01\x10", target), Errc::UnexpectedEof);
  EXPECT_EQ(target, (HardState{.term = 9}));
}

// INV-MESSAGES-3
TEST(Reader, SeesWhatIsWrongInside) {
  Message m;
  EXPECT_EQ(unmarshal(field(7, "\x22\x05x"), m), Errc::UnexpectedEof);
}

}  // namespace
