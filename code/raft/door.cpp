// Four questions to a message from outside. Tested by raft/door_test.cpp.
#include "raft/door.hpp"

#include "raft/entry_id.hpp"
#include "raft/message_kinds.hpp"

namespace raft {

using base::Errc;
using base::Error;
using raftpb::Message;
using raftpb::MessageType;

Error mayEnter(const Message& m, NodeId self) {
  if (isLocalMsg(m.type)) return Errc::StepLocalMsg;
  // A proposal of the application is for nobody yet.
  if (m.to != kNone && m.to != self) return Errc::StepMisdelivered;
  // Term 0 counts as the present one, whichever that is: only what means the same in
  // every term may have it.
  if (m.term == 0 && !isForAnyTerm(m.type)) return Errc::StepMalformed;
  const EntryId before{.term = m.logTerm, .index = m.index};
  if (m.type == MessageType::MsgApp && !follow(before, m.entries, m.term)) {
    return Errc::StepMalformed;
  }
  return {};
}

}  // namespace raft
