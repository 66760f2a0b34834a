// One step of a script: a command, its arguments, its input, and what it should say.
//
//   add-nodes 2 voters=(1, 2) index=10        cmd  key  key=(value, value)  key=value
//   ...                                       the input, for the commands that take one
//   ----
//   INFO newRaft 1 ...                        the output that is expected
//
// A value that cannot be read is a mistake of the script, not an output of its command.
// The command complains, goes on with a zero and returns; whoever runs the script stops
// there and shows the first complaint.
//
// Tested by rafttest/directive_test.cpp.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rafttest {

/// "key", "key=value" or "key=(value, value)".
struct Arg {
  std::string key;

  /// None for "key"; one, which is empty, for "key=" and for "key=()".
  std::vector<std::string> values = {};

  bool operator==(const Arg&) const = default;
};

/// A line of a script, taken apart, or the reason why it cannot be.
struct ParsedLine {
  std::string cmd = {};
  std::vector<Arg> args = {};
  std::string mistake = {};  ///< what is wrong and how to mend it; empty if nothing
};

/// Takes apart "cmd key key=value key=(value, value)". The line is not blank.
ParsedLine parseLine(std::string_view line);

/// A whole decimal number, and nothing else.
std::optional<std::uint64_t> parseNumber(std::string_view text);

/// What Go's ParseBool takes: 1 t T TRUE true True, 0 f F FALSE false False.
std::optional<bool> parseBool(std::string_view text);

/// The text without the white space at its ends.
std::string_view trimmed(std::string_view text);

/// One step of a script.
struct Directive {
  std::string file = {};
  int line = 0;  ///< of the command
  std::string cmd = {};
  std::vector<Arg> args = {};
  std::string input = {};     ///< trimmed
  std::string expected = {};  ///< every line ends with a newline
  std::string source = {};    ///< the lines up to the separator, comments before included
  bool separated = false;     ///< was there a separator, "----"?
  std::string complaint = {};  ///< "file:line: what is wrong"; empty if nothing is

  const Arg* find(std::string_view key) const;  ///< null if there is no such argument
  std::vector<std::string> bareKeys() const;    ///< the arguments without values

  /// The script is wrong; only the first complaint is kept. Returns "", so that a command
  /// can end with `return directive.complain("...")`.
  std::string complain(std::string_view what);

  std::uint64_t number(std::string_view text);  ///< complains, and is 0, if it is none
  bool flag(std::string_view text);             ///< complains, and is false, likewise

  /// The one value of an argument, or `fallback` if the argument is absent.
  std::string textOf(std::string_view key, std::string_view fallback);
  std::uint64_t numberOf(std::string_view key, std::uint64_t fallback);  ///< as textOf
  bool flagOf(std::string_view key, bool fallback);                      ///< as textOf

  /// All values of an argument, none if it is absent.
  std::vector<std::uint64_t> numbersOf(std::string_view key);
};

}  // namespace rafttest
