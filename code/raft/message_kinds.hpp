// Sorting messages for whoever sends them: which name a term of their own, which have
// none, and which must wait for the disk.
//
// Tested by raft/message_kinds_test.cpp.
#pragma once

#include "raftpb/message.hpp"

namespace raft {

/// Asks for a vote or gives one, in a term that the message names itself.
bool isAboutVotes(raftpb::MessageType type);

/// Means the same in every term: it is on its way to whoever leads.
bool isForAnyTerm(raftpb::MessageType type);

/// Promises what a crash must not take back.
bool isPromise(raftpb::MessageType type);

}  // namespace raft
