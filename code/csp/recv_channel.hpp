// RecvChannel: a channel seen by somebody who may only listen.
//
// Whoever is handed the end of a context, a timeout or a node's Readies has no business
// closing that channel or putting anything in. Go writes such a direction into the type,
// <-chan T; here it is a handle without the other half. A Channel turns into one by
// itself, and nothing turns it back.
//
// Tested by csp/recv_channel_test.cpp.
#pragma once

#include <cstddef>
#include <optional>
#include <utility>

#include "csp/case.hpp"
#include "csp/channel.hpp"

namespace csp {

/// The receiving half of a channel of T, or nil.
template <class T>
class RecvChannel {
 public:
  /// The nil channel.
  RecvChannel() = default;
  RecvChannel(Channel<T> channel) : channel_(std::move(channel)) {}

  /// False for nil.
  explicit operator bool() const { return static_cast<bool>(channel_); }

  /// Whether both are handles to one channel, or both nil.
  friend bool operator==(const RecvChannel&, const RecvChannel&) = default;

  /// Takes the next value, as Channel does.
  std::optional<T> recv() const { return channel_.recv(); }

  /// What a Channel says of itself.
  std::size_t size() const { return channel_.size(); }
  std::size_t capacity() const { return channel_.capacity(); }  ///< 0 for nil
  const char* name() const { return channel_.name(); }          ///< "nil" for nil
  /// How many receivers wait here, for tests and pictures.
  std::size_t waitingReceivers() const { return channel_.waitingReceivers(); }

 private:
  template <class U, class Body>
  friend RecvCase<U, Body> recv(const RecvChannel<U>& channel, Body body);

  Channel<T> channel_;
};

/// Makes a case that receives from a channel on which others send.
template <class T, class Body>
RecvCase<T, Body> recv(const RecvChannel<T>& channel, Body body) {
  return {channel.channel_, std::move(body)};
}

}  // namespace csp
