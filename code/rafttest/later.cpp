// The stages of Part III that the language reaches into. Tested by
// rafttest/later_test.cpp.
#include "rafttest/later.hpp"

#include <algorithm>
#include <array>
#include <iterator>

#include "base/text.hpp"

namespace rafttest {
namespace {

using base::text;

struct Later {
  std::string_view word;  // a command, or a key of add-nodes
  std::string_view stage;
};

constexpr Later kCommands[] = {
    {"forget-leader", "PREVOTE"},
    {"process-append-thread", "ASYNC_STORAGE"},
    {"process-apply-thread", "ASYNC_STORAGE"},
    {"propose-conf-change", "MEMBERSHIP"},
    {"send-snapshot", "SNAPSHOT"},
    {"transfer-leadership", "TRANSFER"},
};

constexpr Later kKeys[] = {
    {"async-storage-writes", "ASYNC_STORAGE"},
    {"prevote", "PREVOTE"},
    {"checkquorum", "PREVOTE"},
    {"disable-conf-change-validation", "MEMBERSHIP"},
    {"read-only", "READ_INDEX"},
    {"step-down-on-removal", "MEMBERSHIP"},
};

std::string comes(std::string_view what, const Later& later) {
  return text(what, " comes with the stage ", later.stage, "; here is SCENARIO");
}

// A key that says "as ever" asks for nothing.
bool asksForNothing(std::string_view value) {
  constexpr std::array<std::string_view, 7> usual = {"0",     "f",     "F",   "false",
                                                     "FALSE", "False", "safe"};
  return std::ranges::find(usual, value) != usual.end();
}

}  // namespace

std::string comesLater(const Directive& directive) {
  const auto command = std::ranges::find(kCommands, directive.cmd, &Later::word);
  if (command != std::end(kCommands)) return comes("this command", *command);
  if (directive.cmd != "add-nodes") return "";
  for (const Arg& arg : directive.args) {
    const auto key = std::ranges::find(kKeys, arg.key, &Later::word);
    if (key == std::end(kKeys) || arg.values.empty() ||
        asksForNothing(arg.values.front())) {
      continue;
    }
    return comes(text(key->word, "="), *key);
  }
  return "";
}

std::string snapshotsComeLater() {
  return comes("sending a snapshot", {"", "SNAPSHOT"});
}

}  // namespace rafttest
