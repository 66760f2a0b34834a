// What a directive answers: the buffer into which nodes log and commands speak.
//
// There is one for the whole cluster, so lines stand in the order in which things
// happened. A level decides how loud a node's line must be to be kept; at None even the
// commands are silent, which is how a long preparation takes one line in a scenario file.
//
// etcd: rafttest/interaction_env_logger.go. Tested by rafttest/output_test.cpp.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "raft/logger.hpp"

namespace rafttest {

/// How loud a line must be to be kept, by the names that `log-level` takes.
enum class LogLevel : std::uint8_t { Debug, Info, Warn, Error, Fatal, None };

/// The level of that name, in capitals or not.
std::optional<LogLevel> parseLogLevel(std::string_view name);

/// Collects the answer to one directive.
class Output {
 public:
  /// A node's line: "INFO 1 became leader at term 1".
  void log(raft::Level level, std::string_view line);

  /// A command's own words, newlines included.
  void print(std::string_view words);

  /// Whatever `body` brings about is moved to the right by two spaces.
  template <class Body>
  void indented(Body body) {
    std::string outside = std::exchange(text_, {});
    body();
    text_ = std::move(outside) + shifted(text_);
  }

  LogLevel level() const { return level_; }                 ///< what is kept at present
  void setLevel(LogLevel level) { level_ = level; }         ///< from now on
  bool silent() const { return level_ == LogLevel::None; }  ///< is nothing kept?
  std::string take() { return std::exchange(text_, {}); }  ///< the text, which it forgets

 private:
  static std::string shifted(std::string_view text);

  LogLevel level_ = LogLevel::Debug;
  std::string text_;
};

}  // namespace rafttest
