// A candidate waits for votes, and gives way to a leader of its own term: somebody else
// has won it. Tested by raft/raft_election_test.cpp.
#include <utility>

#include "raft/raft.hpp"

namespace raft {

using raftpb::Message;
using raftpb::MessageType;

Error Raft::stepCandidate(Message& m) {
  switch (m.type) {
    case MessageType::MsgVoteResp:
      handleVoteResp(m);
      return {};
    case MessageType::MsgApp:
    case MessageType::MsgHeartbeat:
      return giveWay(m);
    case MessageType::MsgProp:
      return forwardProposal(m);
    default:
      return {};
  }
}

Error Raft::giveWay(Message& m) {
  becomeFollower(m.term, m.from);
  return stepFollower(m);
}

}  // namespace raft
