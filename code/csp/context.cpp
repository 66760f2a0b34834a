// Contexts form a tree, and an end travels down it. Tested by csp/context_test.cpp.
//
// A parent holds its children until they end, so that somebody who kept nothing but a
// done channel still learns of the end. A child knows its parent only weakly: a parent
// that nobody can cancel any more need not be kept.
#include "csp/context.hpp"

#include <mutex>
#include <set>
#include <utility>

namespace csp {

/// What the handles to one context share.
struct Context::State : std::enable_shared_from_this<State> {
  using Children = std::set<std::shared_ptr<State>>;

  ~State();

  /// Becomes a child of the parent; ends at once if the parent has ended.
  void follow(const std::shared_ptr<State>& above);

  /// Ends this context and everything below it. Only the first call has an effect.
  void end(Error why);

  /// Ends this context alone. Returns those directly below, which are to be ended next.
  Children endAlone(Error why);

  /// Forgets a child that has ended.
  void forget(const std::shared_ptr<State>& child);

  Error error() const;

  const Channel<Unit> done = Channel<Unit>::make(0, "ctx.done");
  std::optional<TimePoint> deadline;  // not changed once others can see this context

  mutable std::mutex
      mutex;  // guards what follows; never held while another context's is taken
  Error err;
  Children children;
  std::weak_ptr<State> parent;
  Timer timer;
};

void Context::State::follow(const std::shared_ptr<State>& above) {
  if (above == nullptr) return;
  parent = above;
  deadline = above->deadline;

  Error ended;
  {
    const std::lock_guard lock(above->mutex);
    ended = above->err;
    if (!ended) above->children.insert(shared_from_this());
  }
  if (ended) end(ended);
}

// From one to the next by a list: a call within a call would need a stack as deep as the
// tree, and how deep that is, is the caller's choice.
void Context::State::end(Error why) {
  Children below = endAlone(why);
  while (!below.empty()) {
    const auto next = below.extract(below.begin());
    below.merge(next.value()->endAlone(why));
  }
}

Context::State::Children Context::State::endAlone(Error why) {
  Children orphans;
  Timer pending;
  {
    const std::lock_guard lock(mutex);
    if (err) return {};
    err = why;
    done.close();
    orphans.swap(children);
    pending = timer;
  }
  pending.stop();
  if (const auto above = parent.lock()) above->forget(shared_from_this());
  return orphans;
}

// Nobody can end this context any more, nor a child that nobody else holds. Those go by a
// list as well.
Context::State::~State() {
  Children below = std::move(children);
  while (!below.empty()) {
    const auto next = below.extract(below.begin());
    if (next.value().use_count() > 1) continue;
    const std::lock_guard lock(next.value()->mutex);
    below.merge(next.value()->children);
  }
}

void Context::State::forget(const std::shared_ptr<State>& child) {
  const std::lock_guard lock(mutex);
  children.erase(child);
}

Error Context::State::error() const {
  const std::lock_guard lock(mutex);
  return err;
}

RecvChannel<Unit> Context::done() const {
  return state_ ? state_->done : Channel<Unit>();
}

Error Context::err() const {
  return state_ ? state_->error() : Error();
}

std::optional<TimePoint> Context::deadline() const {
  return state_ ? state_->deadline : std::nullopt;
}

std::size_t Context::childCount() const {
  if (state_ == nullptr) return 0;
  const std::lock_guard lock(state_->mutex);
  return state_->children.size();
}

void CancelFunc::operator()() const {
  state_->end(base::Errc::Canceled);
}

Context background() {
  return {};
}

Cancellable withCancel(const Context& parent) {
  const auto state = std::make_shared<Context::State>();
  state->follow(parent.state_);
  return {Context(state), CancelFunc(state)};
}

Cancellable withDeadline(const Context& parent, TimePoint when) {
  Cancellable made = withCancel(parent);
  const auto& state = made.context.state_;
  const auto inherited = state->deadline;
  if (inherited && *inherited <= when) return made;  // the parent's end comes first

  state->deadline = when;
  const auto expire = [state = state] { state->end(base::Errc::DeadlineExceeded); };
  if (when <= Clock::now()) {
    expire();
    return made;
  }
  const std::lock_guard lock(state->mutex);
  if (!state->err) state->timer = Timer(when, expire);
  return made;
}

Cancellable withTimeout(const Context& parent, Duration duration) {
  return withDeadline(parent, fromNow(duration));
}

}  // namespace csp
