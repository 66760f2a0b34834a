// A number too long: varints of every length, and of lengths that no number has.
#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <string>

#include "raftpb/codec.hpp"
#include "raftpb/wire.hpp"

namespace {

using base::Errc;
using raftpb::Reader;
using namespace std::string_literals;

constexpr std::uint64_t kMax = std::numeric_limits<std::uint64_t>::max();

std::string written(std::uint64_t value) {
  raftpb::Writer out(raftpb::varintSize(value));
  out.varint(value);
  return out.take();
}

TEST(Varint, ComesBackFromItsBytes) {
  for (unsigned bits = 0; bits < 64; ++bits) {
    for (const std::uint64_t value : {kMax >> bits, (kMax >> bits) / 2 + 1}) {
      const std::string bytes = written(value);
      Reader in(bytes);
      const std::uint64_t read = in.varint();
      ASSERT_EQ(read, value) << value << ", in " << bytes.size()
                             << " bytes, comes back as " << read;
      ASSERT_FALSE(in.error()) << value << " was refused: " << in.error().message();
      ASSERT_FALSE(in.more()) << "bytes are left behind " << value;
    }
  }
}

TEST(Varint, LeavesWhatFollows) {
  const std::string bytes = written(300) + written(kMax) + written(0) + written(7);
  Reader in(bytes);
  for (const std::uint64_t value : {std::uint64_t{300}, kMax, std::uint64_t{0}}) {
    ASSERT_EQ(in.varint(), value);
    ASSERT_TRUE(in.more()) << "what follows " << value << " is lost";
  }
  EXPECT_EQ(in.varint(), 7u);
}

// INV-MESSAGES-3
TEST(Varint, WithoutAnEndIsRefused) {
  for (std::size_t length = 0; length < 10; ++length) {
    const std::string bytes(length, '\x80');
    Reader in(bytes);
    EXPECT_EQ(in.varint(), 0u);
    EXPECT_EQ(in.error(), Errc::UnexpectedEof)
        << length << " bytes, and each says that another follows";
  }
}

// INV-MESSAGES-3
TEST(Varint, OfMoreThan64BitsIsRefused) {
  const std::string nine(9, '\x80');
  for (const std::string& tail : {"\x02"s, "\x7f"s, "\x80\x00"s, "\x81\x01"s}) {
    const std::string bytes = nine + tail;
    Reader in(bytes);
    EXPECT_EQ(in.varint(), 0u) << "this number has a bit that 64 bits have no room for";
    EXPECT_EQ(in.error(), Errc::IntegerOverflow);
  }
}

TEST(Varint, IsWhatAMessageIsMadeOf) {
  const raftpb::HardState state = {.term = 300, .vote = kMax, .commit = 1};
  raftpb::HardState read;
  ASSERT_EQ(unmarshal(marshal(state), read), base::Error());
  EXPECT_EQ(read, state);
}

}  // namespace
