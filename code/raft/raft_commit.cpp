// When an entry is committed (§5.3, §5.4.2). Tested by raft/raft_commit_test.cpp.
#include "raft/raft.hpp"

namespace raft {

// Moves the commit index to what a quorum holds; true if it moved. Only an entry of our
// own term may be counted (§5.4.2, Figure 8): an older one can be on a majority and still
// be overwritten. It is committed by standing below one of ours.
bool Raft::maybeCommit() {
  const Index candidate = trk_.config.voters.committedIndex(
      [this](NodeId id) { return trk_.progress.at(id).match(); });
  return raftLog_.maybeCommit({.term = term_, .index = candidate});
}

// Who has just acknowledged may not know how far the commit index is; when it moved,
// nobody does. Heartbeats would tell them too, later.
void Raft::spreadCommit(NodeId from, tracker::Progress& pr) {
  if (maybeCommit()) {
    bcastAppend();
  } else if (from != id() && pr.canBumpCommit(raftLog_.committed())) {
    sendAppend(from, pr);
  }
}

}  // namespace raft
