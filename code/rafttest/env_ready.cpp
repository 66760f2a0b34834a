// Carrying out a Ready, as an application has to: write, send, apply, advance. Tested by
// rafttest/interaction_env_test.cpp.
#include <utility>

#include "base/text.hpp"
#include "raft/describe.hpp"
#include "rafttest/interaction_env.hpp"

namespace rafttest {

using base::text;

std::string InteractionEnv::processReady(Directive& d) {
  const std::vector<NodeId> ids = runningNodesIn(d);
  if (wrong(d)) return "";
  if (ids.size() == 1) {
    handleReady(ids[0]);
    return "";
  }
  for (const NodeId id : ids) {
    header(id, "handling Ready");
    output_.indented([&] { handleReady(id); });
  }
  return "";
}

// The application of these nodes keeps nothing of what it applies but how far that went,
// for a restart. Its nodes get no snapshots yet.
void InteractionEnv::handleReady(NodeId id) {
  EnvNode& own = node(id);
  raft::Ready rd = own.raw->ready();
  output_.print(raft::describeReady(rd));
  persist(own, rd);
  queue(std::exchange(rd.messages, {}));
  own.raw->advance(rd);
  changed(id);
}

void InteractionEnv::persist(EnvNode& node, const raft::Ready& rd) {
  node.storage->append(rd.entries);
  if (rd.hardState) node.storage->setHardState(*rd.hardState);
}

void InteractionEnv::queue(std::vector<raftpb::Message> messages) {
  for (raftpb::Message& m : messages) {
    underWay_.push_back({++sent_, std::move(m)});
    observer_->sent(underWay_.back());
  }
}

void InteractionEnv::header(NodeId id, std::string_view what) {
  output_.print(text("> ", id, " ", what, "\n"));
}

}  // namespace rafttest
