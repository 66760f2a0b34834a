#include "base/error.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace {

using base::Errc;
using base::Error;

TEST(Error, DefaultIsNoRefusal) {
  EXPECT_FALSE(Error());
}

TEST(Error, IsMadeFromAName) {
  const Error error = Errc::Canceled;
  EXPECT_TRUE(error);
  EXPECT_EQ(error, Errc::Canceled);
  EXPECT_NE(error, Errc::DeadlineExceeded);
}

TEST(Error, SpeaksTheTextsOfGoAndEtcd) {
  EXPECT_EQ(Error(Errc::Canceled).message(), "context canceled");
  EXPECT_EQ(Error(Errc::DeadlineExceeded).message(), "context deadline exceeded");
#if STAGE >= FRONT_DOOR
  EXPECT_EQ(Error(Errc::ProposalDropped).message(), "raft proposal dropped");
  EXPECT_EQ(Error(Errc::Stopped).message(), "raft: stopped");
#endif
}

TEST(Error, EveryNameHasATextOfItsOwn) {
  std::set<std::string> texts;
  int names = 0;
  while (base::raftCategory().message(names + 1).rfind("unknown error", 0) != 0) {
    texts.insert(base::raftCategory().message(++names));
  }
  EXPECT_EQ(texts.size(), static_cast<std::size_t>(names));
  EXPECT_GE(names, 2);
}

TEST(Error, SaysSoWhenItKnowsNoText) {
  EXPECT_EQ(base::raftCategory().message(999), "unknown error 999");
}

}  // namespace
