// Bytes as a Go string literal: what strconv.Quote writes for %q.
//
// Printable characters stay, a quote and a backslash get a backslash, control characters
// have their letters or numbers, and a byte that is no part of a UTF-8 character is
// written as \xNN. Which characters beyond ASCII are printable, Go knows from Unicode's
// tables; we have the ranges that matter and no tables: controls, spaces, marks of
// direction, surrogates, private and unused planes are escaped.
// Tested by raftpb/describe_test.cpp.
#include <array>
#include <cstddef>
#include <cstdint>

#include "base/text.hpp"
#include "raftpb/describe.hpp"

namespace raftpb {
namespace {

// One character of UTF-8. A length of 0: the first byte does not begin one.
struct Rune {
  std::uint32_t value = 0;
  std::size_t length = 0;
};

// How many bytes a first byte announces, and the smallest value that needs so many: a
// longer way of writing a smaller one is not UTF-8.
struct Opening {
  std::uint8_t mask, pattern;
  std::uint32_t least;
};
constexpr std::array<Opening, 3> kOpenings = {
    Opening{0xe0, 0xc0, 0x80}, {0xf0, 0xe0, 0x800}, {0xf8, 0xf0, 0x10000}};

Rune readRune(std::string_view bytes) {
  const auto at = [&](std::size_t i) { return static_cast<std::uint8_t>(bytes[i]); };
  for (std::size_t more = 1; more <= kOpenings.size(); ++more) {
    const auto [mask, pattern, least] = kOpenings[more - 1];
    if ((at(0) & mask) != pattern) continue;
    if (bytes.size() <= more) return {};
    std::uint32_t value = at(0) & static_cast<std::uint8_t>(~mask);
    for (std::size_t i = 1; i <= more; ++i) {
      if ((at(i) & 0xc0) != 0x80) return {};
      value = value << 6U | (at(i) & 0x3fU);
    }
    const bool surrogate = value >= 0xd800 && value <= 0xdfff;
    if (value < least || value > 0x10ffff || surrogate) return {};
    return {value, more + 1};
  }
  return {};
}

struct Range {
  std::uint32_t first, last;
};
constexpr std::array<Range, 13> kUnprintable = {
    Range{0x80, 0xa0},  {0xad, 0xad},     {0x61c, 0x61c},   {0x1680, 0x1680},
    {0x180e, 0x180e},   {0x2000, 0x200f}, {0x2028, 0x202f}, {0x205f, 0x206f},
    {0x3000, 0x3000},   {0xe000, 0xf8ff}, {0xfeff, 0xfeff}, {0xfff0, 0xfffb},
    {0xe0000, 0x10ffff}};

bool printable(std::uint32_t value) {
  for (const Range& range : kUnprintable) {
    if (value >= range.first && value <= range.last) return false;
  }
  return (value & 0xfffeU) != 0xfffeU;
}

// A backslash, a letter, and as many digits as the letter asks for.
std::string escape(std::string_view letter, std::size_t digits, std::uint32_t value) {
  std::string number;
  base::appendNumber(number, value, 16);
  return base::text("\\", letter, std::string(digits - number.size(), '0'), number);
}

std::string quoteAscii(char c) {
  constexpr std::string_view kNamed = "\a\b\f\n\r\t\v\"\\";
  constexpr std::string_view kNames = "abfnrtv\"\\";
  const auto named = kNamed.find(c);
  if (named != std::string_view::npos) return {'\\', kNames[named]};
  if (c < 0x20 || c == 0x7f) return escape("x", 2, static_cast<std::uint8_t>(c));
  return {c};
}

std::string quoteRune(std::string_view bytes, Rune rune) {
  if (printable(rune.value)) return std::string(bytes.substr(0, rune.length));
  return rune.value < 0x10000 ? escape("u", 4, rune.value) : escape("U", 8, rune.value);
}

}  // namespace

std::string quote(std::string_view bytes) {
  std::string out = "\"";
  while (!bytes.empty()) {
    const auto first = static_cast<std::uint8_t>(bytes[0]);
    const Rune rune = readRune(bytes);
    if (first < 0x80) {
      out += quoteAscii(bytes[0]);
    } else if (rune.length > 0) {
      out += quoteRune(bytes, rune);
    } else {
      out += escape("x", 2, first);
    }
    bytes.remove_prefix(rune.length > 0 ? rune.length : 1);
  }
  return out + "\"";
}

}  // namespace raftpb
