// The three passes of select.
// Tested by csp/select_test.cpp and csp/select_stress_test.cpp.
//
// Exactly once: a value moves only after its note was claimed, by one compare-and-swap
// that can succeed once a sleep, and under the lock of the channel it moves through.
//
// No lost wake: looking and leaving notes is one critical section over all channels.
// Whoever comes later finds the note; whoever came before was found.
//
// No deadlock: everybody takes several locks in the order of the channels' addresses.
//
// While it is parked, a select may have notes in both queues of one channel, and for a
// moment notes that were claimed elsewhere. Only then do the rules of channel_core.hpp
// seem broken: nobody meets himself, because a parked thread does not look, and a stale
// note is thrown away.
#include "csp/select.hpp"

#include <algorithm>
#include <atomic>
#include <functional>

#include "base/random.hpp"

namespace csp {
namespace {

/// A number below the limit, from this thread's own generator.
std::uint32_t roll(std::uint32_t limit) {
  static constinit std::atomic<std::uint64_t> threads = 0;
  static thread_local base::Random dice(threads.fetch_add(1, std::memory_order_relaxed)
                                        << 32U);
  return dice.below(limit);
}

/// One select on its way. It lives on the stack of the thread that selects.
class Selection {
 public:
  explicit Selection(std::span<Case* const> cases);

  /// Whether there is an otherwise, and whether any case is on.
  bool mayRefuse() const { return mayRefuse_; }
  bool isOff() const { return liveCount_ == 0; }

  /// Tries one channel after the other, each under its own lock.
  Case* glance();

  void lockAll();
  void unlockAll();

  /// Pass 1, every lock held: does the first case in poll order that is ready.
  Case* tryAll();

  /// Pass 2, every lock held: leaves a note for every case. Then lets go and sleeps.
  void park();

  /// Pass 3: takes back the notes that lost and returns the case that was claimed.
  Case* unpark();

 private:
  void addToPollOrder(Case* live);
  void addToLockOrder(ChannelCore* core);

  std::span<Case*> live() { return std::span(live_).first(liveCount_); }
  std::span<ChannelCore*> locks() { return std::span(locks_).first(lockCount_); }

  std::array<Case*, kMostCases> live_;  // in poll order
  std::size_t liveCount_ = 0;
  std::array<ChannelCore*, kMostCases> locks_;  // in lock order, each channel once
  std::size_t lockCount_ = 0;
  bool mayRefuse_ = false;
  Parking parking_;
};

Selection::Selection(std::span<Case* const> cases) {
  for (Case* const arm : cases) {
    if (arm == nullptr) {
      mayRefuse_ = true;
    } else if (arm->core() != nullptr) {
      addToPollOrder(arm);
      addToLockOrder(arm->core());
    }
  }
}

// Shuffles while it collects: the newcomer swaps places with any of those there, or with
// itself.
void Selection::addToPollOrder(Case* live) {
  const std::size_t place = roll(static_cast<std::uint32_t>(liveCount_ + 1));
  live_[liveCount_] = live_[place];
  live_[place] = live;
  ++liveCount_;
}

void Selection::addToLockOrder(ChannelCore* core) {
  std::size_t place = lockCount_;
  while (place > 0 && std::less<>{}(core, locks_[place - 1])) --place;
  if (place > 0 && locks_[place - 1] == core) return;
  for (std::size_t i = lockCount_; i > place; --i) locks_[i] = locks_[i - 1];
  locks_[place] = core;
  ++lockCount_;
}

Case* Selection::glance() {
  for (Case* const arm : live()) {
    const std::lock_guard lock(arm->core()->lock);
    if (arm->tryNow()) return arm;
  }
  return nullptr;
}

void Selection::lockAll() {
  for (ChannelCore* const core : locks()) core->lock.lock();
}

void Selection::unlockAll() {
  for (ChannelCore* const core : locks()) core->lock.unlock();
}

Case* Selection::tryAll() {
  for (Case* const arm : live()) {
    if (arm->tryNow()) return arm;
  }
  return nullptr;
}

void Selection::park() {
  for (Case* const arm : live()) {
    arm->note.parking = &parking_;
    arm->note.slot = arm->slot();
    arm->queue().push(arm->note);
    arm->core()->tell(Event::Kind::Parked);
  }
  unlockAll();
  parking_.wait();
}

Case* Selection::unpark() {
  Case* winner = nullptr;
  for (Case* const arm : live()) {
    const std::lock_guard lock(arm->core()->lock);
    if (arm->note.queued) arm->queue().unlink(arm->note);
    if (parking_.claimed() != &arm->note) continue;
    winner = arm;
    arm->core()->tell(Event::Kind::Woken);
    const bool receives = &arm->queue() == &arm->core()->receivers;
    RAFT_CHECK(receives || arm->note.delivered, "send on closed channel");
  }
  return winner;
}

/// Does one case, waiting if it must; nullptr stands for otherwise.
Case* chooseCase(Selection selection) {
  RAFT_CHECK(selection.mayRefuse() || !selection.isOff(),
             "select with every case off blocks for ever");
  if (!selection.mayRefuse()) {
    if (Case* const ready = selection.glance()) return ready;
  }
  selection.lockAll();
  Case* const ready = selection.tryAll();
  if (ready != nullptr || selection.mayRefuse()) {
    selection.unlockAll();
    return ready;
  }
  selection.park();
  return selection.unpark();
}

}  // namespace

std::size_t choose(std::span<Case* const> cases) {
  Case* const chosen = chooseCase(Selection(cases));
  return static_cast<std::size_t>(std::ranges::find(cases, chosen) - cases.begin());
}

}  // namespace csp
