// tour: follows one Put through a cluster of three, and prints every step with whoever
// took it.
//
//   tour [KEY=VALUE]        color=blue, unless another one is given
//
// Three nodes, each with its loop on a thread of its own. The client's thread plays the
// rest: the three applications and the network. It does one thing at a time, and goes on
// when every loop has settled; so the story is the same in every run. Nothing else is
// arranged. The election is told by the nodes' own log, the Put step by step.
#include <array>
#include <cstdio>
#include <map>
#include <memory>
#include <string>
#include <tuple>
#include <utility>

#include "csp/wait_until.hpp"
#include "node/locked_storage.hpp"
#include "node/node.hpp"
#include "node/tour_words.hpp"

namespace {

using node::tour::describe;
using raft::NodeId;
using raftpb::Entry;
using raftpb::Message;
using raftpb::MessageType;

std::string describe(const Message& m) {
  std::string text(raftpb::name(m.type));
  if (!m.entries.empty()) text += "  " + describe(m.entries);
  if (m.type == MessageType::MsgAppResp) text += "  up to " + std::to_string(m.index);
  if (m.type == MessageType::MsgApp) text += ", commit " + std::to_string(m.commit);
  return text;
}

// Numbers the lines. Only one thread ever speaks: the others are waited for.
class Story {
 public:
  void tell(const std::string& who, const std::string& what) {
    std::printf("%2d  %-24s %s\n", ++step_, who.c_str(), what.c_str());
  }
  void tellOfThePut(const std::string& who, const std::string& what) {
    if (inFull) tell(who, what);
  }
  // Of a node's own log: who becomes what, and who knows about it.
  raft::Logger logger(NodeId id) {
    return [this, id](raft::Level, const std::string& line) {
      const bool news = line.find("became") != std::string::npos ||
                        line.find("elected") != std::string::npos;
      if (started && news) tell(named("loop", id), line);
    };
  }
  static std::string named(const std::string& what, NodeId id) {
    return what + " " + std::to_string(id);
  }

  bool started = false;
  bool inFull = false;

 private:
  int step_ = 0;
};

// A node and its application: a disk in memory, a map for a state.
struct Member {
  Member(NodeId itsId, Story& story) : id(itsId) {
    node = node::startNode({.id = id, .storage = storage, .logger = story.logger(id)},
                           doors);
    settle();
  }
  // The loop has done what came in, and waits for more.
  void settle() const {
    std::ignore = node->status();  // so it has ended the turn that it was in
    csp::waitUntil([this] { return doors.stop.waitingReceivers() == 1; });
  }

  const NodeId id;
  const node::Doors doors;
  const std::shared_ptr<node::LockedStorage> storage = node::memoryOf({1, 2, 3});
  std::map<std::string, std::string> state;
  std::unique_ptr<node::Node> node;
};

class Tour {
 public:
  explicit Tour(std::string put) : put_(std::move(put)) {}

  void run() {
    story_.started = true;
    story_.tell("client -> loop 1", "campaign");
    std::ignore = members_[0].node->campaign(csp::background());
    carryOutEverything();

    story_.inFull = true;
    story_.tell("client -> loop 1", "propose " + put_);
    const base::Error verdict = members_[0].node->propose(csp::background(), put_);
    members_[0].settle();
    story_.tell("client", "propose returned " + (verdict ? verdict.message() : "nil"));
    carryOutEverything();

    const std::string key = put_.substr(0, put_.find('='));
    for (Member& m : members_) {
      const std::string found = m.state.contains(key) ? m.state[key] : "nothing";
      story_.tell("client",
                  "looks up " + key + " on node " + std::to_string(m.id) + ": " + found);
    }
  }

 private:
  // Every application in its turn, until no node has anything to say.
  void carryOutEverything() {
    for (bool something = true; something;) {
      something = false;
      for (Member& m : members_) {
        m.settle();
        if (m.doors.readyc.waitingSenders() == 0) continue;
        something = true;
        turn(m);
      }
    }
  }

  // Write, send, apply, advance.
  void turn(Member& m) {
    const std::string application = Story::named("application", m.id);
    const std::string loop = Story::named("loop", m.id);
    const raft::ReadyPtr rd = *m.node->ready().recv();
    story_.tellOfThePut(loop + " -> " + application, "Ready: " + describe(*rd));
    m.storage->save(*rd);
    if (rd->mustSync) story_.tellOfThePut(application, "writes " + describe(rd->entries));
    for (const Message& message : rd->messages) deliver(message);
    for (const Entry& e : rd->committedEntries) apply(m, e);
    story_.tellOfThePut(application + " -> " + loop, "advance");
    m.node->advance();
    m.settle();
  }

  void deliver(const Message& message) {
    story_.tellOfThePut(Story::named("application", message.from) + " -> " +
                            Story::named("loop", message.to),
                        describe(message));
    Member& to = members_[message.to - 1];
    std::ignore = to.node->step(csp::background(), message);
    to.settle();
  }

  void apply(Member& m, const Entry& e) {
    if (e.data.empty()) return;  // the leader's own
    const std::string data(e.data);
    const auto equals = data.find('=');
    m.state[data.substr(0, equals)] = data.substr(equals + 1);
    story_.tell(Story::named("application", m.id), "applies " + data);
  }

  const std::string put_;
  Story story_;
  std::array<Member, 3> members_{Member(1, story_), Member(2, story_), Member(3, story_)};
};

}  // namespace

int main(int argc, char** argv) {
  const std::string put = argc > 1 ? argv[1] : "color=blue";
  if (argc > 2 || put.find('=') == std::string::npos || put.front() == '=') {
    std::fprintf(stderr, "tour: expected one KEY=VALUE, as in: tour color=blue\n");
    return 2;
  }
  Tour(put).run();
}
