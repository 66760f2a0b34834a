// INV-MESSAGES-3
TEST(Reader, BelievesNoLength) {
  Message m;
  for (const std::string& length : {"\x7f"s, "\x80\x80\x80\x80\x80\x80\x80\x80\x80\x01"s,
                                    "\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"s}) {
    EXPECT_EQ(unmarshal("\x62" + length + "note", m), Errc::UnexpectedEof);
  }
}

// INV-MESSAGES-2
TEST(Reader, SkipsTheFuture) {
  Message m;
  EXPECT_EQ(unmarshal(field(15, "x") + "\x20\x05", m), Error());
  EXPECT_EQ(m.term, 5u) << "what comes behind the unknown field counts";
}

// INV-MESSAGES-3
TEST(Reader, LeavesTheTargetAloneWhenItRefuses) {
  HardState target = {.term = 9};
  EXPECT_EQ(unmarshal("\x08\x01\x10", target), Errc::UnexpectedEof);
  EXPECT_EQ(target, (HardState{.term = 9}));
}

// INV-MESSAGES-3
TEST(Reader, SeesWhatIsWrongInside) {
  Message m;
  EXPECT_EQ(unmarshal(field(7, "\x22\x05x"), m), Errc::UnexpectedEof);
}

}  // namespace
