// A Config that can't work is answered with etcd's sentence.
#include "raft/validate.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "raft/memory_storage.hpp"

namespace raft {
namespace {

Config good() {
  return {.id = 1, .storage = std::make_shared<MemoryStorage>()};
}

TEST(Validate, HasNothingToSayAboutTheDefaults) {
  EXPECT_EQ(validate(good()), "");
}

TEST(Validate, NamesWhatIsWrong) {
  struct Case {
    void (*spoil)(Config&);
    std::string_view complaint;
  };
  const Case cases[] = {
      {[](Config& c) { c.id = kNone; }, "cannot use none as id"},
      {[](Config& c) { c.id = kLocalAppendThread; }, "cannot use local target as id"},
      {[](Config& c) { c.id = kLocalApplyThread; }, "cannot use local target as id"},
      {[](Config& c) { c.heartbeatTick = 0; }, "heartbeat tick must be greater than 0"},
      {[](Config& c) { c.electionTick = c.heartbeatTick; },
       "election tick must be greater than heartbeat tick"},
      {[](Config& c) { c.storage = nullptr; }, "storage cannot be nil"},
      {[](Config& c) { c.maxInflightMsgs = 0; },
       "max inflight messages must be greater than 0"},
      {[](Config& c) {
         c.maxSizePerMsg = 100;
         c.maxInflightBytes = 99;
       },
       "max inflight bytes must be >= max message size"},
  };
  for (const Case& c : cases) {
    Config config = good();
    c.spoil(config);
    EXPECT_EQ(validate(config), c.complaint);
  }
}

TEST(Validate, AllowsRoomForOneMessageOnTheWay) {
  Config config = good();
  config.maxSizePerMsg = config.maxInflightBytes = 100;
  EXPECT_EQ(validate(config), "");
}

TEST(Validate, ReadsZeroAsNoLimit) {
  const Config full = withDefaults({.maxSizePerMsg = 100});
  constexpr auto kMost = std::numeric_limits<std::uint64_t>::max();
  EXPECT_EQ(full.maxUncommittedEntriesSize, kMost);
  EXPECT_EQ(full.maxInflightBytes, kMost);
  EXPECT_EQ(full.maxCommittedSizePerReady, 100u) << "as much as a message";
}

// No bytes at all is the smallest limit of a message, and the first entry passes it.
TEST(Validate, OneEntryAMessageIsOneEntryAReady) {
  EXPECT_EQ(withDefaults({.maxSizePerMsg = 0}).maxCommittedSizePerReady, 1u);
  EXPECT_EQ(withDefaults({.maxSizePerMsg = 1}).maxCommittedSizePerReady, 1u);
}

TEST(Validate, LeavesLimitsThatAreNumbersAlone) {
  const Config full = withDefaults({.maxSizePerMsg = 100,
                                    .maxCommittedSizePerReady = 7,
                                    .maxUncommittedEntriesSize = 8,
                                    .maxInflightBytes = 900});
  EXPECT_EQ(full.maxUncommittedEntriesSize, 8u);
  EXPECT_EQ(full.maxInflightBytes, 900u);
  EXPECT_EQ(full.maxCommittedSizePerReady, 7u);
}

}  // namespace
}  // namespace raft
