#include "csp/context.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <future>
#include <optional>
#include <thread>
#include <vector>

#include "csp/select.hpp"
#include "csp/wait_until.hpp"

namespace {

using base::Errc;
using csp::background;
using csp::Cancellable;
using csp::Channel;
using csp::Clock;
using csp::Context;
using csp::Duration;
using csp::Error;
using csp::pendingTimers;
using csp::recv;
using csp::select;
using csp::send;
using csp::Unit;
using csp::waitUntil;
using csp::withCancel;
using csp::withDeadline;
using csp::withTimeout;
using std::chrono::hours;
using std::chrono::milliseconds;

bool isOpen(const csp::RecvChannel<Unit>& done) {
  return select(recv(done, [] { return false; }), csp::otherwise([] { return true; }));
}

TEST(Context, TheBackgroundNeverEnds) {
  const Context context = background();
  EXPECT_FALSE(context.done());
  EXPECT_FALSE(context.err());
  EXPECT_FALSE(context.deadline());
  EXPECT_EQ(context.childCount(), 0U);
}

// INV-CONTEXT-1
TEST(Context, CancelClosesDoneAndSaysWhy) {
  const auto [context, cancel] = withCancel(background());
  EXPECT_TRUE(isOpen(context.done()));
  EXPECT_FALSE(context.err());
  cancel();
  EXPECT_FALSE(isOpen(context.done()));
  EXPECT_EQ(context.err(), Errc::Canceled);
}

// INV-CONTEXT-1
TEST(Context, TheErrorIsThereWhenDoneCloses) {
  for (int round = 0; round < 500; ++round) {
    auto [context, cancel] = withCancel(background());
    std::jthread waiter([context = context] {
      context.done().recv();
      EXPECT_EQ(context.err(), Errc::Canceled);
    });
    cancel();
  }
}

// INV-CONTEXT-1
TEST(Context, TheFirstEndIsTheOneThatCounts) {
  const auto [context, cancel] = withTimeout(background(), milliseconds(1));
  context.done().recv();
  cancel();
  cancel();
  EXPECT_EQ(context.err(), Errc::DeadlineExceeded);
}

// INV-CONTEXT-1
TEST(Context, ADeadlineInThePastEndsItAtOnce) {
  const auto [context, cancel] = withDeadline(background(), Clock::now() - hours(1));
  EXPECT_FALSE(isOpen(context.done()));
  EXPECT_EQ(context.err(), Errc::DeadlineExceeded);
}

TEST(Context, EndsAtItsDeadlineNotBefore) {
  const auto when = Clock::now() + milliseconds(5);
  const auto [context, cancel] = withDeadline(background(), when);
  EXPECT_EQ(context.deadline(), when);
  context.done().recv();
  EXPECT_GE(Clock::now(), when);
}

// Go: the addition in time.go, when, saturates as well.
TEST(Context, TheLongestTimeoutNeverEnds) {
  const auto [context, cancel] = withTimeout(background(), Duration::max());
  EXPECT_TRUE(isOpen(context.done()));
  EXPECT_EQ(context.deadline(), csp::TimePoint::max());
  cancel();
  EXPECT_EQ(context.err(), Errc::Canceled);
}

// INV-CONTEXT-2
TEST(Context, AnEndReachesEveryDescendant) {
  const auto [root, cancelRoot] = withCancel(background());
  const auto [child, cancelChild] = withTimeout(root, hours(1));
  const auto [grandchild, cancelGrandchild] = withCancel(child);
  cancelRoot();
  EXPECT_EQ(child.err(), Errc::Canceled);
  EXPECT_EQ(grandchild.err(), Errc::Canceled);
  EXPECT_FALSE(isOpen(grandchild.done()));
}

constexpr int kDeep = 100'000;

/// A context made from one made from one ... made from `root`.
Context deepBelow(const Context& root) {
  Context deepest = root;
  for (int i = 0; i < kDeep; ++i) deepest = withCancel(deepest).context;
  return deepest;
}

// A call for each generation would run out of stack.
// INV-CONTEXT-2
TEST(Context, AnEndReachesADescendantHoweverDeepItIs) {
  const auto [root, cancel] = withCancel(background());
  const Context deepest = deepBelow(root);
  cancel();
  EXPECT_EQ(deepest.err(), Errc::Canceled);
}

// INV-CONTEXT-4
TEST(Context, NobodyHasToEndADeepTreeToBeRidOfIt) {
  std::optional<Cancellable> root = withCancel(background());
  const Context deepest = deepBelow(root->context);
  root.reset();
  EXPECT_FALSE(deepest.err());
}

// INV-CONTEXT-2
TEST(Context, AnEndReachesNoAncestorAndNoSibling) {
  const auto [root, cancelRoot] = withCancel(background());
  const auto [child, cancelChild] = withCancel(root);
  const auto [sibling, cancelSibling] = withCancel(root);
  cancelChild();
  EXPECT_EQ(child.err(), Errc::Canceled);
  EXPECT_FALSE(root.err());
  EXPECT_FALSE(sibling.err());
  EXPECT_TRUE(isOpen(sibling.done()));
}

// INV-CONTEXT-2
TEST(Context, AParentsDeadlineIsItsChildrensToo) {
  const auto [root, cancelRoot] = withTimeout(background(), milliseconds(1));
  const auto [child, cancelChild] = withTimeout(root, hours(1));
  EXPECT_EQ(child.deadline(), root.deadline());
  child.done().recv();
  EXPECT_EQ(child.err(), Errc::DeadlineExceeded);
}

// INV-CONTEXT-2
TEST(Context, AChildOfAnEndedContextHasEnded) {
  const auto [root, cancelRoot] = withCancel(background());
  cancelRoot();
  const auto before = pendingTimers();
  const auto [child, cancelChild] = withTimeout(root, hours(1));
  EXPECT_EQ(child.err(), Errc::Canceled);
  EXPECT_EQ(pendingTimers(), before);
}

// INV-CONTEXT-2
TEST(Context, WhoKeptNothingButDoneStillLearnsOfTheEnd) {
  const auto [root, cancelRoot] = withCancel(background());
  const auto done = withCancel(root).context.done();
  cancelRoot();
  EXPECT_FALSE(isOpen(done));
}

// INV-CONTEXT-3
TEST(Context, AWaitCanAlwaysBeGivenUpAndLeavesNoNote) {
  const auto channel = Channel<int>::make();
  auto [context, cancel] = withCancel(background());
  Error error;
  std::thread sender([&, context = context] {
    error = select(send(channel, 7, [] { return Error(); }),
                   recv(context.done(), [&] { return context.err(); }));
  });
  waitUntil([&] { return channel.waitingSenders() == 1; });
  cancel();
  sender.join();
  EXPECT_EQ(error, Errc::Canceled);
  EXPECT_EQ(channel.waitingSenders(), 0U);
}

// INV-CONTEXT-3
TEST(Context, ADeadlineEndsAWait) {
  const auto channel = Channel<int>::make();
  const auto [context, cancel] = withTimeout(background(), milliseconds(2));
  const auto gaveUp = [&context = context] { return context.err(); };
  const Error error =
      select(send(channel, 7, [] { return Error(); }), recv(context.done(), gaveUp));
  EXPECT_EQ(error, Errc::DeadlineExceeded);
  EXPECT_EQ(channel.waitingSenders(), 0U);
}

// INV-CONTEXT-4
TEST(Context, AnEndedChildIsForgottenByItsParentAndByTheTimer) {
  const auto [root, cancelRoot] = withCancel(background());
  const auto before = pendingTimers();
  for (int i = 0; i < 100; ++i) {
    const auto [child, cancel] = withTimeout(root, hours(1));
    EXPECT_EQ(root.childCount(), 1U);
    EXPECT_EQ(pendingTimers(), before + 1);
    cancel();
    EXPECT_EQ(root.childCount(), 0U);
    EXPECT_EQ(pendingTimers(), before);
  }
}

// INV-CONTEXT-4
TEST(Context, AnEndedParentKeepsNoChild) {
  const auto [root, cancelRoot] = withCancel(background());
  const auto [child, cancelChild] = withCancel(root);
  cancelRoot();
  EXPECT_EQ(root.childCount(), 0U);
}

/// Is told of a close, in the middle of it, and asks then and there for the reason. The
/// question goes to another thread: an end has locks in hand while it closes.
class AsksAtTheClose final : public csp::Observer {
 public:
  explicit AsksAtTheClose(Context context) : context_(std::move(context)) {}

