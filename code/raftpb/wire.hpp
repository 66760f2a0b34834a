// The wire: varints, tags, and how to read them from bytes that nobody vouches for.
//
// What travels is a list of fields. A field is a tag, which is its number and its wire
// type in one varint, and then its value:
//
//   08 03           field 1 (0000 1...), a varint (... 000), of value 3
//   22 02 68 69     field 4, two bytes: "hi"
//   3a 06 ......    field 7, six bytes, which are a message: fields again
//
// A varint has seven bits in each byte, the lowest first; all bytes but the last have
// their top bit set. Field numbers are all that identifies a field, so they are for ever.
//
// A Writer is told the exact size first and fills it. A Reader never looks behind its
// last byte; the first thing it cannot accept stops it for good, and error() says what
// that was. So reading code asks once, at its end, and not after every number.
//
// Google's protocol buffers, the part that raftpb uses: groups and fixed-size numbers are
// stepped over. Tested by raftpb/wire_test.cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/error.hpp"

namespace raftpb {

using base::Errc;
using base::Error;

/// How a field's value is written; the lowest three bits of its tag.
enum class WireType : std::uint8_t {
  Varint = 0,      ///< numbers, enumerations, true and false
  Fixed64 = 1,     ///< eight bytes; raftpb has none, and skips those of others
  Bytes = 2,       ///< a length, then as many bytes: data, messages, packed numbers
  BeginGroup = 3,  ///< fields up to the group's end: older than Bytes; like Fixed64
  EndGroup = 4,    ///< ... which has the number of its beginning
  Fixed32 = 5,     ///< four bytes; like Fixed64
};

/// So many messages, or groups, may lie in each other. A snapshot in a response would be
/// five, and etcd needs fewer.
inline constexpr int kMaxDepth = 8;

/// What stands in front of a value.
struct Tag {
  std::uint32_t number = 0;
  WireType type = WireType::Varint;
};

/// The bytes that a number takes as a varint: one for each seven bits, at least one.
std::size_t varintSize(std::uint64_t value);

/// The bytes that a field's tag takes.
std::size_t tagSize(std::uint32_t number);

/// Fills a string with fields, front to back.
class Writer {
 public:
  explicit Writer(std::size_t size) : out_(size, '\0') {}

  void varint(std::uint64_t value);               ///< a number
  void tag(std::uint32_t number, WireType type);  ///< what comes next
  void bytes(std::string_view bytes);             ///< a length, and the bytes
  std::string take();  ///< what was written: as many bytes as were announced

 private:
  void put(char c);

  std::string out_;
  std::size_t at_ = 0;
};

/// Takes fields from bytes, front to back.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : rest_(bytes) {}

  bool more() const { return !error_ && !rest_.empty(); }  ///< is there another field?
  Tag tag();                                               ///< what comes next
  std::uint64_t varint();    ///< a number of at most 64 bits
  std::string_view bytes();  ///< a length, and as many bytes
  void skip(Tag tag);        ///< steps over a value that we have no use for
  void fail(Error why);      ///< stops reading; the first reason is the one that counts
  Error error() const { return error_; }  ///< why reading stopped, or nothing

 private:
  std::string_view take(std::uint64_t count);
  void skipGroup(std::uint32_t number);

  std::string_view rest_;
  int groups_ = 0;  // that we are in
  Error error_;
};

}  // namespace raftpb
