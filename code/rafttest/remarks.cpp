// Reading comments. Tested by rafttest/remarks_test.cpp.
#include "rafttest/remarks.hpp"

#include <algorithm>
#include <utility>

#include "rafttest/directive.hpp"

namespace rafttest {
namespace {

constexpr std::string_view kPicture = "picture:";

// The lines of a text, trimmed.
std::vector<std::string_view> lines(std::string_view text) {
  std::vector<std::string_view> found;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    found.push_back(trimmed(text.substr(0, end)));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return found;
}

// What stands behind the mark of a comment; the line is one.
std::string_view said(std::string_view line) {
  return trimmed(line.substr(std::min(line.find_first_not_of('#'), line.size())));
}

}  // namespace

std::string titleOf(std::string_view source) {
  for (const std::string_view line : lines(source)) {
    if (line.starts_with('#') && !said(line).empty()) return std::string(said(line));
  }
  return "";
}

// A blank line parts a comment from the directive: what stands above it is for whoever
// reads the file.
Remarks remarks(std::string_view source, bool isFirst) {
  Remarks found;
  bool title = isFirst;
  for (const std::string_view line : lines(source)) {
    if (line.empty()) {
      found.note.clear();
      continue;
    }
    if (!line.starts_with('#')) break;  // the directive
    std::string_view words = said(line);
    if (words.starts_with(kPicture)) {
      words.remove_prefix(kPicture.size());
      found.orders.emplace_back(trimmed(words));
    } else if (std::exchange(title, title && words.empty())) {
      continue;
    } else if (!words.empty()) {
      found.note += found.note.empty() ? "" : " ";
      found.note += words;
    }
  }
  return found;
}

}  // namespace rafttest
