// One answer: the tests play the loop, at the other side of the doors.
//
// A call that never returns must fail its test, not hold it: calls run on threads of
// their own that nobody joins, and a test waits a while for the answer, not for ever.
#include <gtest/gtest.h>

#include <chrono>
#include <future>

#include "csp/select.hpp"
#include "node/doors_test.hpp"

namespace {

using base::Errc;
using base::Error;
using node::Proposal;
using node::test::words;
using raftpb::Message;
using raftpb::MessageType;
using namespace std::chrono_literals;

class OneAnswer : public node::test::AtTheDoors {
 protected:
  // A proposal by step, which does not wait for a verdict.
  Answer stepProposal() {
    Message m{.type = MessageType::MsgProp};
    m.entries.push_back({.data = "color=blue"});
    return step(forever, m);
  }
};

// INV-FRONT_DOOR-1
TEST_F(OneAnswer, AWaitingProposerReturnsWithTheVerdict) {
  for (const Error said : {Error(), Error(Errc::ProposalDropped)}) {
    const auto answer = propose(forever);
    const Proposal taken = *doors.propc.recv();
    ASSERT_TRUE(taken.result)
        << "propose waits for a verdict, but the loop has nowhere to send the verdict";
    ASSERT_EQ(taken.result.capacity(), 1u) << "how much room does one verdict need?";
    taken.result.send(said);
    ASSERT_TRUE(returned(answer)) << "the verdict was given, and propose still waits";
    EXPECT_EQ(words(answer.get()), words(said))
        << "propose returned something else than the verdict";
  }
}

// INV-FRONT_DOOR-4
TEST_F(OneAnswer, AWaitingProposerDoesNotReturnAtTheHandOff) {
  const auto answer = propose(forever);
  const Proposal taken = *doors.propc.recv();
  const bool early = answer.wait_for(50ms) == std::future_status::ready;
  EXPECT_FALSE(early)
      << "the loop has taken the proposal and said nothing yet, but propose returned";
  doors.done.close();
}

// INV-FRONT_DOOR-2
TEST_F(OneAnswer, TheLoopDoesNotWaitForAProposerThatHasLeft) {
  const auto [ctx, cancel] = csp::withCancel(csp::background());
  const auto answer = propose(ctx);
  const Proposal taken = *doors.propc.recv();
  cancel();
  ASSERT_TRUE(returned(answer)) << "its context has ended, and propose still waits";
  ASSERT_TRUE(taken.result) << "the loop has nowhere to send the verdict";
  const bool landed = csp::select(csp::send(taken.result, Error(), [] { return true; }),
                                  csp::otherwise([] { return false; }));
  EXPECT_TRUE(landed)
      << "the proposer has left, and the loop's send of the verdict blocks";
}

// INV-FRONT_DOOR-1
TEST_F(OneAnswer, TheContextEndsTheWaitForTheVerdict) {
  const auto [ctx, cancel] = csp::withCancel(csp::background());
  const auto answer = propose(ctx);
  const Proposal taken = *doors.propc.recv();
  cancel();
  ASSERT_TRUE(returned(answer)) << "its context has ended, and propose still waits";
  EXPECT_EQ(words(answer.get()), "context canceled");
}

// INV-FRONT_DOOR-1
TEST_F(OneAnswer, TheStopEndsTheWaitForTheVerdict) {
  const auto answer = propose(forever);
  const Proposal taken = *doors.propc.recv();
  doors.done.close();
  ASSERT_TRUE(returned(answer)) << "the node has stopped, and propose still waits";
  EXPECT_EQ(words(answer.get()), "raft: stopped");
}

// INV-FRONT_DOOR-3
TEST_F(OneAnswer, ARefusalAtTheDoorIsTheAnswer) {
  const auto [ctx, cancel] = csp::withCancel(csp::background());
  cancel();
  const auto answer = propose(ctx);  // nobody is there to take it
  ASSERT_TRUE(returned(answer)) << "its context has ended, and propose still waits";
  EXPECT_EQ(words(answer.get()), "context canceled")
      << "the proposal was never handed over, and propose does not say so";
}

// INV-FRONT_DOOR-4
TEST_F(OneAnswer, WithoutWaitThereIsNoResultChannelAndNoWait) {
  const auto answer = stepProposal();
  const Proposal taken = *doors.propc.recv();
  EXPECT_FALSE(taken.result) << "step does not wait, so the loop has nobody to answer";
  ASSERT_TRUE(returned(answer)) << "step should return at the hand-off, and still waits";
  EXPECT_EQ(words(answer.get()), "nil");
}

}  // namespace
