// The first entries of a new cluster: one for each member, the same on every node.
//
// Who is in the cluster is said in the log, because it must be agreed on like everything
// else. But a cluster without members can't agree on anything, so the first ones are
// written into the log by hand, as if they had been committed in term 1.
//
// etcd: bootstrap.go. Tested by raft/rawnode_test.cpp.
#pragma once

#include <vector>

#include "base/bytes.hpp"
#include "raft/util.hpp"
#include "raftpb/message.hpp"

namespace raft {

/// A member of a cluster that begins.
struct Peer {
  NodeId id = kNone;
  base::Bytes context = {};  ///< the application's, for example an address
};

/// The log that a cluster of `peers` begins with.
raftpb::Entries bootstrapEntries(const std::vector<Peer>& peers);

}  // namespace raft
