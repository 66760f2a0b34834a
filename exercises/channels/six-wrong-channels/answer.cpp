TEST(MyChannel, ASendAndAReceiveMeet) {
  const auto channel = Channel<int>::make();
  std::jthread sender([&] { channel.send(7); });
  EXPECT_EQ(channel.recv(), 7);
}

// Your turn.

}  // namespace
