// INV-FRONT_DOOR-1, INV-FRONT_DOOR-4
TEST_F(Door, ReturnsTheVerdictWhateverItIs) {
  for (const Error said : {Error(), Error(Errc::ProposalDropped)}) {
    const auto answer = propose(forever);
    const Proposal taken = *doors.propc.recv();
    ASSERT_EQ(taken.result.capacity(), 1u) << "INV-FRONT_DOOR-2: room for one verdict";
    taken.result.send(said);
    ASSERT_TRUE(returned(answer)) << "the verdict was given, and propose still waits";
    EXPECT_EQ(answer.get(), said);
  }
}

// INV-FRONT_DOOR-1
TEST_F(Door, AnOfferEndsWithItsContext) {
  const auto [ctx, cancel] = csp::withCancel(csp::background());
  const auto answer = propose(ctx);
  cancel();
  ASSERT_TRUE(returned(answer)) << "nobody takes the offer and its context has ended";
  EXPECT_EQ(answer.get(), Errc::Canceled);
}

// INV-FRONT_DOOR-1
TEST_F(Door, AnOfferEndsWithTheNode) {
  const auto answer = propose(forever);
  doors.done.close();
  ASSERT_TRUE(returned(answer)) << "nobody takes the offer and the node has stopped";
  EXPECT_EQ(answer.get(), Errc::Stopped);
}

// INV-FRONT_DOOR-1
TEST_F(Door, AWaitForAVerdictEndsWithTheNode) {
  const auto answer = propose(forever);
  const Proposal taken = *doors.propc.recv();
  doors.done.close();
  ASSERT_TRUE(returned(answer)) << "nobody will answer any more";
  EXPECT_EQ(answer.get(), Errc::Stopped);
}

// INV-FRONT_DOOR-1
TEST_F(Door, AWaitForAVerdictEndsWithItsContext) {
  const auto [ctx, cancel] = csp::withCancel(csp::background());
  const auto answer = propose(ctx);
  const Proposal taken = *doors.propc.recv();
  cancel();
  ASSERT_TRUE(returned(answer)) << "taken, not answered, and its context has ended";
  EXPECT_EQ(answer.get(), Errc::Canceled);
}

// INV-FRONT_DOOR-4
TEST_F(Door, StepReturnsAtTheHandOff) {
  Message m{.type = MessageType::MsgProp};
  m.entries.push_back({.data = "color=blue"});
  const auto answer = step(forever, m);
  const Proposal taken = *doors.propc.recv();
  EXPECT_FALSE(taken.result) << "step does not wait for a verdict";
  ASSERT_TRUE(returned(answer)) << "step waits, and nobody will answer it";
  EXPECT_EQ(answer.get(), Error());
}

TEST_F(Door, AHeartbeatIsNoProposal) {
  const auto [ctx, cancel] = csp::withCancel(csp::background());
  const auto answer = step(ctx, {.type = MessageType::MsgHeartbeat, .from = 2});
  const bool byRecvc = csp::select(csp::recv(doors.recvc, [] { return true; }),
                                   csp::recv(doors.propc, [] { return false; }));
  EXPECT_TRUE(byRecvc) << "a heartbeat must not wait for a leader: it comes from one";
  ASSERT_TRUE(returned(answer));
}

TEST_F(Door, ATimerOfAnotherNodeIsIgnored) {
  const auto answer = step(forever, {.type = MessageType::MsgHup, .from = 2});
  ASSERT_TRUE(returned(answer)) << "a local message from the network was let in";
  EXPECT_EQ(answer.get(), Error());
}

}  // namespace