  void on(const csp::Event& event) override {
    if (event.kind != csp::Event::Kind::Closed) return;
    answer = std::async(std::launch::async, [this] { return context_.err(); });
    answer.wait_for(milliseconds(50));  // as it is now; or blocked, until the end is over
  }

  std::future<Error> answer;

 private:
  Context context_;
};

// INV-CONTEXT-1
TEST(Context, WhoeverHearsDoneReadsAReason) {
  const auto [context, cancel] = withCancel(background());
  AsksAtTheClose observer(context);
  csp::observe(&observer);
  cancel();
  csp::observe(nullptr);
  ASSERT_TRUE(observer.answer.valid()) << "nothing was closed";
  EXPECT_EQ(observer.answer.get(), Errc::Canceled);
}

/// Outlives main, and what is made after it.
struct OutlivesMain {
  std::optional<Cancellable> made;

  ~OutlivesMain() {
    made->cancel();
    const bool heard = made->context.err() == Errc::Canceled;
    withTimeout(background(), milliseconds(1)).context.done().recv();
    std::_Exit(heard ? 7 : 1);
  }
};

// The timer thread is younger than the object that calls its timer off after main.
TEST(ContextDeathTest, AStaticDestructorMayCancelAndWait) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_EXIT(
      {
        static OutlivesMain outlives;
        outlives.made = withTimeout(background(), hours(1));
        std::exit(0);
      },
      testing::ExitedWithCode(7), "");
}

// INV-CONTEXT-1
// INV-CONTEXT-2
TEST(ContextStress, CancelsDeadlinesAndBirthsAtTheSameTime) {
  for (int round = 0; round < 100; ++round) {
    auto [root, cancelRoot] = withTimeout(background(), milliseconds(1));
    std::vector<std::jthread> threads;
    for (int i = 0; i < 3; ++i) {
      threads.emplace_back([root = root] {
        while (!root.err()) {
          const auto [child, cancel] = withTimeout(root, std::chrono::microseconds(200));
          std::jthread helper([cancel = cancel] { cancel(); });
          child.done().recv();
          EXPECT_TRUE(child.err());
        }
      });
    }
    threads.clear();
    EXPECT_EQ(root.err(), Errc::DeadlineExceeded);
    waitUntil([&root = root] { return root.childCount() == 0; });
  }
}

}  // namespace
