// ChannelCore: what a channel is behind its handles. One lock, one buffer, two queues of
// notes.
//
// Three rules hold whenever the lock is free:
//   1. If a receiver is parked, the buffer is empty and no sender is parked.
//   2. If a sender is parked, the buffer is full.
//   3. If the channel is closed, nobody is parked.
// By rule 1 a send that finds a receiver asleep puts the value straight into that
// receiver's slot: nobody can come between and take it. By rule 2 a receive that finds a
// full buffer also moves the first parked sender's value into the place that it freed, so
// the order stays that of the sends.
//
// A sleeper is always woken *before* the lock is released; see parking.hpp for what rests
// on it.
//
// Go: runtime/chan.go, chansend and chanrecv. Tested by csp/channel_test.cpp.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <utility>

#include "base/check.hpp"
#include "csp/lock.hpp"
#include "csp/observe.hpp"
#include "csp/ring.hpp"
#include "csp/wait_queue.hpp"

namespace csp {

/// What does not depend on the type of the values. The lock guards everything but the
/// name.
struct ChannelCore {
  explicit ChannelCore(const char* channelName) : name(channelName) {}

  /// Tells the observer, if there is one, about something that happened to `lane`.
  template <class T>
  void tell(Event::Kind kind, const char* lane, const char* peer, const T* value) const;
  void tell(Event::Kind kind) const;

  /// Ends a sleep: writes the result into the note, then wakes its thread.
  static void finish(Waiter& note, bool delivered);

  /// Refuses every later send and ends every sleep here. The lock is held.
  void close();

  Lock lock;
  WaitQueue senders;
  WaitQueue receivers;
  bool closed = false;
  const std::string name;
};

/// The core of a channel of T. Every function is called with the lock held.
template <class T>
struct Core : ChannelCore {
  Core(std::size_t capacity, const char* channelName)
      : ChannelCore(channelName), buffer(capacity) {}

  /// Passes `value` on if that is possible without waiting; otherwise leaves it alone.
  bool trySend(T& value);

  /// Takes the next value if there is one without waiting. A closed and drained channel
  /// counts as an answer: true, and nothing in `value`.
  bool tryRecv(std::optional<T>& value);

  Ring<T> buffer;
};

inline void ChannelCore::finish(Waiter& note, bool delivered) {
  note.delivered = delivered;
  note.parking->wake();
}

template <class T>
bool Core<T>::trySend(T& value) {
  RAFT_CHECK(!closed, "send on closed channel");
  if (Waiter* const receiver = receivers.pop()) {
    auto& slot = *static_cast<std::optional<T>*>(receiver->slot);
    slot.emplace(std::move(value));
    tell(Event::Kind::HandedOff, threadName(), receiver->lane, &*slot);
    finish(*receiver, true);
    return true;
  }
  if (buffer.full()) return false;
  const T& buffered = buffer.push(std::move(value));
  tell(Event::Kind::Buffered, threadName(), "", &buffered);
  return true;
}

template <class T>
bool Core<T>::tryRecv(std::optional<T>& value) {
  if (!buffer.empty()) {
    value.emplace(buffer.pop());
    tell(Event::Kind::Taken, threadName(), "", &*value);
  }
  Waiter* const sender = senders.pop();
  if (sender == nullptr) return value.has_value() || closed;

  T& offered = *static_cast<T*>(sender->slot);
  if (value.has_value()) {
    const T& buffered = buffer.push(std::move(offered));
    tell(Event::Kind::Buffered, threadName(), sender->lane, &buffered);
  } else {
    value.emplace(std::move(offered));
    tell(Event::Kind::HandedOff, sender->lane, threadName(), &*value);
  }
  finish(*sender, true);
  return true;
}

inline void ChannelCore::close() {
  RAFT_CHECK(!closed, "close of closed channel");
  closed = true;
  tell(Event::Kind::Closed);
  while (Waiter* const receiver = receivers.pop()) finish(*receiver, false);
  while (Waiter* const sender = senders.pop()) finish(*sender, false);
}

template <class T>
void ChannelCore::tell(Event::Kind kind, const char* lane, const char* peer,
                       const T* value) const {
  if (Observer* const listener = observer()) {
    listener->on({kind, lane, peer, name.c_str(), value, &typeid(T)});
  }
}

inline void ChannelCore::tell(Event::Kind kind) const {
  if (Observer* const listener = observer()) {
    listener->on({kind, threadName(), "", name.c_str()});
  }
}

}  // namespace csp
