// Changes of the membership as scripts write them: "v1 l2 r3 u4".
//
// A letter says what happens to a node: it becomes a voter, becomes a learner, is
// removed, or is updated. raftpb::describeConfChanges writes the same.
//
// Tested by rafttest/conf_change_ops_test.cpp.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "raftpb/conf_change.hpp"

namespace rafttest {

/// Changes, or the sentence that says why the text is none.
struct ParsedChanges {
  std::vector<raftpb::ConfChangeSingle> changes = {};
  std::string mistake = {};
};

/// Reads "v1 l2 r3 u4": parts are separated by one space. Nothing is no change at all.
ParsedChanges parseConfChanges(std::string_view text);

}  // namespace rafttest
