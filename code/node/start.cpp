// Starting a node. Tested by node/cluster_test.cpp.
#include "node/start.hpp"

#include <utility>

#include "raft/rawnode.hpp"

namespace node {

std::unique_ptr<Node> startNode(raft::Config config, const std::vector<raft::Peer>& peers,
                                Doors doors) {
  raft::RawNode rawNode(config);
  rawNode.bootstrap(peers);
  return std::make_unique<Node>(std::move(rawNode), std::move(config), std::move(doors));
}

std::unique_ptr<Node> restartNode(raft::Config config, Doors doors) {
  return startNode(std::move(config), std::move(doors));
}

}  // namespace node
