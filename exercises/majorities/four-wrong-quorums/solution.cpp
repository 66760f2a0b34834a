// INV-QUORUM-1
TEST(Quorum, HalfOfFourIsNoMajority) {
  const MajorityConfig voters = {1, 2, 3, 4};
  EXPECT_EQ(voters.committedIndex(in(Acks{{1, 5}, {2, 5}, {3, 0}, {4, 0}})), 0U);
  EXPECT_EQ(voters.committedIndex(in(Acks{{1, 5}, {2, 5}, {3, 2}, {4, 0}})), 2U);
}

// INV-QUORUM-1
TEST(Quorum, SilenceIsNoAcknowledgement) {
  const MajorityConfig voters = {1, 2, 3};
  EXPECT_EQ(voters.committedIndex(in(Acks{{1, 5}})), 0U);
}

// INV-QUORUM-3
TEST(Quorum, FourOfSixAreNoQuorumOfTwoHalves) {
  const JointConfig voters = {{1, 2, 3}, {4, 5, 6}};
  EXPECT_EQ(voters.committedIndex(in(Acks{{1, 5}, {2, 5}, {3, 5}, {4, 5}})), 0U);
}

// INV-QUORUM-3
TEST(Quorum, AHalfThatIsLostEndsTheVote) {
  const JointConfig voters = {{1, 2, 3}, {4, 5, 6}};
  EXPECT_EQ(voters.voteResult(
                in(Votes{{1, true}, {2, true}, {3, true}, {4, false}, {5, false}})),
            VoteLost);
}

}  // namespace
