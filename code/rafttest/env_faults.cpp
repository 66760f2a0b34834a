// What goes wrong: nodes crash, a network is cut, a message comes twice. These words are
// ours; etcd's language has none for them, and its tests lose messages one by one.
//
// A crash takes the memory: what a node had not handed out in a Ready, and what it was
// told since. The disk stays, and so does what is under way. The rule of a Ready,
// write before you send, is a rule about exactly this line between the two.
//
// Tested by rafttest/env_faults_test.cpp and testdata/interaction.
#include <algorithm>
#include <iterator>
#include <utility>

#include "base/text.hpp"
#include "rafttest/interaction_env.hpp"

namespace rafttest {

using base::text;

// The application keeps what it applied, and knows how far that went.
std::string InteractionEnv::crash(Directive& d) {
  const NodeId id = runningNodeIn(d, 0);
  if (wrong(d)) return "";
  EnvNode& own = node(id);
  own.config.applied = own.raw->status().applied;
  own.raw.reset();
  changed(id);
  return "";
}

std::string InteractionEnv::restart(Directive& d) {
  const NodeId id = nodeIn(d, 0);
  if (!wrong(d) && node(id).raw) {
    d.complain(text("node ", id, " is running; it did not crash"));
  }
  if (wrong(d)) return "";
  start(node(id));
  return "";
}

// Those nodes on one side, all others on the other. A second cut leaves the first.
std::string InteractionEnv::partition(Directive& d) {
  const std::vector<NodeId> ids = nodesIn(d);
  std::set<NodeId> side(ids.begin(), ids.end());
  if (side.size() == nodes_.size()) d.complain("nobody is left for the other side");
  if (wrong(d)) return "";
  cuts_.push_back(std::move(side));
  return "";
}

std::string InteractionEnv::heal(Directive&) {
  cuts_.clear();
  return "";
}

// Delivers, and sends once more what it delivered: a copy that comes late.
std::string InteractionEnv::duplicateMsgs(Directive& d) {
  const std::deque<UnderWay> before = underWay_;
  deliverMsgs(d);
  std::vector<UnderWay> taken;
  std::ranges::set_difference(before, underWay_, std::back_inserter(taken), {},
                              &UnderWay::number, &UnderWay::number);
  std::vector<raftpb::Message> copies;
  for (UnderWay& each : taken) copies.push_back(std::move(each.message));
  queue(std::move(copies));
  return "";
}

// Why a message does not arrive, now that it would; nothing if it does.
std::string InteractionEnv::lossOf(const raftpb::Message& m) const {
  if (!nodes_[m.to - 1]->raw) return text("lost, node ", m.to, " is down: ");
  const auto parts = [&m](const std::set<NodeId>& side) {
    return side.contains(m.from) != side.contains(m.to);
  };
  return std::ranges::any_of(cuts_, parts) ? "lost, cut off: " : "";
}

}  // namespace rafttest
