#include "raftpb/wire.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <string>

#include "base/random.hpp"

namespace {

using namespace std::string_literals;
using base::Errc;
using raftpb::Reader;
using raftpb::Tag;
using raftpb::WireType;
using raftpb::Writer;

constexpr std::uint64_t kMax = std::numeric_limits<std::uint64_t>::max();

std::string varintOf(std::uint64_t value) {
  Writer out(raftpb::varintSize(value));
  out.varint(value);
  return out.take();
}

TEST(Varint, HasSevenBitsInEachByteTheLowestFirst) {
  EXPECT_EQ(varintOf(0), "\x00"s);
  EXPECT_EQ(varintOf(1), "\x01"s);
  EXPECT_EQ(varintOf(127), "\x7f"s);
  EXPECT_EQ(varintOf(128), "\x80\x01"s);
  EXPECT_EQ(varintOf(300), "\xac\x02"s);
  EXPECT_EQ(varintOf(kMax), "\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"s);
}

TEST(Varint, ComesBackFromItsBytesAtEveryLength) {
  base::Random random(1);
  for (unsigned bits = 0; bits < 64; ++bits) {
    const std::uint64_t power = std::uint64_t{1} << bits;
    for (const std::uint64_t value :
         {power - 1, power, power + 1, random.next() >> bits, kMax >> bits}) {
      const std::string bytes = varintOf(value);
      Reader in(bytes);
      EXPECT_EQ(in.varint(), value);
      EXPECT_FALSE(in.error());
      EXPECT_FALSE(in.more());
    }
  }
}

TEST(Varint, MayBeLongerThanItMust) {
  const std::string bytes = "\x81\x80\x00"s;
  Reader in(bytes);
  EXPECT_EQ(in.varint(), 1U);
  EXPECT_FALSE(in.error());
}

// INV-MESSAGES-3
TEST(Varint, IsRefusedBeyond64Bits) {
  const std::string nine(9, '\xff');
  for (const std::string& tenth : {"\x02"s, "\x7f"s, "\x80\x01"s, "\xff\xff\xff"s}) {
    const std::string bytes = nine + tenth;
    Reader in(bytes);
    EXPECT_EQ(in.varint(), 0U);
    EXPECT_EQ(in.error(), Errc::IntegerOverflow);
  }
}

TEST(Varint, IsRefusedWhenItsLastByteIsMissing) {
  for (std::size_t length = 0; length < 10; ++length) {
    const std::string bytes(length, '\x80');
    Reader in(bytes);
    in.varint();
    EXPECT_EQ(in.error(), Errc::UnexpectedEof) << length;
  }
}

TEST(Tag, IsNumberAndWireType) {
  Writer out(raftpb::tagSize(7) + raftpb::tagSize(16));
  out.tag(7, WireType::Bytes);
  out.tag(16, WireType::Varint);
  const std::string bytes = out.take();
  EXPECT_EQ(bytes, "\x3a\x80\x01"s);

  Reader in(bytes);
  const Tag first = in.tag();
  EXPECT_EQ(first.number, 7U);
  EXPECT_EQ(first.type, WireType::Bytes);
  EXPECT_EQ(in.tag().number, 16U);
  EXPECT_FALSE(in.error());
}

TEST(Tag, OfNoFieldIsRefused) {
  const std::string illegal[] = {
      "\x00"s,  // field 0
      "\x0e"s,
      "\x0f"s,                  // no such wire types
      "\x80\x80\x80\x80\x10"s,  // 2^32
  };
  for (const std::string& bytes : illegal) {
    Reader in(bytes);
    in.tag();
    EXPECT_EQ(in.error(), Errc::IllegalTag);
  }
  const std::string bytes = "\xf8\xff\xff\xff\x0f"s;
  Reader largest(bytes);
  EXPECT_EQ(largest.tag().number, (1U << 29U) - 1);
  EXPECT_FALSE(largest.error());
}

// INV-MESSAGES-3
TEST(Reader, BelievesNoLength) {
  const std::string lengths[] = {"\x01"s, "\x7f"s, varintOf(std::uint64_t{1} << 31U),
                                 varintOf(std::uint64_t{1} << 63U), varintOf(kMax)};
  for (const std::string& bytes : lengths) {
    Reader in(bytes);
    EXPECT_EQ(in.bytes(), "");
    EXPECT_EQ(in.error(), Errc::UnexpectedEof);
  }
}

TEST(Reader, SkipsWhatItCannotUse) {
  const std::string bytes =
      "\x80\x01"
      "12345678"
      "\x02hi"
      "1234"
      "\x07";
  Reader in(bytes);
  in.skip({1, WireType::Varint});
  in.skip({1, WireType::Fixed64});
  in.skip({1, WireType::Bytes});
  in.skip({1, WireType::Fixed32});
  EXPECT_EQ(in.varint(), 7U);
  EXPECT_FALSE(in.more());
  EXPECT_FALSE(in.error());
}

// Protobuf's oldest way to put a message into a message. Nobody in raftpb writes it.
TEST(Reader, SkipsAGroupWithAllThatIsInIt) {
  for (const std::string& group : {
           "\x0c"s,                          // empty
           "\x10\x05\x1a\x02hi\x0c"s,        // a number and bytes
           "\x13\x1b\x10\x05\x1c\x14\x0c"s,  // groups 2 and 3 in it
       }) {
    const std::string bytes = group + "\x07";
    Reader in(bytes);
    in.skip({1, WireType::BeginGroup});
    EXPECT_EQ(in.varint(), 7U);
    EXPECT_FALSE(in.more());
    EXPECT_FALSE(in.error());
  }
}

// INV-MESSAGES-3
TEST(Reader, RefusesGroupsThatDoNotEnd) {
  const std::pair<std::string, Errc> broken[] = {
      {"", Errc::UnexpectedEof},
      {"\x10\x05", Errc::UnexpectedEof},
      {"\x13\x14", Errc::UnexpectedEof},   // only the inner one ends
      {"\x14", Errc::IllegalTag},          // another's end
      {"\x13\x0c\x14", Errc::IllegalTag},  // crossed
      {std::string(1000, '\x0b'), Errc::NestedTooDeep},
      {std::string(7, '\x0b') + std::string(8, '\x0c'), Errc()},
      {std::string(8, '\x0b') + std::string(9, '\x0c'), Errc::NestedTooDeep},
  };
  for (const auto& [bytes, expected] : broken) {
    Reader in(bytes);
    in.skip({1, WireType::BeginGroup});
    EXPECT_EQ(in.error().value(), static_cast<int>(expected)) << bytes.size();
  }
  Reader in("");
  in.skip({1, WireType::EndGroup});
  EXPECT_EQ(in.error(), Errc::IllegalTag);
}

TEST(Reader, StopsAtTheFirstError) {
  const std::string bytes = "\x05hi\x01";
  Reader in(bytes);
  in.bytes();
  EXPECT_EQ(in.error(), Errc::UnexpectedEof);
  in.fail(Errc::NestedTooDeep);
  EXPECT_EQ(in.varint(), 0U);
  EXPECT_EQ(in.error(), Errc::UnexpectedEof);
  EXPECT_FALSE(in.more());
}

TEST(WriterDeathTest, WritesAsManyBytesAsItSaid) {
  EXPECT_DEATH(
      {
        Writer out(1);
        out.varint(300);
      },
      "the bytes that it said");
  EXPECT_DEATH(
      {
        Writer out(2);
        out.bytes("hi");
      },
      "the bytes that it said");
  EXPECT_DEATH(
      {
        Writer out(3);
        out.varint(300);
        out.take();
      },
      "the bytes that it said");
}

}  // namespace
