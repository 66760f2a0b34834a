// Starting a node: for the first time, or again.
//
// The first time, all nodes of the cluster are given the same peers, and begin with the
// same log. Afterwards the storage knows: a node that starts again is given nothing but
// its storage, or it would begin a second cluster in the middle of the first.
//
// etcd: StartNode and RestartNode in node.go. Tested by node/cluster_test.cpp.
#pragma once

#include <memory>
#include <vector>

#include "node/node.hpp"
#include "raft/bootstrap.hpp"

namespace node {

/// Starts a node of a new cluster, on an empty storage.
std::unique_ptr<Node> startNode(raft::Config config, const std::vector<raft::Peer>& peers,
                                Doors doors = {});

/// Starts a node as its storage remembers it.
std::unique_ptr<Node> restartNode(raft::Config config, Doors doors = {});

}  // namespace node
