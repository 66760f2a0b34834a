// Counting bytes without writing them. Tested by raftpb/size_test.cpp.
#include "raftpb/size.hpp"

#include <cstddef>

#include "raftpb/codec.hpp"

namespace raftpb {

std::uint64_t entryEncodingSize(const Entry& e) {
  return encodedSize(e, Dialect::SetFields);
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
