// Context: how a caller tells everybody who works for it to give up.
//
// A context is handed down, from function to function and from thread to thread. Whoever
// may have to wait looks at done() too. It is closed when the caller cancels, when the
// deadline passes, or when the same happens to the context that this one was made from.
// Then err() says which of the two it was.
//
// It guarantees that all who look learn of it, and that err() is set before done() is
// closed. It does not stop anybody: work that does not look goes on to its end.
//
// Go: package context. Its Value is left out on purpose: nothing in this book needs to
// smuggle parameters. Tested by csp/context_test.cpp.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>

#include "base/error.hpp"
#include "csp/recv_channel.hpp"
#include "csp/timer.hpp"

namespace csp {

using base::Error;

struct Cancellable;

/// A handle to a context; copies mean the same one. Any thread may use it.
class Context {
 public:
  /// The context that never ends: the root of all others.
  Context() = default;

  /// Closed when this context ends. Nil if it never will, so that its case of a select is
  /// off.
  RecvChannel<Unit> done() const;

  /// No error while the context lives; then Canceled or DeadlineExceeded, and never
  /// anything else.
  Error err() const;

  /// When it will end at the latest, if that is known.
  std::optional<TimePoint> deadline() const;

  /// How many contexts made from this one are still alive, for tests.
  std::size_t childCount() const;

 private:
  friend class CancelFunc;
  friend Cancellable withCancel(const Context& parent);
  friend Cancellable withDeadline(const Context& parent, TimePoint when);

  struct State;
  explicit Context(std::shared_ptr<State> state) : state_(std::move(state)) {}

  std::shared_ptr<State> state_;  // nullptr: the background
};

/// Ends a context with Canceled. Calling it again, or after the deadline, changes
/// nothing. Call it as soon as the work is over, even if all went well: until then the
/// parent and the timer keep what belongs to the context.
class CancelFunc {
 public:
  /// Ends the context, and all that were made from it. Any thread may call it.
  void operator()() const;

 private:
  friend Cancellable withCancel(const Context& parent);
  friend Cancellable withDeadline(const Context& parent, TimePoint when);

  explicit CancelFunc(std::shared_ptr<Context::State> state) : state_(std::move(state)) {}

  std::shared_ptr<Context::State> state_;
};

/// A context and the way to end it.
struct Cancellable {
  Context context;
  CancelFunc cancel;
};

/// The context that never ends.
Context background();

/// A context that ends when it is cancelled or when the parent ends.
[[nodiscard]] Cancellable withCancel(const Context& parent);

/// The same, and it ends at `when` at the latest.
[[nodiscard]] Cancellable withDeadline(const Context& parent, TimePoint when);

/// The same, counted from now.
[[nodiscard]] Cancellable withTimeout(const Context& parent, Duration duration);

}  // namespace csp
