// Making nodes, and asking them how they are. Tested by
// rafttest/interaction_env_test.cpp.
#include <algorithm>
#include <limits>
#include <utility>

#include "base/check.hpp"
#include "base/text.hpp"
#include "raft/describe.hpp"
#include "raft/validate.hpp"
#include "raftpb/describe.hpp"
#include "rafttest/interaction_env.hpp"
#include "rafttest/later.hpp"

namespace rafttest {

using base::text;

namespace {

// What a node is told unless the file says otherwise.
raft::Config usualConfig() {
  raft::Config config;
  config.electionTick = 3;
  config.heartbeatTick = 1;
  config.maxInflightMsgs = std::numeric_limits<std::int32_t>::max();
  return config;
}

// Slips of the pen that would make a strange cluster, or none in this lifetime.
void checkMembers(Directive& d, const raftpb::ConfState& members, std::uint64_t count) {
  if (count == 0 || count > 1000) d.complain("COUNT is a number from 1 to 1000");
  const auto isNobody = [](NodeId id) { return id == raft::kNone; };
  if (std::ranges::any_of(members.voters, isNobody) ||
      std::ranges::any_of(members.learners, isNobody)) {
    d.complain("ids begin with 1; 0 is nobody");
  }
  if (members.voters.empty() && !members.learners.empty()) {
    d.complain("learners alone elect nobody; name a voter, voters=(1)");
  }
  for (const NodeId id : members.voters) {
    if (std::ranges::find(members.learners, id) != members.learners.end()) {
      d.complain(text("node ", id, " is a voter and a learner; name it once"));
    }
  }
}

// What add-nodes is told about the nodes it makes.
struct NewNodes {
  raft::Config config = usualConfig();
  raftpb::Snapshot snapshot = {};  // which they find on their disks
};

void readVoters(Directive& d, NewNodes& nodes) {
  nodes.snapshot.metadata.confState.voters = d.numbersOf("voters");
}

void readLearners(Directive& d, NewNodes& nodes) {
  nodes.snapshot.metadata.confState.learners = d.numbersOf("learners");
}

void readIndex(Directive& d, NewNodes& nodes) {
  nodes.snapshot.metadata.index = d.numberOf("index", 0);
  nodes.config.applied = nodes.snapshot.metadata.index;
}

void readInflight(Directive& d, NewNodes& nodes) {
  nodes.config.maxInflightMsgs = d.numberOf("inflight", 0);
}

void readCommittedSize(Directive& d, NewNodes& nodes) {
  nodes.config.maxCommittedSizePerReady = d.numberOf("max-committed-size-per-ready", 0);
}

// A key of add-nodes, and who reads it if it is there.
struct Key {
  std::string_view name;
  void (*read)(Directive& d, NewNodes& nodes);
};

constexpr Key kAddNodesKeys[] = {
    {"voters", readVoters},
    {"learners", readLearners},
    {"index", readIndex},
    {"inflight", readInflight},
    {"max-committed-size-per-ready", readCommittedSize},
};

bool isVoter(const EnvNode& node) {
  const auto& voters = node.raw->members().voters;
  return voters.incoming.contains(node.raw->id()) ||
         voters.outgoing.contains(node.raw->id());
}

}  // namespace

std::string InteractionEnv::addNodes(Directive& d) {
  NewNodes nodes;
  for (const Key& key : kAddNodesKeys) {
    if (d.find(key.name) != nullptr) key.read(d, nodes);
  }
  const std::uint64_t count = d.number(d.bareKeys()[0]);
  checkMembers(d, nodes.snapshot.metadata.confState, count);
  if (wrong(d)) return "";

  std::string error;
  for (std::uint64_t i = 0; i < count && error.empty(); ++i) {
    nodes.config.id = nodes_.size() + 1;
    error = addNode(nodes.config, nodes.snapshot);
  }
  return error;
}

// A node of a cluster that has run for a while finds a snapshot on its disk.
std::string InteractionEnv::addNode(const raft::Config& config,
                                    const raftpb::Snapshot& snapshot) {
  raft::Config own = config;
  const auto storage = std::make_shared<raft::MemoryStorage>();
  own.storage = storage;
  own.logger = [this](raft::Level level, const std::string& line) {
    output_.log(level, line);
  };
  if (snapshot != raftpb::Snapshot()) {
    if (snapshot.metadata.index <= 1) {
      return ("index must be specified as > 1 due to bootstrap");
    }
    raftpb::Snapshot found = snapshot;
    found.metadata.term = 1;
    const base::Error error = storage->applySnapshot(found);
    RAFT_CHECK(!error, "an empty disk takes any snapshot");
  }
  const std::string_view complaint = raft::validate(own);
  if (!complaint.empty()) return (std::string(complaint));
  nodes_.push_back(std::make_unique<EnvNode>(EnvNode{storage, own}));
  start(*nodes_.back());
  return "";
}

// The node as its disk remembers it, on its first day and on every other.
void InteractionEnv::start(EnvNode& node) {
  node.raw.emplace(node.config);
  changed(node.config.id);
}

std::string InteractionEnv::raftState(Directive&) {
  for (const auto& each : nodes_) {
    if (!each->raw) {
      output_.print(text(each->config.id, ": down\n"));
      continue;
    }
    const raft::Status status = each->raw->status();
    output_.print(text(status.id, ": ", raft::name(status.softState.raftState),
                       isVoter(*each) ? " (Voter)" : " (Non-Voter)", " Term:",
                       status.hardState.term, " Lead:", status.softState.lead, "\n"));
  }
  return "";
}

std::string InteractionEnv::raftLog(Directive& d) {
  const NodeId id = nodeIn(d, 0);
  if (wrong(d)) return "";
  printLog(node(id));
  return "";
}

// What is on the disk. Entries that were not written yet are not shown.
void InteractionEnv::printLog(const EnvNode& node) {
  const raft::Index first = node.storage->firstIndex();
  const raft::Index last = node.storage->lastIndex();
  if (last < first) {
    output_.print(text("log is empty: first index=", first, ", last index=", last));
    return;
  }
  const auto entries = node.storage->entries(first, last + 1, raft::kNoLimit);
  output_.print(raftpb::describeEntries(*entries));
}

std::string InteractionEnv::status(Directive& d) {
  const NodeId id = runningNodeIn(d, 0);
  if (wrong(d)) return "";
  output_.print(toString(node(id).raw->progress()));
  return "";
}

// Discards the log up to an index.
std::string InteractionEnv::compact(Directive& d) {
  const NodeId id = runningNodeIn(d, 0);
  const raft::Index index = d.number(d.bareKeys()[1]);
  if (wrong(d)) return "";
  if (index > node(id).raw->status().applied) {
    return d.complain(text("only what is applied can be discarded; node ", id,
                           " applied ", node(id).raw->status().applied));
  }
  if (const base::Error error = node(id).storage->compact(index)) return error.message();
  askForSnapshots(id, index, d);
  printLog(node(id));
  changed(id);
  return "";
}

// A leader whose follower still needs what is gone would have to send a snapshot.
void InteractionEnv::askForSnapshots(NodeId id, raft::Index compacted, Directive& d) {
  for (const auto& [follower, progress] : node(id).raw->progress()) {
    if (follower == id || progress.next() > compacted) continue;
    d.complain(text("node ", follower, " needs entry ", progress.next(), ", and ",
                    snapshotsComeLater()));
  }
}

std::string InteractionEnv::logLevel(Directive& d) {
  const std::optional<LogLevel> level = parseLogLevel(d.bareKeys()[0]);
  if (!level) {
    return ("log levels must be either of [DEBUG INFO WARN ERROR FATAL NONE]");
  }
  output_.setLevel(*level);
  return "";
}

std::string InteractionEnv::breakpoint(Directive&) {
  return "";
}

}  // namespace rafttest
