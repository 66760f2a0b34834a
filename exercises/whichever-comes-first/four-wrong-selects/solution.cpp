// INV-SELECT-4
TEST(Select, TakesFromBothWhenBothAreReady) {
  const auto left = Channel<int>::make(1);
  const auto right = Channel<int>::make(1);
  int fromLeft = 0;
  int fromRight = 0;
  for (int i = 0; i < 200; ++i) {
    if (left.size() == 0) left.send(i);
    if (right.size() == 0) right.send(i);
    csp::select(recv(left, [&] { ++fromLeft; }), recv(right, [&] { ++fromRight; }));
  }
  EXPECT_GT(fromLeft, 0);
  EXPECT_GT(fromRight, 0);
}

// INV-SELECT-3
TEST(Select, LeavesNoNoteBehind) {
  const auto left = Channel<int>::make(0);
  const auto right = Channel<int>::make(0);
  std::thread sleeper([&] { csp::select(recv(left, [] {}), recv(right, [] {})); });
  csp::waitUntil(
      [&] { return right.waitingReceivers() == 1; });  // it sleeps, with two notes
  left.send(1);
  sleeper.join();
  EXPECT_EQ(right.waitingReceivers(), 0U);
}

// INV-SELECT-2
TEST(Select, OtherwiseOnlyWhenNothingIsReady) {
  const auto ready = Channel<int>::make(1);
  ready.send(7);
  const auto take = [&] {
    return csp::select(recv(ready, [](int v) { return v; }), otherwise([] { return 0; }));
  };
  EXPECT_EQ(take(), 7);
  EXPECT_EQ(take(), 0);
}

// INV-SELECT-4
TEST(Select, MayNameAChannelTwice) {
  const auto twice = Channel<int>::make(1);
  twice.send(7);
  // With an otherwise the select takes all locks at once.
  csp::select(recv(twice, [] {}), recv(twice, [] {}), otherwise([] {}));
  EXPECT_EQ(twice.size(), 0U);
}

}  // namespace
