// The table of commands, and how one is run. Tested by rafttest/interaction_env_test.cpp.
#include "rafttest/interaction_env.hpp"

#include <algorithm>
#include <iterator>

#include "base/text.hpp"
#include "rafttest/later.hpp"

namespace rafttest {

using base::text;

namespace {

constexpr std::size_t kAny = 1000;  // arguments: as many as you like

}  // namespace

struct InteractionEnv::Command {
  std::string_view name;
  std::size_t least;       // arguments without a value: at least so many
  std::size_t most;        // ... and at most
  std::string_view names;  // of the others
  std::string_view usage;
  std::string (InteractionEnv::*handle)(Directive& d);
};

const InteractionEnv::Command* InteractionEnv::find(std::string_view name) {
  using Env = InteractionEnv;
  static constexpr Command commands[] = {
      {"_breakpoint", 0, kAny, "", "_breakpoint", &Env::breakpoint},
      {"add-nodes", 1, 1, addNodesKeys(), "add-nodes COUNT voters=(1,2,3) index=I",
       &Env::addNodes},
      {"campaign", 1, 1, "", "campaign ID", &Env::campaign},
      {"compact", 2, 2, "", "compact ID INDEX", &Env::compact},
      {"deliver-msgs", 0, kAny, "type drop", "deliver-msgs ID ... type=MsgApp drop=(ID)",
       &Env::deliverMsgs},
      {"log-level", 1, 1, "", "log-level LEVEL", &Env::logLevel},
      {"process-ready", 1, kAny, "", "process-ready ID ...", &Env::processReady},
      {"propose", 2, 2, "", "propose ID DATA", &Env::propose},
      {"raft-log", 1, 1, "", "raft-log ID", &Env::raftLog},
      {"raft-state", 0, 0, "", "raft-state", &Env::raftState},
      {"report-unreachable", 0, kAny, "", "report-unreachable ID ID",
       &Env::reportUnreachable},
      {"set-randomized-election-timeout", 1, 1, "timeout",
       "set-randomized-election-timeout ID timeout=TICKS",
       &Env::setRandomizedElectionTimeout},
      {"stabilize", 0, kAny, "log-level", "stabilize ID ... log-level=LEVEL",
       &Env::stabilize},
      {"status", 1, 1, "", "status ID", &Env::status},
      {"tick-election", 1, 1, "", "tick-election ID", &Env::tickElection},
      {"tick-heartbeat", 1, 1, "", "tick-heartbeat ID", &Env::tickHeartbeat},
  };
  const auto found = std::ranges::find(commands, name, &Command::name);
  return found == std::end(commands) ? findOurs(name) : found;
}

// For what goes wrong. etcd's language has no words for these.
const InteractionEnv::Command* InteractionEnv::findOurs(std::string_view name) {
  using Env = InteractionEnv;
  static constexpr Command commands[] = {
      {"crash", 1, 1, "", "crash ID", &Env::crash},
      {"duplicate-msgs", 1, kAny, "type", "duplicate-msgs ID ... type=MsgApp",
       &Env::duplicateMsgs},
      {"heal", 0, 0, "", "heal", &Env::heal},
      {"partition", 1, kAny, "", "partition ID ...", &Env::partition},
      {"restart", 1, 1, "", "restart ID", &Env::restart},
  };
  const auto found = std::ranges::find(commands, name, &Command::name);
  return found == std::end(commands) ? nullptr : found;
}

InteractionEnv::InteractionEnv(Observer* observer)
    : observer_(observer == nullptr ? &deaf_ : observer) {}

std::string InteractionEnv::handle(Directive& d) {
  observer_->begins(d);
  output_.take();
  const std::string error = run(d);
  if (wrong(d)) return "";
  // At NONE nobody speaks. What went wrong is said all the same.
  const std::string output = output_.take() + error;
  return output.empty() ? "ok" : output;
}

std::string InteractionEnv::run(Directive& d) {
  if (const std::string later = comesLater(d); !later.empty()) return d.complain(later);
  const Command* command = find(d.cmd);
  if (command == nullptr) return "unknown command";
  checkShape(d, *command);
  if (wrong(d)) return "";
  return (this->*command->handle)(d);
}

void InteractionEnv::checkShape(Directive& d, const Command& command) {
  for (const Arg& arg : d.args) {
    const bool known =
        arg.values.empty() ||
        text(" ", command.names, " ").find(text(" ", arg.key, " ")) != std::string::npos;
    if (!known) d.complain(text("it takes no ", arg.key, "=; write: ", command.usage));
  }
  const std::size_t words = d.bareKeys().size();
  if (words < command.least || words > command.most) {
    d.complain(text(words < command.least ? "something is missing" : "there is too much",
                    "; write: ", command.usage));
  }
}

NodeId InteractionEnv::nodeIn(Directive& d, std::size_t n) const {
  const NodeId id = d.number(d.bareKeys()[n]);
  if (id == 0 || id > nodes_.size()) {
    const std::string known =
        nodes_.empty() ? "add-nodes makes some" : text("there are 1 to ", nodes_.size());
    d.complain(text("there is no node ", id, "; ", known));
  }
  return id;
}

std::vector<NodeId> InteractionEnv::nodesIn(Directive& d) const {
  std::vector<NodeId> ids;
  for (std::size_t n = 0; n < d.bareKeys().size(); ++n) ids.push_back(nodeIn(d, n));
  return ids;
}

NodeId InteractionEnv::runningNodeIn(Directive& d, std::size_t n) const {
  const NodeId id = nodeIn(d, n);
  if (!wrong(d) && !nodes_[id - 1]->raw) {
    d.complain(text("node ", id, " is down; restart ", id, " brings it back"));
  }
  return id;
}

std::vector<NodeId> InteractionEnv::runningNodesIn(Directive& d) const {
  for (std::size_t n = 0; n < d.bareKeys().size(); ++n) runningNodeIn(d, n);
  return nodesIn(d);
}

}  // namespace rafttest
