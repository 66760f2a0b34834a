#include "base/text.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>

#include "base/bytes.hpp"

namespace {

using base::text;

TEST(Text, JoinsStringsAndNumbers) {
  const std::uint64_t term = 7;
  EXPECT_EQ(text("ab", " became follower at term ", term),
            "ab became follower at term 7");
  EXPECT_EQ(text("a", std::string("b"), std::string_view("c"), base::Bytes("d"), 1, -2),
            "abcd1-2");
  EXPECT_EQ(text(), "");
}

TEST(Text, HasRoomForTheLongestNumbers) {
  EXPECT_EQ(text(std::numeric_limits<std::uint64_t>::max()), "18446744073709551615");
  EXPECT_EQ(text(std::numeric_limits<std::int64_t>::min()), "-9223372036854775808");

  std::string digits;
  base::appendNumber(digits, std::numeric_limits<std::uint64_t>::max(), 16);
  EXPECT_EQ(digits, "ffffffffffffffff");
}

}  // namespace
