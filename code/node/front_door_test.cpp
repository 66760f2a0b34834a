// The front door, with the test as the loop: it holds the other side of every door.
//
// Nothing here sleeps. To know that a thread waits, the tests look for the note it has
// left in a channel. A deadline is the one thing that takes real time.
#include <gtest/gtest.h>

#include <chrono>
#include <future>
#include <string>
#include <thread>
#include <utility>

#include "csp/select.hpp"
#include "csp/wait_until.hpp"
#include "node/node.hpp"
#include "raft/util.hpp"

namespace {

using base::Errc;
using base::Error;
using csp::Context;
using csp::waitUntil;
using node::Doors;
using node::Node;
using node::Proposal;
using raftpb::Message;
using raftpb::MessageType;
using std::chrono::milliseconds;

Message proposal(std::string data) {
  Message m{.type = MessageType::MsgProp};
  m.entries.push_back({.data = std::move(data)});
  return m;
}

class FrontDoor : public testing::Test {
 protected:
  // Calls on a thread of its own, as a client does.
  std::future<Error> propose(Context ctx, std::string data = "color=blue") {
    return std::async(std::launch::async,
                      [this, ctx, data] { return node.propose(ctx, data); });
  }
  std::future<Error> step(Context ctx, Message m) {
    return std::async(std::launch::async, [this, ctx, m] { return node.step(ctx, m); });
  }

  void untilParkedOnPropc() {
    waitUntil([&] { return doors.propc.waitingSenders() == 1; });
  }
  void untilParkedOnRecvc() {
    waitUntil([&] { return doors.recvc.waitingSenders() == 1; });
  }
  // Past the hand-off and asleep again, so in the third select.
  void untilParkedOnResult(const Proposal& taken) {
    waitUntil([&] { return taken.result.waitingReceivers() == 1; });
  }

  // Proposes with ever longer deadlines until the loop gets the proposal before the
  // deadline does its work, however slow this machine is today.
  std::pair<Proposal, std::future<Error>> takenWithADeadline() {
    for (milliseconds patience{10};; patience *= 2) {
      const auto [ctx, cancel] = csp::withTimeout(csp::background(), patience);
      auto verdict = propose(ctx);
      Proposal taken = csp::select(csp::recv(doors.propc, [](Proposal p) { return p; }),
                                   csp::recv(ctx.done(), [] { return Proposal(); }));
      if (taken.result) return {std::move(taken), std::move(verdict)};
      verdict.wait();
    }
  }

