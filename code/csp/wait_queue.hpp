// WaitQueue: the notes left in a channel, first come, first served.
//
// A doubly linked list of Waiters that lie on the stacks of their threads. Every function
// is called with the lock of the channel held.
//
// Go calls it a waitq (runtime/chan.go). Tested by csp/wait_queue_test.cpp.
#pragma once

#include <cstddef>

#include "csp/waiter.hpp"

namespace csp {

/// The parked senders, or the parked receivers, of one channel.
class WaitQueue {
 public:
  /// Appends a note. It must not be queued anywhere else.
  void push(Waiter& note);

  /// Removes and returns the first note whose thread can still be woken here, or nullptr.
  /// The caller moves the value and then wakes: nobody else will.
  Waiter* pop();

  /// Removes one note, wherever it stands.
  void unlink(Waiter& note);

  /// How many notes are queued.
  std::size_t size() const { return size_; }

 private:
  Waiter* first_ = nullptr;
  Waiter* last_ = nullptr;
  std::size_t size_ = 0;
};

inline void WaitQueue::push(Waiter& note) {
  note.queued = true;
  note.previous = last_;
  note.next = nullptr;
  (last_ != nullptr ? last_->next : first_) = &note;
  last_ = &note;
  ++size_;
}

inline void WaitQueue::unlink(Waiter& note) {
  (note.previous != nullptr ? note.previous->next : first_) = note.next;
  (note.next != nullptr ? note.next->previous : last_) = note.previous;
  note.queued = false;
  --size_;
}

inline Waiter* WaitQueue::pop() {
#if STAGE >= SELECT
  while (first_ != nullptr) {
    Waiter& note = *first_;
    unlink(note);
    if (note.parking->claim(note)) return &note;
    // Won elsewhere: the note is stale. Its owner will find it unlinked already.
  }
  return nullptr;
#else
  Waiter* const note = first_;
  if (note != nullptr) unlink(*note);
  return note;
#endif
}

}  // namespace csp
