// Waiter: a note that a thread leaves in a channel before it goes to sleep.
//
// The note says where the value is to be taken from or put, and how to wake the thread.
// It lies on the sleeper's stack and is linked into a WaitQueue; nothing is allocated.
// The result of the sleep is written into the note by the thread that ends it, and the
// sleeper reads it there. It must never be worked out from the channel later: by then
// somebody may have closed it.
//
// Go calls it a sudog (runtime/runtime2.go). Tested by csp/wait_queue_test.cpp.
#pragma once

#include "csp/observe.hpp"
#include "csp/parking.hpp"

namespace csp {

/// A parked send or receive. Every field is guarded by the lock of the channel it waits
/// in.
struct Waiter {
  Parking* parking = nullptr;  ///< where the thread sleeps
  void* slot = nullptr;        ///< a sender's T, or the std::optional<T> of a receiver
  bool delivered = false;      ///< the value has moved; stays false if a close ended it
  const char* lane = threadName();  ///< who sleeps, for the observer

  Waiter* previous = nullptr;
  Waiter* next = nullptr;
  bool queued = false;  ///< linked into a WaitQueue at this moment
};

}  // namespace csp
