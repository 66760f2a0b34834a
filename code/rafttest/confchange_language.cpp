// Steps and what they come to. Tested by rafttest/confchange_language_test.cpp.
#include "rafttest/confchange_language.hpp"

#include "rafttest/conf_change_ops.hpp"

namespace rafttest {

using raft::confchange::Members;

std::string ConfChangeLanguage::handle(Directive& directive) {
  std::string output = step(directive);
  ++changer_.lastIndex;  // whatever came of it: it is in the log
  return output;
}

std::string ConfChangeLanguage::step(Directive& directive) {
  const ParsedChanges parsed = parseConfChanges(directive.input);
  if (!parsed.mistake.empty()) return parsed.mistake;

  base::Result<Members> members = Members();
  if (directive.cmd == "simple") {
    members = changer_.simple(parsed.changes);
  } else if (directive.cmd == "enter-joint") {
    members = changer_.enterJoint(directive.flagOf("autoleave", false), parsed.changes);
  } else if (directive.cmd == "leave-joint") {
    if (!parsed.changes.empty()) return "this command takes no input";
    members = changer_.leaveJoint();
  } else {
    return "unknown command";
  }

  if (!members) return members.error().message();
  changer_.members = *members;
  return toString(members->config) + "\n" + toString(members->progress);
}

}  // namespace rafttest
