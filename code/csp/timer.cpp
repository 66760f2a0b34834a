// The timer thread and its book of appointments. Tested by csp/timer_test.cpp.
#include "csp/timer.hpp"

#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>
#include <utility>

namespace csp {
namespace {

using Action = std::function<void()>;
using Appointment = std::pair<TimePoint, std::uint64_t>;

/// The one thread that waits for time to pass.
class TimerThread {
 public:
  static TimerThread& instance();

  std::uint64_t add(TimePoint when, Action action);
  bool remove(const Appointment& appointment);
  std::size_t pending();

 private:
  TimerThread() {
    std::thread([this] { run(); }).detach();
  }
  void run();

  std::mutex mutex_;
  std::condition_variable changed_;
  std::map<Appointment, Action> book_;  // earliest first
  std::uint64_t lastNumber_ = 0;
};

// Never destroyed: nobody can say which destructor of a static object is the last to call
// a timer off.
TimerThread& TimerThread::instance() {
  static TimerThread& thread = *new TimerThread();
  return thread;
}

std::uint64_t TimerThread::add(TimePoint when, Action action) {
  const std::lock_guard lock(mutex_);
  const auto [place, _] =
      book_.emplace(Appointment(when, ++lastNumber_), std::move(action));
  if (place == book_.begin()) changed_.notify_one();  // earlier than what it sleeps for
  return lastNumber_;
}

bool TimerThread::remove(const Appointment& appointment) {
  // What the action holds is let go after the lock: it may be the last handle of
  // something big.
  std::map<Appointment, Action>::node_type removed;
  const std::lock_guard lock(mutex_);
  removed = book_.extract(appointment);
  return !removed.empty();
}

std::size_t TimerThread::pending() {
  const std::lock_guard lock(mutex_);
  return book_.size();
}

void TimerThread::run() {
  nameThread("timer");
  std::unique_lock lock(mutex_);
  while (true) {
    if (book_.empty()) {
      changed_.wait(lock);
      continue;
    }
    const TimePoint earliest = book_.begin()->first.first;
    if (Clock::now() < earliest) {
      changed_.wait_until(lock, earliest);
      continue;
    }
    auto due = book_.extract(book_.begin());
    lock.unlock();
    due.mapped()();
    due = {};
    lock.lock();
  }
}

}  // namespace

TimePoint fromNow(Duration duration) {
  const TimePoint now = Clock::now();
  return duration < TimePoint::max() - now ? now + duration : TimePoint::max();
}

Timer::Timer(TimePoint when, std::function<void()> action)
    : when_(when), number_(TimerThread::instance().add(when, std::move(action))) {}

bool Timer::stop() const {
  return number_ != 0 && TimerThread::instance().remove({when_, number_});
}

RecvChannel<TimePoint> after(Duration duration) {
  const auto channel = Channel<TimePoint>::make(1, "after");
  Timer(fromNow(duration), [channel] { channel.send(Clock::now()); });
  return channel;
}

std::size_t pendingTimers() {
  return TimerThread::instance().pending();
}

}  // namespace csp
