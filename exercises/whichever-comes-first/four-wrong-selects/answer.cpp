TEST(Select, TakesWhatIsReady) {
  const auto ready = Channel<int>::make(1);
  const Channel<int> off;
  ready.send(7);
  const int value =
      csp::select(recv(ready, [](int v) { return v; }), recv(off, [](int) { return 0; }));
  EXPECT_EQ(value, 7);
}

// Your turn.

}  // namespace
