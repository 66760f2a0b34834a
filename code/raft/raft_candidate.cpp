// A candidate waits for votes, and gives way to a leader of its own term: somebody else
// has won it. Tested by raft/raft_election_test.cpp.
#include <utility>

#include "raft/raft.hpp"

namespace raft {

using base::Errc;
using raftpb::Message;
using raftpb::MessageType;

Error Raft::stepCandidate(Message& m) {
  switch (m.type) {
    case MessageType::MsgVoteResp:
      poll(m);
      return {};
    case MessageType::MsgApp:
    case MessageType::MsgHeartbeat:
      becomeFollower(m.term, m.from);
      return stepFollower(m);
    case MessageType::MsgProp:
      info(hex(id()), " no leader at term ", term_, "; dropping proposal");
      return Errc::ProposalDropped;
    default:
      return {};
  }
}

}  // namespace raft
