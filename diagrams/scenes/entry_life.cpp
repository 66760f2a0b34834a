// One entry, from the leader's append to the application's state.
#include <memory>

#include "base/text.hpp"
#include "raft/log.hpp"
#include "raft/log_test.hpp"
#include "strips.hpp"

using base::text;
using raft::entriesAt;
using raft::EntryId;
using raft::RaftLog;
using raft::TestStorage;

namespace {

std::string unstable(const RaftLog& log) {
  return text("offset ", log.unstable().offset(), ", offsetInProgress ",
              log.unstable().offsetInProgress());
}

std::string cursors(const RaftLog& log) {
  return text("committed ", log.committed(), ", applying ", log.applying(), ", applied ",
              log.applied());
}

}  // namespace

int main() {
  scenes::Strips play("The life of entry 3",
                      {{"log", "RaftLog"}, {"app", "application"}, {"disk", "Storage"}});
  const auto disk = std::make_shared<TestStorage>(EntryId(), entriesAt(1, {1, 1}));
  RaftLog log(disk, raft::silent());
  log.commitTo(2);
  log.acceptApplying(2, 0, true);
  log.appliedTo(2, 0);

  log.append(entriesAt(3, {1}));
  play.log("log", log);
  play.log("disk", *disk, log.committed());
  play.note("log", "unstable: " + unstable(log));

  const raftpb::Entries toWrite = log.nextUnstableEnts();
  log.acceptUnstable();
  play.send("log", "app", "Ready: write 3");
  play.note("log", "in progress: " + unstable(log));
  play.send("app", "disk", "append 3");
  disk->append(toWrite);
  play.log("disk", *disk, log.committed());
  play.send("app", "log", "stableTo 3/t1");
  log.stableTo(raft::entryId(toWrite.back()));
  play.note("log", "stable: " + unstable(log));

  log.maybeCommit({.term = 1, .index = 3});
  play.log("log", log);
  play.note("log", cursors(log));
  const raftpb::Entries toApply = log.nextCommittedEnts(false);
  log.acceptApplying(toApply.back().index, raftpb::entriesSize(toApply), false);
  play.send("log", "app", "Ready: apply 3");
  play.note("log", cursors(log));
  play.send("app", "log", "appliedTo 3");
  log.appliedTo(3, raftpb::entriesSize(toApply));
  play.note("log", cursors(log));
  play.print();
}
