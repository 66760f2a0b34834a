// The follower's side of the log: take what fits, refuse what doesn't, with a hint where
// it might (§5.3). Tested by raft/raft_append_test.cpp and raft/raft_hint_test.cpp.
#include <algorithm>
#include <utility>

#include "raft/raft.hpp"

namespace raft {

using raftpb::Message;
using raftpb::MessageType;

// The receiver's rules of Figure 2, AppendEntries: refuse if the log has no such entry at
// the place before (2); drop what conflicts and append the rest (3, 4); follow the
// leader's commit index as far as this message proves our log equal to its (5).
void Raft::handleAppendEntries(Message& m) {
  heardFromLeader(m.from);
  if (m.index < raftLog_.committed()) {
    // An old message. What is committed equals the leader's log anyway.
    send({.type = MessageType::MsgAppResp, .to = m.from, .index = raftLog_.committed()});
    return;
  }
  LogSlice slice{.term = m.term,
                 .prev = {.term = m.logTerm, .index = m.index},
                 .entries = std::move(m.entries)};
  if (const auto last = raftLog_.maybeAppend(std::move(slice), m.commit)) {
    send({.type = MessageType::MsgAppResp, .to = m.from, .index = *last});
    return;
  }
  rejectAppend(m);
}

// The hint is the last place where our log may equal the leader's: not above the place
// asked for, and not where our term is higher than the leader's there.
void Raft::rejectAppend(const Message& m) {
  const Term ours = raftLog_.zeroTermOnOutOfBounds(raftLog_.term(m.index));
  debug(hex(id()), " [logterm: ", ours, ", index: ", m.index,
        "] rejected MsgApp [logterm: ", m.logTerm, ", index: ", m.index, "] from ",
        hex(m.from));
  const Index highest = std::min(m.index, raftLog_.lastIndex());
  const EntryId hint = raftLog_.findConflictByTerm(highest, m.logTerm);
  send({.type = MessageType::MsgAppResp,
        .to = m.from,
        .logTerm = hint.term,
        .index = m.index,
        .reject = true,
        .rejectHint = hint.index});
}

}  // namespace raft
