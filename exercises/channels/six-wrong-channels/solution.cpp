TEST(MyChannel, WhoWaitsLongestIsServedFirst) {
  const auto channel = Channel<int>::make();
  std::vector<std::jthread> senders;
  for (std::size_t i = 1; i <= 2; ++i) {
    senders.emplace_back([&, i] { channel.send(static_cast<int>(i)); });
    waitUntil([&] { return channel.waitingSenders() == i; });
  }
  EXPECT_EQ(channel.recv(), 1);
  EXPECT_EQ(channel.recv(), 2);
}

TEST(MyChannel, ACloseLosesNothing) {
  const auto channel = Channel<int>::make(2);
  channel.send(1);
  channel.send(2);
  channel.close();
  EXPECT_EQ(channel.recv(), 1);
  EXPECT_EQ(channel.recv(), 2);
  EXPECT_EQ(channel.recv(), std::nullopt);
}

TEST(MyChannel, ACloseWakesEverybody) {
  const auto channel = Channel<int>::make();
  std::vector<std::jthread> receivers;
  for (int i = 0; i < 2; ++i) receivers.emplace_back([&] { channel.recv(); });
  waitUntil([&] { return channel.waitingReceivers() == 2; });
  channel.close();  // a receiver that sleeps on keeps this test from finishing
}

TEST(MyChannel, AParkedSenderMovesUp) {
  const auto channel = Channel<int>::make(1);
  channel.send(1);
  std::jthread sender([&] { channel.send(2); });
  waitUntil([&] { return channel.waitingSenders() == 1; });
  EXPECT_EQ(channel.recv(), 1);
  EXPECT_EQ(channel.size(), 1U);
  EXPECT_EQ(channel.recv(), 2);
}

TEST(MyChannel, AnUnbufferedSendWaitsForItsReceiver) {
  const auto channel = Channel<int>::make();
  std::atomic<bool> returned = false;
  std::jthread sender([&] {
    channel.send(1);
    returned = true;
  });
  waitUntil([&] { return channel.waitingSenders() == 1 || returned; });
  EXPECT_FALSE(returned);
  EXPECT_EQ(channel.recv(), 1);
}

TEST(MyChannel, ASendGoesToTheReceiverThatWaits) {
  const auto channel = Channel<int>::make(1);
  std::optional<int> got;
  {
    std::jthread receiver([&] { got = channel.recv(); });
    waitUntil([&] { return channel.waitingReceivers() == 1; });
    channel.send(1);
    EXPECT_EQ(channel.size(), 0U)
        << "the value lies in the buffer, and a receiver sleeps";
  }
  EXPECT_EQ(got, 1);
}

}  // namespace
