// The window of messages in flight. Tested by raft/tracker/inflights_test.cpp.
#include "raft/tracker/inflights.hpp"

#include <algorithm>

#include "base/check.hpp"

namespace raft::tracker {

Inflights::Inflights(std::size_t size, std::uint64_t maxBytes)
    : size_(size), maxBytes_(maxBytes) {}

void Inflights::add(Index last, std::uint64_t bytes) {
  RAFT_CHECK(!full(), "nothing is sent into a full window");
  if (count_ == ring_.size()) grow();
  ring_[place(count_)] = {.last = last, .bytes = bytes};
  ++count_;
  bytes_ += bytes;
}

void Inflights::freeLE(Index index) {
  while (count_ > 0 && ring_[start_].last <= index) {
    bytes_ -= ring_[start_].bytes;
    start_ = place(1);
    --count_;
  }
}

bool Inflights::full() const {
  return count_ == size_ || (maxBytes_ != 0 && bytes_ >= maxBytes_);
}

void Inflights::reset() {
  start_ = 0;
  count_ = 0;
  bytes_ = 0;
}

bool Inflights::operator==(const Inflights& other) const {
  if (count_ != other.count_ || size_ != other.size_) return false;
  for (std::size_t nth = 0; nth < count_; ++nth) {
    if (ring_[place(nth)] != other.ring_[other.place(nth)]) return false;
  }
  return maxBytes_ == other.maxBytes_;
}

// The n-th oldest stands n places after the start, round the end.
std::size_t Inflights::place(std::size_t nth) const {
  const std::size_t at = start_ + nth;
  return at < ring_.size() ? at : at - ring_.size();
}

// Twice the room, at most the whole window. The oldest moves to the front, so that the
// new room follows the newest.
void Inflights::grow() {
  std::rotate(ring_.begin(), ring_.begin() + static_cast<std::ptrdiff_t>(start_),
              ring_.end());
  start_ = 0;
  const std::size_t wanted = ring_.empty() ? 1 : 2 * ring_.size();
  ring_.resize(std::min(wanted, size_));
}

}  // namespace raft::tracker
