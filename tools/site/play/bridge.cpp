// The node in the page: a few C functions around the environment of rafttest.
//
// One cluster lives in an instance of this module. The page hands in pieces of a scenario
// file, as UTF-8 at the address that `room` gives, and reads the answer, JSON or text, at
// `answer`. Nothing here decides anything: directives go to rafttest::InteractionEnv,
// pictures come from rafttest::Trace, files are written by rafttest::rewrite, as in the
// terminal.
//
// Tested by tools/site/play/tests, against the native program `scenario`.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text.hpp"
#include "raft/describe.hpp"
#include "raftpb/describe.hpp"
#include "rafttest/datadriven.hpp"
#include "rafttest/interaction_env.hpp"
#include "rafttest/json.hpp"
#include "rafttest/label.hpp"
#include "rafttest/trace.hpp"

#define EXPORT(name) extern "C" __attribute__((export_name(#name)))

namespace {

using base::text;
using rafttest::EnvNode;
using rafttest::JsonObject;
using rafttest::UnderWay;

std::string inBrackets(const std::vector<std::string>& values) {
  std::string out;
  for (const std::string& value : values) out += (out.empty() ? "" : ",") + value;
  return "[" + out + "]";
}

std::string stateOf(const EnvNode& node) {
  if (!node.raw) return "down";
  const raft::StateType state = node.raw->status().softState.raftState;
  if (state == raft::StateType::StateLeader) return "leader";
  if (state == raft::StateType::StateCandidate) return "candidate";
  return node.raw->members().learners.contains(node.raw->id()) ? "learner" : "follower";
}

// The log as it lies on the disk: terms for the strip, descriptions for whoever wants to
// read.
std::string logOf(const raft::MemoryStorage& disk) {
  const raft::Index first = disk.firstIndex();
  const raft::Index last = disk.lastIndex();
  std::vector<std::string> entries;
  if (last >= first) {
    for (const raftpb::Entry& e : *disk.entries(first, last + 1, UINT64_MAX)) {
      entries.push_back(
          JsonObject().add("term", e.term).add("text", raftpb::describeEntry(e)).text());
    }
  }
  return text("\"first\":", first, ",\"entries\":", inBrackets(entries));
}

std::string progressOf(const EnvNode& node) {
  std::vector<std::string> all;
  if (!node.raw) return inBrackets(all);
  for (const auto& [id, progress] : node.raw->progress()) {
    all.push_back(JsonObject()
                      .add("id", id)
                      .add("match", progress.match())
                      .add("next", progress.next())
                      .add("text", toString(progress))
                      .text());
  }
  return inBrackets(all);
}

// How a node stands; of one that is down, what its disk remembers.
raft::Status statusOf(const EnvNode& node) {
  if (node.raw) return node.raw->status();
  raft::Status status;
  status.hardState = node.storage->initialState().hardState;
  status.hardState.commit =
      std::max(status.hardState.commit, node.storage->firstIndex() - 1);
  status.applied = node.config.applied;
  return status;
}

std::string snapshotOf(const EnvNode& node) {
  const raft::Status status = statusOf(node);
  const std::string numbers = JsonObject()
                                  .add("id", node.config.id)
                                  .add("state", stateOf(node))
                                  .add("term", status.hardState.term)
                                  .add("vote", status.hardState.vote)
                                  .add("lead", status.softState.lead)
                                  .add("commit", status.hardState.commit)
                                  .add("applied", status.applied)
                                  .text();
  return text(std::string_view(numbers).substr(0, numbers.size() - 1),
              ",\"ready\":", node.raw && node.raw->hasReady() ? "true" : "false", ",",
              logOf(*node.storage), ",\"progress\":", progressOf(node), "}");
}

// Listens like a trace, and notes behind each of the trace's events how nodes and
// messages stand then.
class Watcher final : public rafttest::Observer {
 public:
  void begins(const rafttest::Directive& d) override {
    trace_.begins(d);
    if (orders("picture:", d.source)) {
      items_.push_back("{\"clear\":true}");
      drawn_ = 0;
    }
    keepEvents();
  }
  void sent(const UnderWay& m) override {
    trace_.sent(m);
    keepEvents();
    items_.push_back(text("{\"sent\":", described(m), "}"));
  }
  void arrived(const UnderWay& m) override {
    trace_.arrived(m);
    gone(m);
  }
  void lost(const UnderWay& m) override {
    trace_.lost(m);
    gone(m);
  }
  void changed(const EnvNode& node) override {
    trace_.changed(node);
    keepEvents();
    look(node);
  }

