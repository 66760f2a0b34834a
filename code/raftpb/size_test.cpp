#include "raftpb/size.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <string>

#include "raftpb/codec.hpp"

namespace {

using raftpb::Entries;
using raftpb::Entry;

Entry entryOf(std::size_t bytes) {
  return {.term = 1, .index = 1, .data = std::string(bytes, 'x')};
}

TEST(Size, AnEmptyEntryTakesNothing) {
  EXPECT_EQ(raftpb::entryEncodingSize({}), 0U);
  EXPECT_EQ(raftpb::payloadSize({}), 0U);
}

TEST(Size, FieldsAreCountedWithTagAndLength) {
  EXPECT_EQ(raftpb::entryEncodingSize({.term = 1}), 2U);
  EXPECT_EQ(raftpb::entryEncodingSize({.term = 127}), 2U);
  EXPECT_EQ(raftpb::entryEncodingSize({.term = 128}), 3U);
  EXPECT_EQ(
      raftpb::entryEncodingSize({.index = std::numeric_limits<raftpb::Index>::max()}),
      11U);
  EXPECT_EQ(raftpb::entryEncodingSize(entryOf(127)), 2U + 2U + 2U + 127U);
  EXPECT_EQ(raftpb::entryEncodingSize(entryOf(128)), 2U + 2U + 3U + 128U);
}

TEST(Size, SumsAreSums) {
  const Entries entries = {entryOf(1), entryOf(128), {}};
  EXPECT_EQ(raftpb::entriesSize(entries), 7U + 135U);
  EXPECT_EQ(raftpb::payloadsSize(entries), 129U);
  EXPECT_EQ(raftpb::entriesSize({}), 0U);
}

// What v3.7.0's proto.Size says of the golden entry, and what v3.6.0's Size says: the
// limits count the first. See the files below oracle/.
TEST(Size, TheLimitsCountTheNewerDialect) {
  const Entry golden = {.term = 1, .index = 128, .data = std::string(2, '\0')};
  EXPECT_EQ(raftpb::entryEncodingSize(golden), 9U);
  EXPECT_EQ(encodedSize(golden, raftpb::Dialect::EveryField), 11U);
}

// The table of etcd's TestLimitSize, in words.
TEST(Size, ALimitCutsBehindWhatFitsAndKeepsTheFirst) {
  const Entries entries = {
      {.term = 4, .index = 4}, {.term = 5, .index = 5}, {.term = 6, .index = 6}};
  const auto count = [&](std::uint64_t maxSize) {
    return raftpb::limitSize(entries, maxSize).size();
  };
  EXPECT_EQ(count(std::numeric_limits<std::uint64_t>::max()), 3U);
  EXPECT_EQ(count(0), 1U);  // the first goes, even alone and too large
  EXPECT_EQ(count(7), 1U);
  EXPECT_EQ(count(8), 2U);
  EXPECT_EQ(count(11), 2U);
  EXPECT_EQ(count(12), 3U);
  EXPECT_TRUE(raftpb::limitSize({}, 0).empty());
}

}  // namespace
