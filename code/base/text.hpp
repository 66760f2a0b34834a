// Text from parts: `text(hex(id), " became follower at term ", term)`.
//
// One call makes one string, and numbers are written in decimal. No streams, no locale,
// no format strings: the order of the parts is the order in the line.
//
// Tested by base/text_test.cpp.
#pragma once

#include <array>
#include <charconv>
#include <concepts>
#include <string>
#include <string_view>

namespace base {

/// A number to be written in decimal. Neither bool nor char: both mean something else.
template <typename T>
concept Number = std::integral<T> && !std::same_as<T, bool> && !std::same_as<T, char>;

/// Appends a number in the given base, without leading zeros.
template <Number T>
void appendNumber(std::string& out, T number, int radix = 10) {
  std::array<char, 20> digits{};  // 2^64 - 1 has twenty, and so has -2^63 with its sign
  const auto end =
      std::to_chars(digits.data(), digits.data() + digits.size(), number, radix).ptr;
  out.append(digits.data(), end);
}

/// Appends one part of a text: characters as they are ...
inline void appendPart(std::string& out, std::string_view part) {
  out += part;
}

/// ... and a number in decimal.
template <Number T>
void appendPart(std::string& out, T number) {
  appendNumber(out, number);
}

/// The parts, one after the other.
template <typename... Parts>
std::string text(const Parts&... parts) {
  std::string out;
  (appendPart(out, parts), ...);
  return out;
}

}  // namespace base
