// Every possible order of events between one parked select and two senders, in a model.
//
// The select waits on channels A and B; one sender comes to each. A step of the model is
// one thing that a thread does to what others can see: take a lock, push a note, win the
// claim, wake. The test walks through all interleavings of the steps. Then it takes the
// rules away, one by one, and must find the accident that each of them prevents.
#include <gtest/gtest.h>

#include <array>
#include <cstddef>
#include <set>
#include <string>
#include <tuple>

namespace {

enum class Rule { None, OneClaim, WakeBeforeUnlock, LookAndLeaveNotesAtOnce };

constexpr int kFree = -1;
constexpr int kSelect = 0;  // threads 1 and 2 are the senders to A and to B

struct State {
  std::array<int, 3> step{};              // where each thread is in its program
  std::array<int, 2> lock{kFree, kFree};  // who holds A, who holds B
  std::array<bool, 2> note{};             // the select's note lies in A, in B
  std::array<bool, 2> left{};             // a sender found nobody there and parked
  std::array<bool, 3> won{};              // which sender claimed the select
  bool claimed = false;
  bool awake = false;
  bool returned = false;  // the select's stack frame, with its notes and Parking, is gone
  int delivered = 0;

  auto operator<=>(const State&) const = default;
};

class Model {
 public:
  explicit Model(Rule without) : without_(without) {}

  /// Walks through everything that can follow; returns the first accident, or "".
  std::string explore(const State& state) {
    if (!seen_.insert(state).second) return "";
    bool moved = false;
    for (int thread = 0; thread < 3; ++thread) {
      State next = state;
      if (!(thread == kSelect ? stepSelect(next) : stepSender(next, thread))) continue;
      moved = true;
      if (!accident_.empty()) return accident_;
      if (auto accident = explore(next); !accident.empty()) return accident;
    }
    return moved ? "" : judge(state);
  }

  std::size_t states() const { return seen_.size(); }

 private:
  static bool take(State& state, std::size_t channel, int thread) {
    if (state.lock[channel] != kFree) return false;
    state.lock[channel] = thread;
    return true;
  }

  static bool release(State& state, std::size_t channel) {
    state.lock[channel] = kFree;
    return true;
  }

  /// A sender that parked in a channel is taken by the select that looks there.
  static bool takeFrom(State& state, std::size_t channel) {
    state.left[channel] = false;
    ++state.delivered;
    state.step[kSelect] = 100;  // done: it found what it wanted before it slept
    return true;
  }

  bool stepSelect(State& state) {
    int& step = state.step[kSelect];
    const bool inOne = without_ != Rule::LookAndLeaveNotesAtOnce;
    switch (step) {
      case 0:
        return take(state, 0, kSelect) && ++step;
      case 1:
        return take(state, 1, kSelect) && ++step;
      case 2:  // pass 1
        if (state.left[0]) return takeFrom(state, 0);
        if (state.left[1]) return takeFrom(state, 1);
        step = inOne ? 7 : 3;
        return true;
      case 3:
        return release(state, 0) && ++step;  // only without the rule
      case 4:
        return release(state, 1) && ++step;
      case 5:
        return take(state, 0, kSelect) && ++step;
      case 6:
        return take(state, 1, kSelect) && ++step;
      case 7:  // pass 2
        state.note = {true, true};
        return ++step;
      case 8:
        return release(state, 0) && ++step;
      case 9:
        return release(state, 1) && ++step;
      case 10:
        return state.awake && ++step;
      case 11:
        return take(state, 0, kSelect) && ++step;  // pass 3
      case 12:
        state.note[0] = false;
        return release(state, 0) && ++step;
      case 13:
        return take(state, 1, kSelect) && ++step;
      case 14:
        state.note[1] = false;
        return release(state, 1) && ++step;
      case 15:
        state.returned = true;
        return ++step;
      case 100:
        return release(state, 0) && ++step;
      case 101:
        return release(state, 1) && ++step;
      default:
        return false;
    }
  }

  bool stepSender(State& state, int thread) {
    const auto channel = static_cast<std::size_t>(thread - 1);
    const auto self = static_cast<std::size_t>(thread);
    int& step = state.step[self];
    const bool wakesFirst = without_ != Rule::WakeBeforeUnlock;
    switch (step) {
      case 0:
        return take(state, channel, thread) && ++step;
      case 1:
        return look(state, channel, self);
      case 2:  // wake, first half: the select may run from here on
        state.awake = true;
        return ++step;
      case 3:  // wake, second half: it still touches the Parking
        if (state.returned) accident_ = "woke a stack frame that was gone";
        step = wakesFirst ? 4 : 6;
        return true;
      case 4:
        return release(state, channel) && (step = 6);
      case 5:
        return release(state, channel) && (step = state.won[self] ? 2 : 6);
      default:
        return false;
    }
  }

  /// The sender looks into its channel, with the lock held.
  bool look(State& state, std::size_t channel, std::size_t self) {
    if (state.note[channel]) {
      state.note[channel] = false;
      state.won[self] = !state.claimed || without_ == Rule::OneClaim;
    }
    if (state.won[self]) {
      state.claimed = true;
      if (++state.delivered > 1) accident_ = "two values for one receive";
    } else {
      state.left[channel] = true;  // nobody there: leaves its own note, and sleeps
    }
    const bool wakesNow = state.won[self] && without_ != Rule::WakeBeforeUnlock;
    state.step[self] = wakesNow ? 2 : 5;
    return true;
  }

  static std::string judge(const State& state) {
    if (state.delivered == 1) return "";
    return state.delivered == 0 ? "everybody sleeps" : "two values for one receive";
  }

  Rule without_;
  std::string accident_;
  std::set<State> seen_;
};

// INV-SELECT-1
// INV-SELECT-2
TEST(ClaimModel, NoOrderOfEventsLeadsToAnAccident) {
  Model model(Rule::None);
  EXPECT_EQ(model.explore({}), "");
  EXPECT_GT(model.states(), 100U);
}

TEST(ClaimModel, WithoutTheClaimTwoValuesArrive) {
  EXPECT_EQ(Model(Rule::OneClaim).explore({}), "two values for one receive");
}

TEST(ClaimModel, WakingAfterUnlockingTouchesADeadStackFrame) {
  EXPECT_EQ(Model(Rule::WakeBeforeUnlock).explore({}),
            "woke a stack frame that was gone");
}

TEST(ClaimModel, LettingGoBetweenLookingAndLeavingNotesLosesAWake) {
  EXPECT_EQ(Model(Rule::LookAndLeaveNotesAtOnce).explore({}), "everybody sleeps");
}

}  // namespace
