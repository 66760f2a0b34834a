// Levels and indentation. Tested by rafttest/output_test.cpp.
#include "rafttest/output.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace rafttest {
namespace {

constexpr std::array<std::string_view, 6> kNames = {"DEBUG", "INFO",  "WARN",
                                                    "ERROR", "FATAL", "NONE"};

char upper(char c) {
  return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

LogLevel levelOf(raft::Level level) {
  switch (level) {
    case raft::Level::Debug:
      return LogLevel::Debug;
    case raft::Level::Info:
      return LogLevel::Info;
    case raft::Level::Warning:
      return LogLevel::Warn;
  }
  return LogLevel::Error;
}

}  // namespace

std::optional<LogLevel> parseLogLevel(std::string_view name) {
  std::string loud(name);
  std::ranges::transform(loud, loud.begin(), upper);
  const auto found = std::ranges::find(kNames, loud);
  if (found == kNames.end()) return std::nullopt;
  return static_cast<LogLevel>(found - kNames.begin());
}

void Output::log(raft::Level level, std::string_view line) {
  const LogLevel loudness = levelOf(level);
  if (loudness < level_) return;
  text_ += kNames[static_cast<std::size_t>(loudness)];
  text_ += ' ';
  text_ += line;
  text_ += '\n';
}

void Output::print(std::string_view words) {
  if (!silent()) text_ += words;
}

std::string Output::shifted(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    out += "  ";
    out += text.substr(0, end);
    out += '\n';
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

}  // namespace rafttest
