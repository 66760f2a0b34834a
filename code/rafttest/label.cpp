// The words on arrows. Tested by rafttest/label_test.cpp.
#include "rafttest/label.hpp"

#include "base/text.hpp"

namespace rafttest {
namespace {

using base::text;
using raftpb::Message;
using raftpb::MessageType;

// What an append is about: entries, or, without any, how far the leader has committed.
std::string appended(const Message& m) {
  if (m.entries.empty()) return text(" ", m.logTerm, "/", m.index, " commit ", m.commit);
  return text(" ", m.logTerm, "/", m.index, " +", m.entries.size());
}

std::string appendAnswer(const Message& m) {
  return m.reject ? text(" no ", m.index, ", hint ", m.logTerm, "/", m.rejectHint)
                  : text(" ", m.index);
}

std::string numbers(const Message& m) {
  switch (m.type) {
    case MessageType::MsgApp:
      return appended(m);
    case MessageType::MsgAppResp:
      return appendAnswer(m);
    case MessageType::MsgVote:
      return text(" t", m.term, " ", m.logTerm, "/", m.index);
    case MessageType::MsgVoteResp:
      return text(" t", m.term, m.reject ? " no" : " yes");
    case MessageType::MsgHeartbeat:
      return text(" commit ", m.commit);
    case MessageType::MsgProp:
      return m.entries.size() == 1 ? text(" ", m.entries[0].data.view()) : "";
    default:
      return "";
  }
}

}  // namespace

std::string label(const Message& m) {
  return text(name(m.type), numbers(m));
}

}  // namespace rafttest
