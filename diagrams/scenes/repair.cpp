// A follower's log is contradicted by a new leader: found, cut, replaced, written over.
#include <memory>

#include "base/text.hpp"
#include "raft/log.hpp"
#include "raft/log_test.hpp"
#include "strips.hpp"

using base::text;
using raft::entriesAt;
using raft::EntryId;
using raft::LogSlice;
using raft::RaftLog;
using raft::TestStorage;

int main() {
  scenes::Strips play("A follower's log is repaired",
                      {{"leader", "leader", "leader"},
                       {"follower", "follower", "follower"},
                       {"disk", "its disk"}});

  RaftLog leader(std::make_shared<TestStorage>(EntryId(), entriesAt(1, {1, 1, 3, 3, 4})),
                 raft::silent());
  leader.commitTo(2);
  const auto disk = std::make_shared<TestStorage>(EntryId(), entriesAt(1, {1, 1, 2}));
  RaftLog follower(disk, play.logger("follower"));
  follower.append(entriesAt(4, {2, 2}));
  follower.commitTo(2);
  play.note("leader", "term 4");
  play.log("leader", leader);
  play.log("follower", follower);
  play.log("disk", *disk, follower.committed());

  // The leader's first guess: that the follower has all that it had itself.
  const EntryId guess{.term = 3, .index = 4};
  play.send("leader", "follower", "MsgApp after 4/t3: 5");
  if (!follower.matchTerm(guess)) {
    const EntryId hint = follower.findConflictByTerm(guess.index, guess.term);
    play.note("follower", text("no such entry: at 4 the term is ", hint.term));
    play.send("follower", "leader", text("no, try ", hint.index, "/t", hint.term));

    const EntryId prev = leader.findConflictByTerm(hint.index, hint.term);
    play.note("leader", text("the last entry of term ", hint.term,
                             " or older that we have is ", prev.index));
    play.send("leader", "follower",
              text("MsgApp after ", prev.index, "/t", prev.term, ": 3 to 5"));
    follower.maybeAppend(
        LogSlice{.term = 4,
                 .prev = prev,
                 .entries = *leader.entries(prev.index + 1, raft::kNoLimit)},
        leader.committed());
  }
  play.log("follower", follower);
  play.note("disk", "entry 3 is still the old one");

  const raftpb::Entries next = follower.nextUnstableEnts();
  follower.acceptUnstable();
  play.send("follower", "disk", "write 3 to 5");
  disk->append(next);
  play.log("disk", *disk, follower.committed());
  play.send("disk", "follower", "written: 5/t4");
  follower.stableTo(raft::entryId(next.back()));
  play.send("follower", "leader", "yes, up to 5");
  leader.maybeCommit({.term = 4, .index = 5});
  play.log("leader", leader);
  play.print();
}
