// The codec: raftpb's structs as etcd's bytes, and back.
//
// etcd writes in two dialects of one format. Both are read by everybody, because a reader
// takes a field that is missing for one that is zero:
//
//   EveryField   up to v3.6: every number is written, and zero is a number. Bytes that
//                are empty, and lists that are, are left out.
//   SetFields    from v3.7 on: what was never set is left out. By us, what is zero.
//
// Our structs cannot say "set, and zero": what was never set and what was set to zero is
// the same to us, and so are no bytes and empty bytes. So our SetFields has fewer bytes
// than etcd's wherever raft.go sets a zero, as in the first vote of a cluster. Whoever
// reads them gets the same message: etcd asks for a field's value, and unset is zero.
//
// unmarshal believes nothing. Bytes that end too early, lengths beyond the end, numbers
// beyond 64 bits, a type that does not exist or a thousand messages in each other are an
// Error, and then the target is untouched. A field with a number that we do not know is
// skipped: it is from the future. Of a field that comes twice, the last one counts, as
// for protobuf; messages that come twice are merged.
//
// etcd: the generated raftpb/raft.pb.go. Tested by raftpb/codec_test.cpp, against golden
// bytes of both etcd versions in raftpb/golden_test.cpp, against protobuf itself in
// raftpb/oracle/, and by a fuzzer, raftpb/codec_fuzz.cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "raftpb/conf_change.hpp"
#include "raftpb/hard_state.hpp"
#include "raftpb/message.hpp"
#include "raftpb/snapshot.hpp"
#include "raftpb/wire.hpp"

namespace raftpb {

/// Which fields are written. Reading needs no dialect.
enum class Dialect : std::uint8_t {
  EveryField,  ///< etcd up to v3.6
  SetFields,   ///< etcd from v3.7 on, but for zeros that were set
};

/// The size of what marshal returns. For all of the wire's words: Message, Entry,
/// HardState, Snapshot, ConfState, ConfChange, ConfChangeV2.
template <typename M>
std::size_t encodedSize(const M& m, Dialect dialect = Dialect::SetFields);

/// The bytes.
template <typename M>
std::string marshal(const M& m, Dialect dialect = Dialect::SetFields);

/// Reads the bytes into `m`, which is overwritten; or refuses them, and leaves it alone.
template <typename M>
base::Error unmarshal(std::string_view bytes, M& m);

}  // namespace raftpb
