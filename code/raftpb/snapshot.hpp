// Snapshot: everything up to one index, in one piece, instead of the entries.
//
// Its metadata says what a log that begins behind it must know: where it ends, in which
// term, and who the members were. ConfState is that list of members; `voters` alone is
// the usual case, the other lists are used while a change is under way (Part III).
// Tested by raftpb/codec_test.cpp.
#pragma once

#include <vector>

#include "base/bytes.hpp"
#include "raftpb/message.hpp"

namespace raftpb {

/// Who belongs to the cluster, and in which part.
struct ConfState {
  std::vector<NodeId> voters = {};
  std::vector<NodeId> learners = {};        ///< they receive, and have no vote
  std::vector<NodeId> votersOutgoing = {};  ///< the old voters, during a joint change
  std::vector<NodeId> learnersNext = {};    ///< outgoing voters that will be learners
  bool autoLeave = false;                   ///< leave the joint change unasked

  bool operator==(const ConfState&) const = default;
};

/// Which entry a snapshot ends with, and who the members were then.
struct SnapshotMetadata {
  ConfState confState = {};
  Index index = 0;
  Term term = 0;

  bool operator==(const SnapshotMetadata&) const = default;
};

/// The application's state at metadata.index. An index of 0 means: no snapshot.
struct Snapshot {
  base::Bytes data = {};
  SnapshotMetadata metadata = {};

  bool operator==(const Snapshot&) const = default;
};

}  // namespace raftpb
