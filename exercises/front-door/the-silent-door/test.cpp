// The silent door: who comes home when the node stops, and who when its context ends?
//
// The test plays the loop. Calls run on threads that nobody joins, so that a call that
// never returns fails its test instead of holding it.
#include <gtest/gtest.h>

#include "csp/wait_until.hpp"
#include "node/doors_test.hpp"

namespace {

using base::Errc;
using csp::Context;
using csp::waitUntil;
using node::Proposal;
using node::test::words;
using raftpb::MessageType;

class SilentDoor : public node::test::AtTheDoors {
 protected:
  // Three callers, each asleep in another place.
  void sendThemIn(Context ctx) {
    answered = propose(ctx, "taken");
    taken = *doors.propc.recv();
    waitUntil([&] { return taken.result.waitingReceivers() == 1; });

    offered = propose(ctx, "offered");
    waitUntil([&] { return doors.propc.waitingSenders() == 1; });

    message = step(ctx, {.type = MessageType::MsgHeartbeat, .from = 2});
    waitUntil([&] { return doors.recvc.waitingSenders() == 1; });
  }
  void expectHome(const char* reason, const char* after) {
    const auto check = [&](const Answer& caller, const char* who) {
      ASSERT_TRUE(returned(caller)) << after << ", and this caller still waits: " << who;
      EXPECT_EQ(words(caller.get()), reason) << who << " came home with the wrong reason";
    };
    check(message, "the one that offered a heartbeat");
    check(offered, "the one whose proposal nobody had taken");
    check(answered, "the one whose proposal was taken and not answered");
  }

  Proposal taken;
  Answer message, offered, answered;
};

// INV-FRONT_DOOR-1
TEST_F(SilentDoor, EverybodyComesHomeWhenTheNodeStops) {
  sendThemIn(forever);
  doors.done.close();
  expectHome("raft: stopped", "the node has stopped");
}

// INV-FRONT_DOOR-1
TEST_F(SilentDoor, EverybodyComesHomeWhenTheContextEnds) {
  const auto [ctx, cancel] = csp::withCancel(csp::background());
  sendThemIn(ctx);
  cancel();
  expectHome("context canceled", "the context has ended");
}

// INV-FRONT_DOOR-1
TEST_F(SilentDoor, AVerdictStillArrives) {
  const auto answer = propose(forever);
  doors.propc.recv()->result.send(Errc::ProposalDropped);
  ASSERT_TRUE(returned(answer)) << "the verdict was given, and the proposer still waits";
  EXPECT_EQ(words(answer.get()), "raft proposal dropped");
}

}  // namespace
