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
