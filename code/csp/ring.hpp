// Ring: a fixed number of places, first in, first out. The buffer of a channel.
//
// The places are allocated once; push and pop never allocate. Tested by
// csp/ring_test.cpp.
#pragma once

#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

#include "base/check.hpp"

namespace csp {

/// A queue with a limit. Not for several threads at once: its channel's lock guards it.
template <class T>
class Ring {
 public:
  explicit Ring(std::size_t capacity) : places_(capacity) {}

  /// Whether there is nothing to pop.
  bool empty() const { return size_ == 0; }
  /// Whether there is no place for a push.
  bool full() const { return size_ == places_.size(); }
  /// How many values lie in the ring.
  std::size_t size() const { return size_; }
  /// How many places there are.
  std::size_t capacity() const { return places_.size(); }

  /// Adds a value at the end and returns it where it now lies. The ring must not be full.
  const T& push(T value);

  /// Removes and returns the oldest value. The ring must not be empty.
  T pop();

 private:
  std::size_t after(std::size_t place) const {
    return place + 1 == places_.size() ? 0 : place + 1;
  }

  std::vector<std::optional<T>> places_;
  std::size_t front_ = 0;  // the oldest value
  std::size_t back_ = 0;   // the next free place
  std::size_t size_ = 0;
};

template <class T>
const T& Ring<T>::push(T value) {
  RAFT_CHECK(!full(), "a full ring takes nothing");
  std::optional<T>& place = places_[back_];
  place.emplace(std::move(value));
  back_ = after(back_);
  ++size_;
  return *place;
}

template <class T>
T Ring<T>::pop() {
  RAFT_CHECK(!empty(), "an empty ring has nothing to give");
  std::optional<T>& place = places_[front_];
  T value = std::move(*place);
  place.reset();
  front_ = after(front_);
  --size_;
  return value;
}

}  // namespace csp
