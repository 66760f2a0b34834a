TEST_F(Door, AnswersAProposer) {
  const auto answer = propose(forever);
  const Proposal taken = *doors.propc.recv();
  taken.result.send(Error());
  ASSERT_TRUE(returned(answer)) << "the verdict was given, and propose still waits";
  EXPECT_EQ(answer.get(), Error());
}

// Your turn.

}  // namespace
