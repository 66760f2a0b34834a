// What channels tell about themselves, so that a run can be drawn and a test can watch.
//
// One observer may listen to every channel of the process. It is told of a hand-off while
// the channel's lock is held, so the events of one channel come in the order in which
// they happened. With nobody listening, an event costs one load of a pointer.
//
// Tested by csp/observe_test.cpp.
#pragma once

#include <atomic>
#include <typeinfo>

namespace csp {

/// Something that happened in a channel. The pointers are valid during the call only.
struct Event {
  /// What happened.
  enum class Kind {
    Parked,     ///< lane left a note and goes to sleep (a select: one event per channel)
    HandedOff,  ///< the value went from lane to peer, one of which was asleep
    Buffered,  ///< lane put a value into the buffer: its own, or that of peer, who sleeps
    Taken,     ///< lane took the value out of the buffer
    Woken,     ///< lane is awake again, with the channel's lock in hand
    Closed,    ///< lane closed the channel
  };

  Kind kind;
  const char* lane;             ///< the thread it happened to, as nameThread() called it
  const char* peer;             ///< the other thread, if there was one, else ""
  const char* channel;          ///< the channel's name, as make() was given it
  const void* value = nullptr;  ///< the value concerned, or nullptr
  const std::type_info* type = nullptr;  ///< the type of *value
};

/// Somebody who listens.
class Observer {
 public:
  virtual ~Observer() = default;

  /// Called by the thread the event happened in, with the channel locked: it must return
  /// soon and must not use a channel.
  virtual void on(const Event& event) = 0;
};

/// Installs the observer of the whole process; nullptr removes it. Between the removal
/// and the observer's end no thread may still be using a channel.
void observe(Observer* observer);

/// Names the calling thread for events. The text must outlive the thread: use a literal.
void nameThread(const char* name);

/// The name that nameThread() keeps.
inline thread_local constinit const char* nameOfThisThread = "";

/// The observer that observe() keeps.
inline constinit std::atomic<Observer*> theObserver = nullptr;

/// The name given to this thread, or "".
inline const char* threadName() {
  return nameOfThisThread;
}

/// The observer, or nullptr.
inline Observer* observer() {
  return theObserver.load(std::memory_order_acquire);
}

}  // namespace csp
