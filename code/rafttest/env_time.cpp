// Time, elections and proposals: what comes to a node from its own side. Tested by
// rafttest/interaction_env_test.cpp.
#include "rafttest/interaction_env.hpp"

namespace rafttest {
namespace {

// An error that belongs to the transcript.
std::string wordsOf(base::Error error) {
  return error ? error.message() : "";
}

}  // namespace

std::string InteractionEnv::campaign(Directive& d) {
  const NodeId id = runningNodeIn(d, 0);
  if (wrong(d)) return "";
  const base::Error error = node(id).raw->campaign();
  changed(id);
  return wordsOf(error);
}

std::string InteractionEnv::tickElection(Directive& d) {
  const NodeId id = runningNodeIn(d, 0);
  return wrong(d) ? "" : tick(id, node(id).config.electionTick);
}

std::string InteractionEnv::tickHeartbeat(Directive& d) {
  const NodeId id = runningNodeIn(d, 0);
  return wrong(d) ? "" : tick(id, node(id).config.heartbeatTick);
}

std::string InteractionEnv::tick(NodeId id, int ticks) {
  for (int i = 0; i < ticks; ++i) node(id).raw->tick();
  changed(id);
  return "";
}

// Nodes wait a random number of ticks. A scenario that plays a race says how many; the
// next change of role draws anew.
std::string InteractionEnv::setRandomizedElectionTimeout(Directive& d) {
  const NodeId id = runningNodeIn(d, 0);
  const std::uint64_t ticks = d.numberOf("timeout", 0);
  if (ticks == 0 || ticks > 1000) d.complain("timeout= is a number from 1 to 1000");
  if (wrong(d)) return "";
  node(id).raw->setRandomizedElectionTimeout(static_cast<int>(ticks));
  return "";
}

std::string InteractionEnv::propose(Directive& d) {
  const NodeId id = runningNodeIn(d, 0);
  if (wrong(d)) return "";
  const base::Error error = node(id).raw->propose(d.bareKeys()[1]);
  changed(id);
  return wordsOf(error);
}

std::string InteractionEnv::reportUnreachable(Directive& d) {
  if (d.bareKeys().size() != 2) {
    return "must specify exactly two node indexes: node on which to report, and reported "
           "node";
  }
  const NodeId id = runningNodeIn(d, 0);
  const NodeId unreachable = nodeIn(d, 1);
  if (wrong(d)) return "";
  node(id).raw->reportUnreachable(unreachable);
  changed(id);
  return "";
}

}  // namespace rafttest
