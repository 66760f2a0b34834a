// HardState: the three numbers that a node must not forget (§5.1, Figure 2).
//
// Term and vote are what a promise consists of; a node that forgets them may promise the
// same thing to somebody else. The commit index could be learnt again, and is kept so
// that a restart need not wait for it. Tested by raftpb/codec_test.cpp.
#pragma once

#include "raftpb/message.hpp"

namespace raftpb {

/// What must survive a crash, and how far we had committed.
struct HardState {
  Term term = 0;
  NodeId vote = 0;  ///< whom we voted for in this term; 0 for nobody
  Index commit = 0;

  bool operator==(const HardState&) const = default;
};

}  // namespace raftpb
