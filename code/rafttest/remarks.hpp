// What the comments of a scenario say about its picture.
//
//   # The old leader comes back          the first comment of the file: the title
//   # picture:                           what came before is not drawn
//   # picture: without MsgHeartbeat ...  nor are these types; "commits": nor the commits
//   # picture: logs                      draw everybody's log here, too
//   # picture: end                       what follows is not drawn
//   # Any other comment, right above a directive, is written into the picture.
//
// To the cluster all of them are comments. Tested by rafttest/remarks_test.cpp.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace rafttest {

/// The comments before one directive, sorted.
struct Remarks {
  std::vector<std::string> orders = {};  ///< behind "picture:", in order; "" for none
  std::string note = {};                 ///< the comment right above the directive
};

/// Reads them from the lines before a directive. `isFirst`: the file begins here, and
/// its first comment is the title.
Remarks remarks(std::string_view source, bool isFirst);

/// The first comment of a text, without its mark.
std::string titleOf(std::string_view source);

}  // namespace rafttest
