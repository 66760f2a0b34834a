#include "base/bytes.hpp"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace {

using base::Bytes;

TEST(Bytes, OwnsNothingWhenEmpty) {
  EXPECT_TRUE(Bytes().empty());
  EXPECT_EQ(Bytes().data(), nullptr);
  EXPECT_EQ(Bytes("").data(), nullptr);
  EXPECT_EQ(Bytes(), Bytes(""));
}

TEST(Bytes, IsMadeFromWhateverHoldsBytes) {
  const std::string text = "color=blue";
  EXPECT_EQ(Bytes(text), "color=blue");
  EXPECT_EQ(Bytes(std::string_view(text)), text);
  EXPECT_EQ(Bytes("color=blue"), std::string_view(text));
  EXPECT_EQ(text, Bytes(text));
  EXPECT_NE(Bytes("color=blue"), Bytes("color=red"));
  EXPECT_EQ(Bytes(text).size(), 10U);
}

TEST(Bytes, HoldsAnyByte) {
  const std::string zeros("a\0b\xff\0", 5);
  const Bytes bytes = zeros;
  EXPECT_EQ(bytes.size(), 5U);
  EXPECT_EQ(bytes, zeros);
  EXPECT_NE(bytes, "a");
}

// INV-MESSAGES-4
TEST(Bytes, CopiesShareOneAllocation) {
  const Bytes original = "color=blue";
  const std::vector<Bytes> copies(100, original);
  for (const Bytes& copy : copies) {
    EXPECT_EQ(copy.data(), original.data());
    EXPECT_EQ(copy, original);
  }
}

TEST(Bytes, OutlivesWhatItWasMadeFrom) {
  std::string text = "color=blue";
  Bytes copy;
  {
    const Bytes original = text;
    copy = original;
  }
  text = "color=grey";
  EXPECT_EQ(copy, "color=blue");
}

TEST(Bytes, AMovedFromOneMayBeFilledAgain) {
  Bytes first = "color=blue";
  const Bytes second = std::move(first);
  first = "color=red";
  EXPECT_EQ(second, "color=blue");
  EXPECT_EQ(first, "color=red");
}

}  // namespace
