// What Raft asks of whoever keeps its log on a disk.
//
// Raft writes nothing itself. It hands out what is to be written, in a Ready, and later
// reads it back through this interface: so a Storage is read here and written by the
// application. It shows one log, of which a beginning may have been compacted away into
// a snapshot:
//
//     snapshot ... | firstIndex ............ lastIndex
//                  ^ firstIndex - 1: gone, but its term is still known
//
// etcd: Storage in storage.go. Its first implementation is MemoryStorage.
#pragma once

#include <cstdint>
#include <limits>

#include "base/result.hpp"
#include "raft/util.hpp"
#include "raftpb/hard_state.hpp"
#include "raftpb/message.hpp"
#include "raftpb/snapshot.hpp"

namespace raft {

using base::Error;
using base::Result;

/// As a limit on bytes: none.
inline constexpr std::uint64_t kNoLimit = std::numeric_limits<std::uint64_t>::max();

/// What a node finds when it starts.
struct InitialState {
  raftpb::HardState hardState = {};
  raftpb::ConfState confState = {};
};

/// A log that was written. Raft only reads it, and expects the same answer until the
/// application writes again.
class Storage {
 public:
  virtual ~Storage() = default;

  /// The last hard state that was written, and the members of the last snapshot.
  virtual InitialState initialState() const = 0;

  /// The entries lo up to, not with, hi: as many as fit into maxSize bytes, but at least
  /// one. Errc::Compacted if lo is gone already; Errc::Unavailable if one is not there.
  virtual Result<raftpb::Entries> entries(Index lo, Index hi,
                                          std::uint64_t maxSize) const = 0;

  /// The term of an entry from firstIndex - 1 to lastIndex. Errc::Compacted before that,
  /// Errc::Unavailable after it.
  virtual Result<Term> term(Index i) const = 0;

  virtual Index lastIndex() const = 0;   ///< of the last entry; firstIndex - 1 if none
  virtual Index firstIndex() const = 0;  ///< of the first entry that can be read

  /// The newest snapshot. Errc::SnapshotTemporarilyUnavailable: ask again later.
  virtual Result<raftpb::Snapshot> snapshot() const = 0;
};

}  // namespace raft
