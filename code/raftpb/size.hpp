// How large entries are, for the limits that count bytes.
//
// Two sizes, for two purposes. entryEncodingSize is what an entry takes in a message:
// limits on messages and on Readies count it. payloadSize is what the application put in:
// limits on what a leader holds for others count that, because empty entries must always
// be free. etcd: util.go. Tested by raftpb/size_test.cpp.
#pragma once

#include <cstdint>
#include <span>

#include "raftpb/message.hpp"

namespace raftpb {

/// The bytes of the entry, encoded as etcd does from v3.7 on: fields at zero take none.
/// The tag and the length that a message puts in front of it are not counted.
std::uint64_t entryEncodingSize(const Entry& e);

/// The sum of entryEncodingSize.
std::uint64_t entriesSize(std::span<const Entry> entries);

/// The bytes of the entry's data alone.
std::uint64_t payloadSize(const Entry& e);

/// The sum of payloadSize.
std::uint64_t payloadsSize(std::span<const Entry> entries);

/// The longest beginning of `entries` whose entriesSize is at most `maxSize`; but always
/// the first entry, or one that is too large could never move.
std::span<const Entry> limitSize(std::span<const Entry> entries, std::uint64_t maxSize);

}  // namespace raftpb
