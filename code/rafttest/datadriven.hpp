// Scripts: text files in which a test says what it does and what it should see.
//
// A script is a list of directives. Whoever understands the commands hands in a Handler;
// this file knows how a script is written, compares what the handler says with what the
// script expects, and can write the script anew with what the handler says now. The
// grammar is that of the datadriven library in which etcd's own scripts are written.
//
// Text in, text out: nothing here opens a file, so a browser can do the same.
//
// Tested by rafttest/datadriven_test.cpp.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "rafttest/directive.hpp"

namespace rafttest {

/// A script, read.
struct Script {
  std::string file = {};
  std::vector<Directive> directives = {};
  std::string tail = {};       ///< what stands after the last directive
  std::string complaint = {};  ///< "file:line: what is wrong and how to mend it"
};

/// Reads a script. `file` is its name, for complaints.
Script parse(std::string_view file, std::string_view text);

/// Does what a directive says, and returns what there is to see.
using Handler = std::function<std::string(Directive&)>;

/// What became of a script.
struct Report {
  std::size_t directives = 0;  ///< so many were run
  std::string failure = {};    ///< empty if all is well
  std::string text = {};       ///< of rewrite, unless it failed: the new script
};

/// Runs a script up to the first directive whose output is not the expected one.
Report check(const Script& script, const Handler& handle);

/// Runs a script and puts what it said in the place of what was expected.
Report rewrite(const Script& script, const Handler& handle);

/// The lines of two texts that differ, with two lines before and after them: "-" is
/// expected and missing, "+" is there and unexpected.
std::string difference(std::string_view expected, std::string_view actual);

}  // namespace rafttest
