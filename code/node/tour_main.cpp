// tour: follows one Put through the node, and prints every step with the thread that took
// it.
//
//   tour [KEY=VALUE]        color=blue, unless another one is given
//
// Three threads take part, and nobody else: the client (main), the loop, the application.
// Two of them may not speak at once, or the story would be told in a different order
// every time; so the client tells the application when its turn is. Nothing else is
// arranged: the hand-offs are reported by the channels themselves, the loop's lines are
// the node's own log.
#include <cstdio>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "csp/channel.hpp"
#include "csp/observe.hpp"
#include "node/node.hpp"
#include "node/tour_words.hpp"

namespace {

using csp::Channel;
using csp::Event;
using csp::Unit;
using node::tour::describe;
using raft::ReadyPtr;

// What a hand-off carried.
std::string describe(const Event& event) {
  if (event.type == nullptr || event.value == nullptr) return "";
  if (*event.type == typeid(node::Proposal)) {
    const auto& p = *static_cast<const node::Proposal*>(event.value);
    return "MsgProp " + std::string(p.message.entries[0].data);
  }
  if (*event.type == typeid(raftpb::Message)) {
    const auto& m = *static_cast<const raftpb::Message*>(event.value);
    return raftpb::name(m.type);
  }
  if (*event.type == typeid(ReadyPtr)) {
    return "Ready: " + describe(**static_cast<const ReadyPtr*>(event.value));
  }
  if (*event.type == typeid(base::Error)) {
    const auto& verdict = *static_cast<const base::Error*>(event.value);
    return verdict ? verdict.message() : "nil";
  }
  return "";
}

// Numbers the lines. Steps at the doors come from the channels, the others are told to
// it.
class Story final : public csp::Observer {
 public:
  void tell(const std::string& who, const std::string& what) {
    const std::lock_guard lock(mutex_);
    std::printf("%2d  %-20s %s\n", ++step_, who.c_str(), what.c_str());
  }

  void on(const Event& event) override {
    const std::string_view channel = event.channel;
    if (channel.empty()) return;  // the tour's own, between client and application
    // Whether the proposer sleeps already when its verdict comes is a matter of luck.
    const bool answer = channel == "result" && event.kind == Event::Kind::Buffered;
    if (event.kind == Event::Kind::HandedOff || answer) {
      const std::string to = answer ? "client" : event.peer;
      const std::string what = describe(event);
      tell(std::string(event.lane) + " -> " + to,
           std::string(channel) + (what.empty() ? "" : "  ") + what);
    }
    if (event.kind == Event::Kind::Closed)
      tell(event.lane, "closes " + std::string(channel));
  }

 private:
  std::mutex mutex_;
  int step_ = 0;
};

// The application: its disk is a vector, its state a map.
class Application {
 public:
  Application(node::Node& node, Story& story) : node_(node), story_(story) {}

  // Takes so many Readies, one after the other, and does what they ask for.
  void turns(int count) {
    for (; count > 0; --count) {
      const ReadyPtr rd = *node_.ready().recv();
      if (!rd->entries.empty()) write(*rd);
      for (const auto& e : rd->committedEntries) apply(e);
      node_.advance();
    }
  }

  std::map<std::string, std::string> state;

 private:
  void write(const raft::Ready& rd) {
    disk_.insert(disk_.end(), rd.entries.begin(), rd.entries.end());
    story_.tell("application", "writes " + describe(rd.entries));
  }
  void apply(const raftpb::Entry& e) {
    if (e.data.empty()) return;  // the leader's own
    const std::string data(e.data);
    const auto equals = data.find('=');
    state[data.substr(0, equals)] = data.substr(equals + 1);
    story_.tell("application", "applies " + data);
  }

  node::Node& node_;
  Story& story_;
  std::vector<raftpb::Entry> disk_;
};

void tour(const std::string& put) {
  Story story;
  csp::nameThread("client");
  csp::observe(&story);
  const auto log = [&](raft::Level, const std::string& line) {
    story.tell("loop", line);
  };
  const auto node = node::startNode({.id = 1, .logger = log});
  Application application(*node, story);

  const auto turns = Channel<int>::make();  // how many Readies to take now
  const auto done = Channel<Unit>::make();  // they have been taken
  std::thread applying([&] {
    csp::nameThread("application");
    while (const auto count = turns.recv()) {
      application.turns(*count);
      done.send({});
    }
  });

  const std::string key = put.substr(0, put.find('='));
  const auto look = [&] {
    const bool there = application.state.contains(key);
    story.tell("client",
               "looks up " + key + ": " + (there ? application.state[key] : "nothing"));
  };

  std::ignore = node->campaign(csp::background());
  turns.send(3);
  done.recv();

  const base::Error verdict = node->propose(csp::background(), put);
  story.tell("client", "propose returned " + (verdict ? verdict.message() : "nil"));
  look();
  turns.send(2);
  done.recv();
  look();

  turns.close();
  applying.join();
  node->stop();
  story.tell("client", "stop returned");
  csp::observe(nullptr);
}

}  // namespace

int main(int argc, char** argv) {
  const std::string put = argc > 1 ? argv[1] : "color=blue";
  if (argc > 2 || put.find('=') == std::string::npos || put.front() == '=') {
    std::fprintf(stderr, "tour: expected one KEY=VALUE, as in: tour color=blue\n");
    return 2;
  }
  tour(put);
}
