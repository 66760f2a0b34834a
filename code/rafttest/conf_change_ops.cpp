// Reading "v1 l2 r3 u4". Tested by rafttest/conf_change_ops_test.cpp.
#include "rafttest/conf_change_ops.hpp"

#include <algorithm>
#include <optional>

#include "base/text.hpp"
#include "rafttest/directive.hpp"

namespace rafttest {
namespace {

using raftpb::ConfChangeType;

std::optional<ConfChangeType> typeOf(char letter) {
  switch (letter) {
    case 'v':
      return ConfChangeType::ConfChangeAddNode;
    case 'l':
      return ConfChangeType::ConfChangeAddLearnerNode;
    case 'r':
      return ConfChangeType::ConfChangeRemoveNode;
    case 'u':
      return ConfChangeType::ConfChangeUpdateNode;
    default:
      return std::nullopt;
  }
}

// In the words of Go's ParseUint, because scripts of etcd's may expect them.
std::string notANumber(std::string_view text) {
  const bool isDigits =
      !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
  return base::text("strconv.ParseUint: parsing \"", text,
                    "\": ", isDigits ? "value out of range" : "invalid syntax");
}

}  // namespace

ParsedChanges parseConfChanges(std::string_view text) {
  ParsedChanges parsed;
  text = trimmed(text);
  while (!text.empty()) {
    const std::string_view token = text.substr(0, text.find(' '));
    text.remove_prefix(std::min(text.size(), token.size() + 1));

    if (token.size() < 2) return {{}, base::text("unknown token ", token)};
    const auto type = typeOf(token[0]);
    if (!type) return {{}, base::text("unknown input: ", token)};
    const auto id = parseNumber(token.substr(1));
    if (!id) return {{}, notANumber(token.substr(1))};
    parsed.changes.push_back({*type, *id});
  }
  return parsed;
}

}  // namespace rafttest
