// Two nodes: a leader and one of its followers, real both, whose messages and logs are
// drawn. Three more voters are not: 3 and 4 help to elect the leader, and that is all
// they do, so nothing is ever on a majority.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "base/text.hpp"
#include "raft/cluster_test.hpp"
#include "strips.hpp"

namespace scenes {

using base::text;
using raft::Term;
using raft::test::Peer;
using raftpb::Message;
using raftpb::MessageType;
using Terms = std::vector<Term>;

/// An entry's place and term, as the pictures write it: "3/t1".
inline std::string place(raft::Index index, Term term) {
  return index == 0 ? "the beginning" : text(index, "/t", term);
}

/// A message in a few words.
inline std::string words(const Message& m) {
  if (m.type == MessageType::MsgHeartbeat) return text("MsgHeartbeat commit ", m.commit);
  if (m.type == MessageType::MsgHeartbeatResp) return "MsgHeartbeatResp";
  if (m.type == MessageType::MsgAppResp && !m.reject) {
    return text("MsgAppResp yes, up to ", m.index);
  }
  if (m.type == MessageType::MsgAppResp) {
    return text("MsgAppResp no, perhaps ", place(m.rejectHint, m.logTerm));
  }
  std::string out = text("MsgApp after ", place(m.index, m.logTerm));
  if (m.entries.empty()) return out;
  out += text(": ", place(m.entries.front().index, m.entries.front().term));
  if (m.entries.size() == 1) return out;
  return out + text(" … ", place(m.entries.back().index, m.entries.back().term));
}

/// The leader is node 1, the follower node 2.
class TwoNodes {
 public:
  TwoNodes(std::string title, const Terms& leader, const Terms& follower, Term term)
      : play(std::move(title),
             {{"1", "leader", "leader"}, {"2", "follower", "follower"}}),
        leader_({.id = 1}, raft::test::disk({1, 2, 3, 4, 5}, raft::test::logOf(leader),
                                            {.term = term - 1})),
        follower_({.id = 2},
                  raft::test::disk({1, 2, 3, 4, 5}, raft::test::logOf(follower),
                                   {.term = term - 1})) {
    tellLeader({.type = MessageType::MsgHup, .from = 1});
    tellLeader({.type = MessageType::MsgVoteResp, .from = 3, .term = term});
    sent = tellLeader({.type = MessageType::MsgVoteResp, .from = 4, .term = term});
  }

  /// Steps a message into the leader; what it then says to the follower.
  std::vector<Message> tellLeader(Message m) { return told(leader_, std::move(m), 2); }
  std::vector<Message> tellFollower(Message m) {
    return told(follower_, std::move(m), 1);
  }

  std::vector<Message> propose(const std::string& data) {
    Message m{.type = MessageType::MsgProp, .from = 1};
    m.entries.push_back({.data = data});
    play.note("1", text("a client proposes ", data));
    return tellLeader(std::move(m));
  }

  /// To the follower, and its answers back, until the two have nothing more to say.
  void converse(std::vector<Message> messages) {
    while (!messages.empty()) {
      std::vector<Message> next;
      for (Message& m : messages) {
        const bool down = m.to == 2;
        play.send(down ? "1" : "2", down ? "2" : "1", words(m));
        const std::size_t before = length();
        auto answers = down ? tellFollower(m) : tellLeader(m);
        if (down && length() != before) followersLog();
        for (Message& answer : answers) next.push_back(std::move(answer));
      }
      messages = std::move(next);
    }
  }

  void logs() {
    play.log("1", leader_.raft.raftLog());
    followersLog();
  }
  void followersLog() { play.log("2", follower_.raft.raftLog()); }
  /// What the leader believes about the follower.
  void progress() { play.note("1", toString(leader_.raft.tracker().progress.at(2))); }

  Strips play;
  std::vector<Message> sent;  ///< what the leader said when it was elected

 private:
  std::vector<Message> told(Peer& peer, Message m, raft::NodeId other) {
    std::ignore = peer.raft.step(std::move(m));
    std::vector<Message> out;
    for (Message& one : peer.write()) {
      if (one.to == other) out.push_back(std::move(one));
    }
    return out;
  }
  // Changes whenever the follower's log does.
  std::size_t length() {
    std::size_t sum = 0;
    for (const Term term : raft::test::terms(follower_.raft)) sum = 31 * sum + term;
    return sum;
  }

  Peer leader_;
  Peer follower_;
};

}  // namespace scenes
