// Channel<T>: a way from thread to thread, as in Go.
//
// A send on an unbuffered channel returns when a receiver has the value: the two meet. A
// buffered one takes up to `capacity` values from senders that need not wait. Values
// leave in the order in which they came. A closed channel gives what it still holds, then
// answers "closed" for ever.
//
// A Channel is a handle: copies mean the same channel, which lives as long as its last
// handle. The default handle is nil. Nothing ever comes out of a nil channel and nothing
// can be put in, which makes it the off switch of a select.
//
// Go: runtime/chan.go. Tested by csp/channel_test.cpp and csp/channel_close_test.cpp.
#pragma once

#include <cstddef>
#include <memory>
#include <mutex>
#include <optional>
#include <type_traits>
#include <utility>

#include "base/check.hpp"
#include "csp/channel_core.hpp"

namespace csp {

/// What is sent when only the sending matters. Go writes struct{}.
struct Unit {
  friend bool operator==(Unit, Unit) = default;
};

/// What may travel through a channel. A value changes hands while a lock is held, and
/// half a move cannot be undone: moving must not throw.
template <class T>
concept Sendable =
    std::is_nothrow_move_constructible_v<T> && std::is_nothrow_move_assignable_v<T> &&
    std::is_nothrow_destructible_v<T>;

/// A handle to a channel of T, or nil. Every function may be called from any thread.
template <class T>
class Channel {
  static_assert(Sendable<T>);

 public:
  /// The nil channel.
  Channel() = default;
  Channel(std::nullptr_t) {}

  /// A new channel that can hold `capacity` values nobody has taken yet. The name is for
  /// events and pictures.
  static Channel make(std::size_t capacity = 0, const char* name = "");

  /// False for nil.
  explicit operator bool() const { return core_ != nullptr; }

  /// Whether both are handles to one channel, or both nil.
  friend bool operator==(const Channel&, const Channel&) = default;

  /// Passes the value on; waits until a receiver has it or the buffer has room. Stops the
  /// process on a closed channel, also if it is closed during the wait, and on a nil one,
  /// where it would wait for ever.
  void send(T value) const;

  /// Takes the next value; waits for one. No value means: closed, and nothing left. Stops
  /// the process on a nil channel, where it would wait for ever.
  std::optional<T> recv() const;

  /// Declares that nothing more will be sent and ends every wait here. Stops the process
  /// if the channel is closed already, or nil.
  void close() const;

  /// How many values lie in the buffer; 0 for nil.
  std::size_t size() const;

  /// How many values the buffer can hold; 0 for nil.
  std::size_t capacity() const { return core_ ? core_->buffer.capacity() : 0; }

  /// The name given to make(); "nil" for nil.
  const char* name() const { return core_ ? core_->name.c_str() : "nil"; }

  /// How many notes of senders lie in the channel: parked threads, and for a moment
  /// threads that have been woken elsewhere. A test waits for this number instead of
  /// sleeping.
  std::size_t waitingSenders() const;

  /// The same for receivers.
  std::size_t waitingReceivers() const;

  /// What is behind the handle, for select; nullptr for nil.
  const std::shared_ptr<Core<T>>& core() const { return core_; }

 private:
  std::shared_ptr<Core<T>> core_;
};

template <class T>
Channel<T> Channel<T>::make(std::size_t capacity, const char* name) {
  Channel channel;
  channel.core_ = std::make_shared<Core<T>>(capacity, name);
  return channel;
}

template <class T>
void Channel<T>::send(T value) const {
  RAFT_CHECK(core_ != nullptr, "send on a nil channel blocks for ever");
  const auto core = core_;  // the receiver may drop the last handle while we still unlock

  std::unique_lock lock(core->lock);
  if (core->trySend(value)) return;

  Parking parking;
  Waiter note{.parking = &parking, .slot = &value};
  core->senders.push(note);
  core->tell(Event::Kind::Parked, note.lane, "", &value);
  lock.unlock();

  parking.wait();

  lock.lock();  // whoever woke us has let go of our note when we get this
  core->tell(Event::Kind::Woken);
  RAFT_CHECK(note.delivered, "send on closed channel");
}

template <class T>
std::optional<T> Channel<T>::recv() const {
  RAFT_CHECK(core_ != nullptr, "receive from a nil channel blocks for ever");
  const auto core = core_;
  std::optional<T> value;

  std::unique_lock lock(core->lock);
  if (core->tryRecv(value)) return value;

  Parking parking;
  Waiter note{.parking = &parking, .slot = &value};
  core->receivers.push(note);
  core->tell(Event::Kind::Parked);
  lock.unlock();

  parking.wait();

  lock.lock();
  core->tell(Event::Kind::Woken);
  return value;
}

template <class T>
void Channel<T>::close() const {
  RAFT_CHECK(core_ != nullptr, "close of nil channel");
  const auto core = core_;
  const std::lock_guard lock(core->lock);
  core->close();
}

template <class T>
std::size_t Channel<T>::size() const {
  if (core_ == nullptr) return 0;
  const std::lock_guard lock(core_->lock);
  return core_->buffer.size();
}

template <class T>
std::size_t Channel<T>::waitingSenders() const {
  if (core_ == nullptr) return 0;
  const std::lock_guard lock(core_->lock);
  return core_->senders.size();
}

template <class T>
std::size_t Channel<T>::waitingReceivers() const {
  if (core_ == nullptr) return 0;
  const std::lock_guard lock(core_->lock);
  return core_->receivers.size();
}

}  // namespace csp
