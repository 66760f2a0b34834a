// A follower answers its leader, and sends proposals on to it. Tested by
// raft/raft_election_test.cpp and raft/raft_append_test.cpp.
#include <utility>

#include "raft/raft.hpp"

namespace raft {

using base::Errc;
using raftpb::Message;
using raftpb::MessageType;

Error Raft::stepFollower(Message& m) {
  switch (m.type) {
    case MessageType::MsgProp:
      return forwardProposal(m);
    case MessageType::MsgHeartbeat:
      handleHeartbeat(m);
      return {};
#if STAGE >= REPLICATION
    case MessageType::MsgApp:
      handleAppendEntries(m);
      return {};
#endif
    default:
      return {};
  }
}

// Whatever comes from the leader of this term says that it is alive.
void Raft::heardFromLeader(NodeId leader) {
  electionElapsed_ = 0;
  as<Follower>().lead = leader;
}

void Raft::handleHeartbeat(const Message& m) {
  heardFromLeader(m.from);
#if STAGE >= REPLICATION
  raftLog_.commitTo(m.commit);
#endif
  send({.type = MessageType::MsgHeartbeatResp, .to = m.from, .context = m.context});
}

// The leader's answer goes to nobody: a proposal that is lost on this way is lost in
// silence, and whoever proposed has to notice by itself.
Error Raft::forwardProposal(Message& m) {
  if (lead() != kNone && config_.disableProposalForwarding) {
    info(hex(id()), " not forwarding to leader ", hex(lead()), " at term ", term_,
         "; dropping proposal");
    return Errc::ProposalDropped;
  }
  return forward(m, "proposal") ? Error() : Errc::ProposalDropped;
}

// False: there is nobody to send it to. `what` is its name in the log line.
bool Raft::forward(Message& m, std::string_view what) {
  if (lead() == kNone) {
    info(hex(id()), " no leader at term ", term_, "; dropping ", what);
    return false;
  }
  m.to = lead();
  send(std::move(m));
  return true;
}

}  // namespace raft
