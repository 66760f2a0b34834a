// From what happens to the events of a picture. Tested by rafttest/trace_test.cpp.
#include "rafttest/trace.hpp"

#include <algorithm>
#include <utility>

#include "base/text.hpp"
#include "rafttest/label.hpp"
#include "rafttest/remarks.hpp"

namespace rafttest {

using base::text;

namespace {

constexpr std::string_view kDown = "down";

std::string_view stateOf(const EnvNode& node) {
  if (!node.raw) return kDown;
  switch (node.raw->status().softState.raftState) {
    case raft::StateType::StateCandidate:
      return "candidate";
    case raft::StateType::StateLeader:
      return "leader";
    case raft::StateType::StateFollower:
      break;
  }
  return node.raw->members().learners.contains(node.raw->id()) ? "learner" : "follower";
}

}  // namespace

// A log is what lies on the disk. Of a node that is down, so is the rest.
Trace::Seen Trace::see(const EnvNode& node) {
  const raftpb::HardState hardState =
      node.raw ? node.raw->status().hardState : node.storage->initialState().hardState;
  Seen seen{.state = std::string(stateOf(node)),
            .term = hardState.term,
            .commit = hardState.commit,
            .first = node.storage->firstIndex(),
            .log = {}};
  for (raft::Index i = seen.first; i <= node.storage->lastIndex(); ++i) {
    seen.log.push_back(*node.storage->term(i));
  }
  return seen;
}

void Trace::begins(const Directive& d) {
  const bool isFirst = title_.empty();
  if (isFirst) title_ = titleOf(d.source);
  if (title_.empty()) title_ = d.file;
  const Remarks said = remarks(d.source, isFirst);
  for (const std::string& order : said.orders) obey(order);
  if (!draws_) return;
  if (!said.note.empty()) keep(event("note").add("text", said.note));
  drawDirective(d);
}

void Trace::obey(const std::string& order) {
  constexpr std::string_view without = "without ";
  if (order.empty()) {
    beginHere();
  } else if (order == "logs") {
    drawLogs();
  } else if (order == "end") {
    draws_ = false;
  } else if (order.starts_with(without)) {
    std::string_view names = std::string_view(order).substr(without.size());
    while (!names.empty()) {
      const std::size_t end = std::min(names.find(' '), names.size());
      without_.emplace(names.substr(0, end));
      names.remove_prefix(std::min(end + 1, names.size()));
    }
  } else {
    keep(event("note").add("text", text("picture: ", order, " is no order")));
  }
}

// A picture that begins in the middle says how things stand there.
void Trace::beginHere() {
  events_.clear();
  draws_ = true;
  for (const auto& [id, seen] : nodes_) {
    headers_[id] = seen.state;
    if (seen.state == "leader" || seen.state == "candidate") drawState(id);
  }
  drawLogs();
  for (const auto& [number, underWay] : underWay_) drawMessage("send", underWay);
}

// What a directive does to one node. Readies and deliveries speak for themselves.
void Trace::drawDirective(const Directive& d) {
  const std::vector<std::string> words = d.bareKeys();
  if (d.cmd == "heal") keep(event("note").add("text", "The network is whole again."));
  if (words.empty()) return;
  const NodeId id = parseNumber(words[0]).value_or(0);
  if (d.cmd == "tick-election") drawNote(id, "ticks, an election timeout long");
  if (d.cmd == "tick-heartbeat") drawNote(id, "ticks");
  if (d.cmd == "duplicate-msgs") drawNote(id, "hears this now, and once more later");
  if (d.cmd == "partition") drawCut(words);
  if (words.size() < 2) return;
  if (d.cmd == "propose") drawNote(id, text("proposes ", words[1]));
  if (d.cmd == "compact") drawNote(id, text("compacts to ", words[1]));
  if (d.cmd == "report-unreachable") drawNote(id, text("can't reach ", words[1]));
}

void Trace::sent(const UnderWay& underWay) {
  underWay_[underWay.number] = underWay;
  drawMessage("send", underWay);
}

void Trace::arrived(const UnderWay& underWay) {
  underWay_.erase(underWay.number);
  drawMessage("arrive", underWay);
}

void Trace::lost(const UnderWay& underWay) {
  underWay_.erase(underWay.number);
  drawMessage("drop", underWay);
}

void Trace::changed(const EnvNode& node) {
  const NodeId id = node.config.id;
  const bool isNew = !nodes_.contains(id);
  const Seen before = std::exchange(nodes_[id], see(node));
  const Seen& now = nodes_[id];
  if (isNew) headers_[id] = now.state;
  if (!draws_ || isNew) return;
  if (now.state == kDown) return keep(event("crash").add("lane", text(id)));
  if (before.state == kDown) {
    return keep(event("restart")
                    .add("lane", text(id))
                    .add("text", text(now.state, ", term ", now.term)));
  }
  if (now.state != before.state || now.term != before.term) drawState(id);
  if (now.commit != before.commit && !without_.contains("commits")) {
    drawNote(id, text("commits ", now.commit));
  }
}

// A message to or from a node that the picture has no column for is not drawn.
void Trace::drawMessage(std::string_view kind, const UnderWay& underWay) {
  const raftpb::Message& m = underWay.message;
  if (!draws_ || without_.contains(name(m.type))) return;
  if (!nodes_.contains(m.from) || !nodes_.contains(m.to)) return;
  const bool arrives = kind == "arrive";
  keep(event(kind)
           .add("lane", text(arrives ? m.to : m.from))
           .add("to", arrives ? "" : text(m.to))
           .add("text", label(m))
           .add("id", text(underWay.number)));
}

void Trace::drawNote(NodeId id, std::string_view words) {
  if (nodes_.contains(id)) keep(event("note").add("lane", text(id)).add("text", words));
}

void Trace::drawCut(const std::vector<std::string>& side) {
  std::string ids;
  for (const std::string& id : side) ids += id + " ";
  keep(event("note").add("text", text("The network is cut: ", ids, "| the others.")));
}

void Trace::drawState(NodeId id) {
  const Seen& seen = nodes_[id];
  keep(event("state")
           .add("lane", text(id))
           .add("state", seen.state)
           .add("term", seen.term));
}

void Trace::drawLogs() {
  for (const auto& [id, seen] : nodes_) {
    if (seen.log.empty()) continue;
    keep(event("log")
             .add("lane", text(id))
             .add("log", seen.log)
             .add("first", seen.first)
             .add("commit", seen.commit));
  }
}

JsonObject Trace::event(std::string_view kind) {
  JsonObject event;
  event.add("seq", std::uint64_t{events_.size() + 1}).add("kind", kind);
  return event;
}

void Trace::keep(const JsonObject& event) {
  events_.push_back(event.text());
}

// Many columns leave little room for their names.
std::string Trace::lanes() const {
  const std::string_view word = headers_.size() > 3 ? "n" : "node ";
  std::vector<std::string> lanes;
  for (const auto& [id, state] : headers_) {
    lanes.push_back(JsonObject()
                        .add("id", text(id))
                        .add("label", text(word, id))
                        .add("kind", "node")
                        .add("state", state)
                        .text());
  }
  return jsonArray(lanes);
}

std::string Trace::json() {
  drawLogs();
  return text("{\"title\":", quoted(title_), ",\n\"lanes\":", lanes(),
              ",\n\"channels\":[],\n\"events\":", jsonArray(events_), "}\n");
}

}  // namespace rafttest
