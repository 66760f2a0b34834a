// Counting bytes without writing them. Tested by raftpb/size_test.cpp.
#include "raftpb/size.hpp"

#include <bit>
#include <cstddef>
#include <utility>

namespace raftpb {
namespace {

// Seven bits to a byte, and one byte even for zero.
std::uint64_t varintSize(std::uint64_t value) {
  return (static_cast<unsigned>(std::bit_width(value | 1U)) + 6U) / 7U;
}

// Every field of an Entry has a number below 16, and so a tag of one byte.
std::uint64_t scalarSize(std::uint64_t value) {
  return value == 0 ? 0 : 1 + varintSize(value);
}

}  // namespace

std::uint64_t entryEncodingSize(const Entry& e) {
  const std::uint64_t data = e.data.size();
  return scalarSize(static_cast<std::uint64_t>(e.type)) + scalarSize(e.term) +
         scalarSize(e.index) + (data == 0 ? 0 : 1 + varintSize(data) + data);
}

std::uint64_t entriesSize(std::span<const Entry> entries) {
  std::uint64_t size = 0;
  for (const Entry& e : entries) size += entryEncodingSize(e);
  return size;
}

std::uint64_t payloadSize(const Entry& e) {
  return e.data.size();
}

std::uint64_t payloadsSize(std::span<const Entry> entries) {
  std::uint64_t size = 0;
  for (const Entry& e : entries) size += payloadSize(e);
  return size;
}

std::span<const Entry> limitSize(std::span<const Entry> entries, std::uint64_t maxSize) {
  std::uint64_t size = 0;
  std::size_t count = 0;
  for (const Entry& e : entries) {
    size += entryEncodingSize(e);
    if (count > 0 && size > maxSize) break;
    ++count;
  }
  return entries.first(count);
}

}  // namespace raftpb
