// Bytes to numbers and back. Tested by raftpb/wire_test.cpp.
#include "raftpb/wire.hpp"

#include <bit>
#include <limits>
#include <utility>

#include "base/check.hpp"

namespace raftpb {
namespace {

constexpr int kTypeBits = 3;  // of a tag; the rest is the field's number
constexpr unsigned kTypeMask = (1U << kTypeBits) - 1;

bool isKnown(unsigned type) {
  return type <= static_cast<unsigned>(WireType::Fixed32);
}

}  // namespace

std::size_t varintSize(std::uint64_t value) {
  return (static_cast<std::size_t>(std::bit_width(value | 1U)) + 6) / 7;
}

std::size_t tagSize(std::uint32_t number) {
  return varintSize(std::uint64_t{number} << kTypeBits);
}

void Writer::put(char c) {
  RAFT_CHECK(at_ < out_.size(), "a message takes the bytes that it said it would");
  out_[at_++] = c;
}

void Writer::varint(std::uint64_t value) {
  for (; value >= 0x80; value >>= 7U) put(static_cast<char>(value | 0x80U));
  put(static_cast<char>(value));
}

void Writer::tag(std::uint32_t number, WireType type) {
  varint(std::uint64_t{number} << kTypeBits | static_cast<std::uint64_t>(type));
}

void Writer::bytes(std::string_view bytes) {
  varint(bytes.size());
  RAFT_CHECK(bytes.size() <= out_.size() - at_,
             "a message takes the bytes that it said it would");
  bytes.copy(out_.data() + at_, bytes.size());
  at_ += bytes.size();
}

std::string Writer::take() {
  RAFT_CHECK(at_ == out_.size(), "a message takes the bytes that it said it would");
  return std::move(out_);
}

void Reader::fail(Error why) {
  if (!error_) error_ = why;
  rest_ = {};
}

// Nine bytes hold 63 bits. The tenth has room for one more; anything else in it, a
// further byte included, is a number that no uint64 can hold.
std::uint64_t Reader::varint() {
  std::uint64_t value = 0;
  for (unsigned i = 0; i < rest_.size(); ++i) {
    const auto byte = static_cast<std::uint8_t>(rest_[i]);
    if (i == 9 && byte > 1) {
      fail(Errc::IntegerOverflow);
      return 0;
    }
    value |= std::uint64_t{byte & 0x7fU} << (7 * i);
    if (byte < 0x80) {
      rest_.remove_prefix(i + 1);
      return value;
    }
  }
  fail(Errc::UnexpectedEof);
  return 0;
}

Tag Reader::tag() {
  const std::uint64_t tag = varint();
  const unsigned type = tag & kTypeMask;
  const bool fits = tag <= std::numeric_limits<std::uint32_t>::max();
  if (!fits || tag <= kTypeMask || !isKnown(type)) {
    fail(Errc::IllegalTag);
    return {};
  }
  return {static_cast<std::uint32_t>(tag >> kTypeBits), static_cast<WireType>(type)};
}

// The length comes from outside and may be any number: compare it with what is there,
// and add nothing to it before that.
std::string_view Reader::take(std::uint64_t count) {
  if (count > rest_.size()) {
    fail(Errc::UnexpectedEof);
    return {};
  }
  const std::string_view taken = rest_.substr(0, static_cast<std::size_t>(count));
  rest_.remove_prefix(taken.size());
  return taken;
}

std::string_view Reader::bytes() {
  return take(varint());
}

void Reader::skip(Tag tag) {
  switch (tag.type) {
    case WireType::Varint:
      varint();
      return;
    case WireType::Fixed64:
      take(8);
      return;
    case WireType::Bytes:
      bytes();
      return;
    case WireType::BeginGroup:
      skipGroup(tag.number);
      return;
    case WireType::EndGroup:
      fail(Errc::IllegalTag);  // of a group that never began
      return;
    case WireType::Fixed32:
      take(4);
      return;
  }
}

// Nothing says how long a group is: its fields are stepped over, up to its end.
void Reader::skipGroup(std::uint32_t number) {
  if (++groups_ > kMaxDepth) return fail(Errc::NestedTooDeep);
  Tag next = tag();
  while (!error_ && next.type != WireType::EndGroup) {
    skip(next);
    next = tag();
  }
  if (!error_ && next.number != number) fail(Errc::IllegalTag);
  --groups_;
}

}  // namespace raftpb
