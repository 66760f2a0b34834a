// A leader's storage is compacted, and two followers ask for what is no longer there.
#include <memory>
#include <string>

#include "base/text.hpp"
#include "raft/log.hpp"
#include "raft/log_test.hpp"
#include "raft/memory_storage.hpp"
#include "strips.hpp"

using base::text;
using raft::entriesAt;
using raft::Index;
using raft::MemoryStorage;
using raft::RaftLog;
using raft::Result;
using raft::Term;

namespace {

// The leader has to send what comes after `match`: is the entry before it still known?
void serve(scenes::Strips& play, const RaftLog& log, const std::string& follower,
           Index match) {
  play.send(follower, "leader", text("I have up to ", match));
  const Result<Term> term = log.term(match);
  if (!term) {
    play.note("leader", text("term(", match, "): ", term.error().message()));
    play.send("leader", follower, "MsgSnap 4/t2");
    return;
  }
  play.note("leader", text("term(", match, ") is ", *term));
  play.send("leader", follower, text("MsgApp after ", match, "/t", *term, ": 5, 6"));
}

}  // namespace

int main() {
  scenes::Strips play("A compaction, and two followers", {{"leader", "leader", "leader"},
                                                          {"close", "node 2", "follower"},
                                                          {"far", "node 3", "follower"}});
  const auto storage = std::make_shared<MemoryStorage>();
  storage->append(entriesAt(1, {1, 1, 2, 2, 3, 3}));
  RaftLog log(storage, raft::silent());
  log.commitTo(5);
  log.acceptApplying(5, 0, true);
  log.appliedTo(5, 0);
  play.log("leader", log);

  (void)storage->createSnapshot(4, std::nullopt, "the state at 4");
  play.note("leader", "createSnapshot(4): nothing is gone");
  play.log("leader", log);
  (void)storage->compact(4);
  play.note("leader", text("compact(4): firstIndex ", storage->firstIndex(),
                           ", term(4) is still ", *storage->term(4)));
  play.log("leader", log);

  serve(play, log, "close", 4);
  serve(play, log, "far", 2);
  play.print();
}
