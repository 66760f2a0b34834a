// The first entries of a cluster. Tested by raft/rawnode_test.cpp.
#include "raft/bootstrap.hpp"

#include "raftpb/codec.hpp"
#include "raftpb/conf_change.hpp"

namespace raft {

raftpb::Entries bootstrapEntries(const std::vector<Peer>& peers) {
  raftpb::Entries entries;
  for (const Peer& peer : peers) {
    const raftpb::ConfChange change{.type = raftpb::ConfChangeType::ConfChangeAddNode,
                                    .nodeId = peer.id,
                                    .context = peer.context};
    entries.push_back({.type = raftpb::EntryType::EntryConfChange,
                       .term = 1,
                       .index = entries.size() + 1,
                       .data = marshal(change, raftpb::Dialect::SetFields)});
  }
  return entries;
}

}  // namespace raft
