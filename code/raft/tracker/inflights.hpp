// Inflights: the MsgApps that are on their way to one follower.
//
// A leader sends ahead without waiting for answers, as far as this window allows. For
// each message it remembers the index of its last entry and its bytes. An answer for an
// index frees that message and all before it, because a follower takes entries in order.
//
// The window is a ring that grows on demand: most followers answer at once, and a
// thousand followers should not cost a thousand full windows.
//
// etcd: tracker/inflights.go. Tested by raft/tracker/inflights_test.cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "raft/util.hpp"

namespace raft::tracker {

/// A window of messages, first in, first out.
class Inflights {
 public:
  /// So many messages may be in flight, and so many bytes; 0 bytes means no limit.
  explicit Inflights(std::size_t size = 0, std::uint64_t maxBytes = 0);

  /// A message whose last entry is at `last` was sent. Only when not full, and `last`
  /// only grows.
  void add(Index last, std::uint64_t bytes);

  /// Everything up to `index` was answered.
  void freeLE(Index index);

  /// No further message may be sent: the count is reached, or the bytes are. The byte
  /// limit is soft: the message that passes it was still allowed.
  bool full() const;

  std::size_t count() const { return count_; }  ///< messages in flight
  void reset();                                 ///< forgets them all

  bool operator==(const Inflights& other) const;

 private:
  struct Inflight {
    Index last = 0;
    std::uint64_t bytes = 0;
    bool operator==(const Inflight&) const = default;
  };

  std::size_t place(std::size_t nth) const;
  void grow();

  std::size_t size_;
  std::uint64_t maxBytes_;
  std::size_t start_ = 0;  // where the oldest is
  std::size_t count_ = 0;
  std::uint64_t bytes_ = 0;
  std::vector<Inflight> ring_ = {};
};

}  // namespace raft::tracker
