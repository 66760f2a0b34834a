// A message on an arrow: its type, and the numbers that matter for that type.
//
// A transcript has room for a whole message, and a picture has not. Of an append, the
// entry that it builds on and how many it brings; of a vote, the term and the end of the
// candidate's log; of an answer, yes or no. Tested by rafttest/label_test.cpp.
#pragma once

#include <string>

#include "raftpb/message.hpp"

namespace rafttest {

/// "MsgApp 1/11 +2": it follows entry 11 of term 1, and brings two.
std::string label(const raftpb::Message& m);

}  // namespace rafttest
