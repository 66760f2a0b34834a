// Case: one line of a select, and what its body may look like.
//
//   recv(channel, body)         body: f(), f(T) or f(std::optional<T>)
//   send(channel, value, body)  body: f()
//   otherwise(body)             body: f(); taken if no other case is ready
//
// A case whose channel is nil is off. A receive body that takes a T gets T{} when the
// channel is closed, as in Go; one that takes an optional can tell the difference. A
// value to be sent is copied or moved into its case when the case is written down. If
// another case wins, the copy is dropped: whoever needs the value afterwards sends an
// lvalue and keeps the original.
//
// Tested by csp/case_test.cpp.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>

#include "csp/channel.hpp"

namespace csp {

/// A send or a receive that may happen, with its types erased. It stays where it was
/// made, because a note may point into it.
class Case {
 public:
  Case(const Case&) = delete;
  Case& operator=(const Case&) = delete;

  /// The channel, or nullptr if it is nil and the case is off.
  ChannelCore* core() const { return core_; }

  /// Does the send or the receive if it need not wait. The channel's lock is held.
  virtual bool tryNow() = 0;

#if STAGE >= SELECT
  /// Where a note of this case is left.
  virtual WaitQueue& queue() = 0;

  /// The T to take, or the std::optional<T> to fill, while the thread sleeps.
  virtual void* slot() = 0;

  Waiter note;  ///< left in the queue while the thread sleeps

#endif
 protected:
  explicit Case(ChannelCore* core) : core_(core) {}
  ~Case() = default;

 private:
  ChannelCore* const core_;
};

/// A receive and what to do with its value.
template <class T, class Body>
class RecvCase final : public Case {
 public:
  RecvCase(const Channel<T>& channel, Body body)
      : Case(channel.core().get()), core_(channel.core()), body_(std::move(body)) {}

  bool tryNow() override { return core_->tryRecv(value_); }

  /// Runs the body with the value that came. No lock is held.
  decltype(auto) run();

#if STAGE >= SELECT
  WaitQueue& queue() override { return core_->receivers; }
  void* slot() override { return &value_; }

#endif
 private:
  const std::shared_ptr<Core<T>> core_;
  std::optional<T> value_;
  Body body_;
};

/// A send and what to do when it is done.
template <class T, class Body>
class SendCase final : public Case {
 public:
  SendCase(const Channel<T>& channel, T value, Body body)
      : Case(channel.core().get()),
        core_(channel.core()),
        value_(std::move(value)),
        body_(std::move(body)) {}

  bool tryNow() override { return core_->trySend(value_); }

  /// Runs the body. No lock is held.
  decltype(auto) run() { return body_(); }

#if STAGE >= SELECT
  WaitQueue& queue() override { return core_->senders; }
  void* slot() override { return &value_; }

#endif
 private:
  const std::shared_ptr<Core<T>> core_;
  T value_;
  Body body_;
};

/// What to do when no case is ready.
template <class Body>
struct Otherwise {
  /// Runs the body. No lock is held.
  decltype(auto) run() { return body(); }

  Body body;  ///< what to do
};

/// Makes a case that receives from the channel.
template <class T, class Body>
RecvCase<T, Body> recv(const Channel<T>& channel, Body body) {
  return {channel, std::move(body)};
}

/// Makes a case that sends the value, which is copied or moved into the case at once.
template <class T, class Body>
SendCase<T, Body> send(const Channel<T>& channel, std::type_identity_t<T> value,
                       Body body) {
  return {channel, std::move(value), std::move(body)};
}

/// Makes the case that is taken if no other is ready, so that the select never waits.
template <class Body>
Otherwise<Body> otherwise(Body body) {
  return {std::move(body)};
}

template <class T, class Body>
decltype(auto) RecvCase<T, Body>::run() {
  if constexpr (std::is_invocable_v<Body&, std::optional<T>>) {
    return body_(std::move(value_));
  } else if constexpr (std::is_invocable_v<Body&, T>) {
    return body_(value_ ? std::move(*value_) : T{});
  } else {
    return body_();
  }
}

/// The case behind one argument of select; nullptr for otherwise.
inline Case* caseOf(Case& arm) {
  return &arm;
}
template <class Body>
Case* caseOf(Otherwise<Body>&) {
  return nullptr;
}

/// Runs the argument with the given number. What the body returns becomes the select's
/// value.
template <class Result, class Arm, class... Rest>
Result runArm(std::size_t number, Arm& arm, Rest&... rest) {
  if constexpr (sizeof...(rest) > 0) {
    if (number > 0) return runArm<Result>(number - 1, rest...);
  }
  return static_cast<Result>(arm.run());
}

/// The value of a select: the common type of all bodies, or void if all are void.
template <class... Arms>
using ResultOf = std::common_type_t<decltype(std::declval<Arms&>().run())...>;

}  // namespace csp
