// A leader and the messages it takes. What it does with the log stands in
// raft_replicate.cpp. Tested by raft/raft_election_test.cpp.
#include <algorithm>
#include <utility>

#include "raft/raft.hpp"

namespace raft {

using base::Errc;
using raftpb::Message;
using raftpb::MessageType;

Error Raft::stepLeader(Message m) {
  switch (m.type) {
    case MessageType::MsgBeat:
      bcastHeartbeat();
      return {};
    case MessageType::MsgProp:
#if STAGE >= REPLICATION
      return handleProposal(std::move(m));
    default:
      stepProgress(m);
      return {};
#else
      return Errc::ProposalDropped;
    default:
      return {};
#endif
  }
}

// The order of ids is the order of sending, here and everywhere: the same run twice sends
// the same messages twice.
void Raft::bcastHeartbeat() {
  for (const NodeId member : trk_.memberNodes()) {
    if (member != id()) sendHeartbeat(member);
  }
}

#if STAGE >= REPLICATION
// A follower may be told of a commit only as far as its log is known to equal ours: above
// that it may hold entries that will be replaced.
void Raft::sendHeartbeat(NodeId to) {
  tracker::Progress& pr = *trk_.find(to);
  const Index commit = std::min(pr.match(), raftLog_.committed());
  send({.type = MessageType::MsgHeartbeat, .to = to, .commit = commit});
  pr.sentCommit(commit);
}
#else
void Raft::sendHeartbeat(NodeId to) {
  send({.type = MessageType::MsgHeartbeat, .to = to});
}
#endif

#if STAGE >= REPLICATION
// After an election the followers learn of it by the first MsgApp.
void Raft::announce() {
  bcastAppend();
}
#else
// After an election the followers learn of it at once, not only at the next heartbeat.
void Raft::announce() {
  bcastHeartbeat();
}
#endif

}  // namespace raft
