// The three sets of message types. Tested by raft/message_kinds_test.cpp.
#include "raft/message_kinds.hpp"

namespace raft {

using enum raftpb::MessageType;

bool isAboutVotes(raftpb::MessageType type) {
  switch (type) {
    case MsgVote:
    case MsgVoteResp:
    case MsgPreVote:
    case MsgPreVoteResp:
      return true;
    default:
      return false;
  }
}

bool isForAnyTerm(raftpb::MessageType type) {
  switch (type) {
    case MsgProp:
    case MsgReadIndex:
      return true;
    default:
      return false;
  }
}

bool isPromise(raftpb::MessageType type) {
  switch (type) {
    case MsgAppResp:
    case MsgVoteResp:
    case MsgPreVoteResp:
      return true;
    default:
      return false;
  }
}

}  // namespace raft
