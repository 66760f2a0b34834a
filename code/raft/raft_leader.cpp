// A leader keeps its seat by being heard: a heartbeat every heartbeatTick ticks, to all
// who receive the log (§5.2). It takes proposals, and answers about its followers'
// logs; what it does with those stands in raft_replicate.cpp.
//
// Tested by raft/raft_election_test.cpp.
#include <algorithm>
#include <tuple>
#include <utility>

#include "raft/raft.hpp"

namespace raft {

using base::Errc;
using raftpb::Message;
using raftpb::MessageType;

Error Raft::stepLeader(Message& m) {
  switch (m.type) {
    case MessageType::MsgBeat:
      bcastHeartbeat();
      return {};
#if STAGE >= REPLICATION
    case MessageType::MsgProp:
      return handleProposal(m);
    default:
      return stepProgress(m);
#else
    case MessageType::MsgProp:
      return Errc::ProposalDropped;
    default:
      return {};
#endif
  }
}

void Raft::tickHeartbeat() {
  ++electionElapsed_;
  if (electionElapsed_ >= config_.electionTick) electionElapsed_ = 0;
  auto& heartbeatElapsed = as<Leader>().heartbeatElapsed;
  if (++heartbeatElapsed < config_.heartbeatTick) return;
  heartbeatElapsed = 0;
  std::ignore = step({.type = MessageType::MsgBeat, .from = id()});
}

// The order of ids is the order of sending, here and everywhere: the same run twice sends
// the same messages twice.
void Raft::bcastHeartbeat() {
  for (const NodeId member : trk_.memberNodes()) {
    if (member != id()) sendHeartbeat(member, {});
  }
}

// The context comes back with the answer.
void Raft::sendHeartbeat(NodeId to, const base::Bytes& context) {
  Message m{.type = MessageType::MsgHeartbeat, .to = to, .context = context};
#if STAGE >= REPLICATION
  // A follower may be told of a commit only as far as its log is known to equal ours:
  // above that it may hold entries that will be replaced.
  tracker::Progress& pr = *trk_.find(to);
  m.commit = std::min(pr.match(), raftLog_.committed());
  pr.sentCommit(m.commit);
#endif
  send(std::move(m));
}

}  // namespace raft
