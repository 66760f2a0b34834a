// Done, and gone: what a client is told, and what is on the disk at that moment.
#include <gtest/gtest.h>

#include <string>

#include "raft/rawnode_test.hpp"

namespace {

using raft::Index;
using raft::Ready;
using raft::test::acknowledges;
using raft::test::Application;
using raft::test::leaderAlone;
using raft::test::leaderOfThree;

// A server that applies on another thread, and may be quicker there than its disk: it
// tells its client "done" before it writes.
Ready turn(Application& app) {
  const Ready rd = app.node->ready();
  for (const auto& entry : rd.committedEntries) {
    EXPECT_LE(entry.index, app.storage->lastIndex())
        << "a client was told that entry " << entry.index
        << " is done, and no disk has it";
  }
  app.write(rd);
  app.node->advance(rd);
  return rd;
}

// INV-READY-2
TEST(DoneAndGone, ANodeAloneAppliesOnlyWhatItsDiskHas) {
  Application app = leaderAlone();
  EXPECT_FALSE(app.node->propose("color=blue"));
  EXPECT_FALSE(app.node->propose("size=12"));
  Index applied = 0;
  while (app.node->hasReady()) {
    const Ready rd = turn(app);
    if (!rd.committedEntries.empty()) applied = rd.committedEntries.back().index;
  }
  EXPECT_EQ(applied, 3u) << "nothing is applied at all";
}

// INV-READY-2
TEST(DoneAndGone, AProposalThatComesWhileTheDiskWritesWaitsForItsOwnWrite) {
  Application app = leaderAlone();
  EXPECT_FALSE(app.node->propose("a"));
  const Ready out = app.node->ready();
  EXPECT_FALSE(app.node->propose("b"));
  EXPECT_EQ(app.node->status().hardState.commit, 1u) << "nothing of it is written yet";
  app.write(out);
  app.node->advance(out);
  EXPECT_EQ(app.node->status().hardState.commit, 2u) << "a is written, b is not";
  while (app.node->hasReady()) turn(app);
  EXPECT_EQ(app.node->status().hardState.commit, 3u);
}

// With three nodes it takes a slow disk at the wrong moment.
// INV-READY-2
TEST(DoneAndGone, OneDiskOfThreeIsNoMajority) {
  Application app = leaderOfThree();
  std::ignore = app.node->step(acknowledges(2, 1));
  app.settle();
  EXPECT_FALSE(app.node->propose("a"));
  const Ready out = app.node->ready();  // sent, and not written here yet
  std::ignore = app.node->step(acknowledges(2, 2));
  EXPECT_EQ(app.node->status().hardState.commit, 1u) << "one disk of three has entry 2";
  app.write(out);
  app.node->advance(out);
  EXPECT_EQ(app.node->status().hardState.commit, 2u) << "two disks of three have it";
}

}  // namespace
