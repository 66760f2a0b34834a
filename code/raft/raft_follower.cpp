// A follower answers its leader, and sends proposals on to it. Tested by
// raft/raft_election_test.cpp and raft/raft_append_test.cpp.
#include <utility>

#include "raft/raft.hpp"

namespace raft {

using base::Errc;
using raftpb::Message;
using raftpb::MessageType;

// Whatever comes from the leader of this term says that it is alive.
Error Raft::stepFollower(Message& m) {
  switch (m.type) {
    case MessageType::MsgProp:
      return forward(m);
    case MessageType::MsgHeartbeat:
      electionElapsed_ = 0;
      lead_ = m.from;
      handleHeartbeat(m);
      return {};
#if STAGE >= REPLICATION
    case MessageType::MsgApp:
      electionElapsed_ = 0;
      lead_ = m.from;
      handleAppendEntries(m);
      return {};
#endif
    default:
      return {};
  }
}

// The leader's answer goes to nobody: a proposal that is lost on this way is lost in
// silence, and whoever proposed has to notice by itself.
Error Raft::forward(Message& m) {
  if (lead_ == kNone) {
    info(hex(id()), " no leader at term ", term_, "; dropping proposal");
    return Errc::ProposalDropped;
  }
  if (config_.disableProposalForwarding) {
    info(hex(id()), " not forwarding to leader ", hex(lead_), " at term ", term_,
         "; dropping proposal");
    return Errc::ProposalDropped;
  }
  m.to = lead_;
  send(std::move(m));
  return {};
}

void Raft::handleHeartbeat(const Message& m) {
#if STAGE >= REPLICATION
  raftLog_.commitTo(m.commit);
#endif
  send({.type = MessageType::MsgHeartbeatResp, .to = m.from, .context = m.context});
}

}  // namespace raft