  Doors doors;
  Node node{doors};
  Context forever = csp::background();
};

// ---- which door a message takes ----

TEST_F(FrontDoor, ProposalsGoToPropcAndEverythingElseToRecvc) {
  for (int number = 0; number < 24; ++number) {
    const auto type = static_cast<MessageType>(number);
    if (raft::isLocalMsg(type)) continue;

    auto returned = step(forever, {.type = type});
    const bool byPropc = csp::select(csp::recv(doors.propc, [] { return true; }),
                                     csp::recv(doors.recvc, [] { return false; }));

    EXPECT_EQ(byPropc, type == MessageType::MsgProp) << raftpb::name(type);
    EXPECT_EQ(returned.get(), Error());
  }
}

// Whoever they claim to be from: anybody can write the number of a storage thread.
TEST_F(FrontDoor, LocalMessagesFromTheNetworkAreIgnoredWithANilError) {
  for (int number = 0; number < 24; ++number) {
    const auto type = static_cast<MessageType>(number);
    if (!raft::isLocalMsg(type)) continue;
    for (const auto from :
         {raft::NodeId{2}, raft::kLocalAppendThread, raft::kLocalApplyThread}) {
      // Nobody receives on any door: it could not return if it had tried to hand over.
      EXPECT_EQ(node.step(forever, {.type = type, .from = from}), Error())
          << raftpb::name(type);
    }
  }
}

TEST_F(FrontDoor, ACampaignIsAMsgHupToOneself) {
  auto returned = std::async(std::launch::async, [&] { return node.campaign(forever); });
  EXPECT_EQ(doors.recvc.recv(), Message{.type = MessageType::MsgHup});
  EXPECT_EQ(returned.get(), Error());
}

TEST_F(FrontDoor, AProposalCarriesItsDataAsOneEntry) {
  auto verdict = propose(forever, "color=blue");
  const Proposal taken = *doors.propc.recv();
  EXPECT_EQ(taken.message, proposal("color=blue"));
  taken.result.send({});
  EXPECT_EQ(verdict.get(), Error());
}

// ---- first select: a message that is not a proposal ----

// INV-FRONT_DOOR-1
TEST_F(FrontDoor, AMessageThatNobodyTakesIsReleasedByCancel) {
  const auto [ctx, cancel] = csp::withCancel(csp::background());
  auto returned = step(ctx, {.type = MessageType::MsgApp});
  untilParkedOnRecvc();
  cancel();
  EXPECT_EQ(returned.get(), Errc::Canceled);
}

// INV-FRONT_DOOR-1
TEST_F(FrontDoor, AMessageThatNobodyTakesIsReleasedByItsDeadline) {
  const auto [ctx, cancel] = csp::withTimeout(csp::background(), milliseconds(5));
  EXPECT_EQ(node.step(ctx, {.type = MessageType::MsgApp}), Errc::DeadlineExceeded);
}

// INV-FRONT_DOOR-1
TEST_F(FrontDoor, AMessageThatNobodyTakesIsReleasedByTheStop) {
  auto returned = step(forever, {.type = MessageType::MsgApp});
  untilParkedOnRecvc();
  doors.done.close();
  EXPECT_EQ(returned.get(), Errc::Stopped);
}

// ---- second select: a proposal on its way in ----

// INV-FRONT_DOOR-1
TEST_F(FrontDoor, AProposalThatNobodyTakesIsReleasedByCancel) {
  const auto [ctx, cancel] = csp::withCancel(csp::background());
  auto verdict = propose(ctx);
  untilParkedOnPropc();
  cancel();
  EXPECT_EQ(verdict.get(), Errc::Canceled);
}

// INV-FRONT_DOOR-1
TEST_F(FrontDoor, AProposalThatNobodyTakesIsReleasedByItsDeadline) {
  const auto [ctx, cancel] = csp::withTimeout(csp::background(), milliseconds(5));
  EXPECT_EQ(node.propose(ctx, "color=blue"), Errc::DeadlineExceeded);
}

// INV-FRONT_DOOR-1
TEST_F(FrontDoor, AProposalThatNobodyTakesIsReleasedByTheStop) {
  auto verdict = propose(forever);
  untilParkedOnPropc();
  doors.done.close();
  EXPECT_EQ(verdict.get(), Errc::Stopped);
}

// ---- third select: a proposal that was taken, and not answered ----

// INV-FRONT_DOOR-1
TEST_F(FrontDoor, AProposalThatNobodyAnswersIsReleasedByCancel) {
  const auto [ctx, cancel] = csp::withCancel(csp::background());
  auto verdict = propose(ctx);
  const Proposal taken = *doors.propc.recv();
  untilParkedOnResult(taken);
  cancel();
  EXPECT_EQ(verdict.get(), Errc::Canceled);
}

// INV-FRONT_DOOR-1
TEST_F(FrontDoor, AProposalThatNobodyAnswersIsReleasedByItsDeadline) {
  auto [taken, verdict] = takenWithADeadline();
  EXPECT_EQ(verdict.get(), Errc::DeadlineExceeded);
}

// INV-FRONT_DOOR-1
TEST_F(FrontDoor, AProposalThatNobodyAnswersIsReleasedByTheStop) {
  auto verdict = propose(forever);
  const Proposal taken = *doors.propc.recv();
  untilParkedOnResult(taken);
  doors.done.close();
  EXPECT_EQ(verdict.get(), Errc::Stopped);
}

// INV-FRONT_DOOR-1
TEST_F(FrontDoor, AProposalIsReleasedByItsVerdict) {
  for (const Error said : {Error(), Error(Errc::ProposalDropped)}) {
    auto verdict = propose(forever);
    const Proposal taken = *doors.propc.recv();
    untilParkedOnResult(taken);
    taken.result.send(said);
    EXPECT_EQ(verdict.get(), said);
  }
}

// ---- the buffer of one ----

// INV-FRONT_DOOR-2
TEST_F(FrontDoor, AnswersAProposerThatHasWalkedAwayWithoutWaiting) {
  const auto [ctx, cancel] = csp::withCancel(csp::background());
  auto verdict = propose(ctx);
  const Proposal taken = *doors.propc.recv();
  cancel();
  EXPECT_EQ(verdict.get(), Errc::Canceled);  // gone: nobody will ever receive the verdict

  taken.result.send({});  // returns all the same
  EXPECT_EQ(taken.result.size(), 1u);
}

// INV-FRONT_DOOR-2
TEST_F(FrontDoor, TheResultChannelHasRoomForOneVerdict) {
  auto verdict = propose(forever);
  const Proposal taken = *doors.propc.recv();
  EXPECT_EQ(taken.result.capacity(), 1u);
  taken.result.send({});
  EXPECT_EQ(verdict.get(), Error());
}

// INV-FRONT_DOOR-2
TEST_F(FrontDoor, AProposalSteppedWithoutWaitingHasNoResultChannel) {
  auto returned = step(forever, proposal("color=blue"));
  EXPECT_FALSE(doors.propc.recv()->result);
  EXPECT_EQ(returned.get(), Error());  // with no verdict given
}

// ---- at most once ----

// INV-FRONT_DOOR-3
TEST_F(FrontDoor, AProposalRefusedAtTheDoorWasNeverHandedOver) {
  const auto [ctx, cancel] = csp::withCancel(csp::background());
  auto verdict = propose(ctx);
  untilParkedOnPropc();
  cancel();
  EXPECT_EQ(verdict.get(), Errc::Canceled);

  const bool leftBehind = csp::select(csp::recv(doors.propc, [] { return true; }),
                                      csp::otherwise([] { return false; }));
  EXPECT_FALSE(leftBehind);
}

// INV-FRONT_DOOR-3
TEST_F(FrontDoor, AProposalIsHandedOverOnce) {
  auto verdict = propose(forever);
  const Proposal taken = *doors.propc.recv();
  taken.result.send({});
  EXPECT_EQ(verdict.get(), Error());
  EXPECT_EQ(doors.propc.waitingSenders(), 0u);
}

// INV-FRONT_DOOR-3
TEST_F(FrontDoor, GivingUpAfterTheHandOffDoesNotTakeTheProposalBack) {
  const auto [ctx, cancel] = csp::withCancel(csp::background());
  auto verdict = propose(ctx, "color=blue");
  const Proposal taken = *doors.propc.recv();
  cancel();
  EXPECT_EQ(verdict.get(), Errc::Canceled);
  EXPECT_EQ(taken.message, proposal("color=blue"));  // the loop's, to append as it likes
}

// A call whose context ended before it came may still be served. When the loop is there
// and the context is over, two cases are ready, and select owes neither of them anything.
// But what the call says is what happened. INV-FRONT_DOOR-3
TEST_F(FrontDoor, AnEndedContextIsEitherRefusedOrServedAndTheCallSaysWhich) {
  const auto [ctx, cancel] = csp::withCancel(csp::background());
  cancel();
  for (int i = 0; i < 200; ++i) {
    const auto over = csp::Channel<Error>::make(1);
    std::thread proposer([&] { over.send(node.step(ctx, proposal("late"))); });
    csp::select(csp::recv(doors.propc, [&] { EXPECT_EQ(over.recv(), Error()); }),
                csp::recv(over, [](Error said) { EXPECT_EQ(said, Errc::Canceled); }));
    proposer.join();
  }
}

// ---- what nil means ----

// INV-FRONT_DOOR-4
TEST_F(FrontDoor, WithWaitNilComesFromTheVerdictNotFromTheHandOff) {
  auto verdict = propose(forever);
  const Proposal taken = *doors.propc.recv();
  untilParkedOnResult(taken);  // the hand-off alone does not release it
  taken.result.send({});
  EXPECT_EQ(verdict.get(), Error());
}

// INV-FRONT_DOOR-4
TEST_F(FrontDoor, WithoutWaitNilSaysOnlyThatTheLoopHasIt) {
  auto returned = step(forever, proposal("color=blue"));
  const Proposal taken = *doors.propc.recv();
  EXPECT_EQ(returned.get(), Error());  // before anything was done with it
}

// A verdict may be ready and the node stopped at the same time. Then either is the
// answer.
TEST_F(FrontDoor, AStopMayOvertakeAVerdict) {
  auto verdict = propose(forever);
  const Proposal taken = *doors.propc.recv();
  taken.result.send({});
  doors.done.close();
  const Error said = verdict.get();
  EXPECT_TRUE(said == Error() || said == Errc::Stopped) << said.message();
}

}  // namespace