  // Notes a node's state, if it is not as it was.
  void look(const EnvNode& node) {
    std::string now = snapshotOf(node);
    std::string& known = known_[node.config.id];
    if (known == now) return;
    known = std::move(now);
    items_.push_back(text("{\"node\":", known, "}"));
  }

  std::string take() { return inBrackets(std::exchange(items_, {})); }

 private:
  // A comment line that orders a new picture, and nothing else.
  static bool orders(std::string_view order, std::string_view source) {
    while (!source.empty()) {
      const std::size_t end = std::min(source.find('\n'), source.size());
      std::string_view line = rafttest::trimmed(source.substr(0, end));
      source.remove_prefix(std::min(end + 1, source.size()));
      if (!line.starts_with('#')) continue;
      line.remove_prefix(std::min(line.find_first_not_of('#'), line.size()));
      if (rafttest::trimmed(line) == order) return true;
    }
    return false;
  }

  static std::string described(const UnderWay& m) {
    return JsonObject()
        .add("number", m.number)
        .add("from", m.message.from)
        .add("to", m.message.to)
        .add("type", name(m.message.type))
        .add("label", rafttest::label(m.message))
        .add("text", raftpb::describeMessage(m.message))
        .text();
  }

  void gone(const UnderWay& m) {
    keepEvents();
    items_.push_back(text("{\"gone\":", m.number, "}"));
  }

  void keepEvents() {
    for (; drawn_ < trace_.events().size(); ++drawn_) {
      items_.push_back(text("{\"event\":", trace_.events()[drawn_], "}"));
    }
  }

  rafttest::Trace trace_;
  std::size_t drawn_ = 0;
  std::map<raft::NodeId, std::string> known_;
  std::vector<std::string> items_;
};

struct Session {
  Watcher watcher;
  rafttest::InteractionEnv env{&watcher};
};

std::unique_ptr<Session> session;
std::string in;
std::string out;
std::string trace;  // of the file that was rewritten last

// Plays one directive, and tells what it said and everything that happened.
std::string played(rafttest::Directive& d) {
  const std::string said = session->env.handle(d);
  for (const auto& node : session->env.nodes()) session->watcher.look(*node);
  return text("{\"source\":", rafttest::quoted(d.source),
              ",\"cmd\":", rafttest::quoted(d.cmd), ",\"said\":", rafttest::quoted(said),
              ",\"items\":", session->watcher.take(), "}");
}

}  // namespace

/// Where to write so many bytes of input.
EXPORT(room) char* room(std::size_t size) {
  in.assign(size, '\0');
  return in.data();
}

EXPORT(answer) const char* answer() {
  return out.data();
}
EXPORT(answerSize) std::size_t answerSize() {
  return out.size();
}

/// A new cluster, without nodes.
EXPORT(begin) void begin() {
  session = std::make_unique<Session>();
}

/// Plays the input on the cluster, up to the first complaint.
EXPORT(play) void play() {
  const rafttest::Script script = rafttest::parse("scene", in);
  std::vector<std::string> all;
  std::string complaint = script.complaint;
  for (rafttest::Directive d : script.directives) {
    if (!complaint.empty()) break;
    all.push_back(played(d));
    complaint = d.complaint;
  }
  out = text("{\"directives\":", inBrackets(all),
             ",\"complaint\":", rafttest::quoted(complaint), "}");
}

/// Plays the input on a cluster of its own; the answer is the file with what was said,
/// or, if this is false, a complaint.
EXPORT(rewrite) bool rewrite() {
  rafttest::Trace events;
  rafttest::InteractionEnv env(&events);
  const rafttest::Report report =
      rafttest::rewrite(rafttest::parse("scene", in),
                        [&](rafttest::Directive& d) { return env.handle(d); });
  trace = events.json();
  out = report.failure.empty() ? report.text : report.failure;
  return report.failure.empty();
}

/// The trace of the last `rewrite`, as `scenario --trace` writes it.
EXPORT(traced) void traced() {
  out = trace;
}
