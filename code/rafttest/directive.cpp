// The grammar of one line, and the values in it. Tested by rafttest/directive_test.cpp.
#include "rafttest/directive.hpp"

#include <algorithm>
#include <charconv>
#include <initializer_list>
#include <system_error>
#include <utility>

namespace rafttest {
namespace {

constexpr std::string_view kSpace = " \t\r\n\v\f";

// A line that is consumed from its front.
class Line {
 public:
  explicit Line(std::string_view text) : rest_(trimmed(text)) {}

  bool empty() const { return rest_.empty(); }
  bool startsWith(char c) const { return rest_.starts_with(c); }
  void skip(std::size_t n) { rest_.remove_prefix(n); }
  void skipSpace() { rest_ = trimmed(rest_); }

  // Everything up to one of these characters, or to the end.
  std::string until(std::string_view ends) {
    const std::string_view taken = rest_.substr(0, rest_.find_first_of(ends));
    skip(taken.size());
    return std::string(taken);
  }

  // "(a, b, (c, d))" is three values. Empty if the list does not end.
  std::vector<std::string> list();

 private:
  std::string_view rest_;
};

std::vector<std::string> Line::list() {
  std::vector<std::string> values(1);
  int depth = 0;
  for (std::size_t i = 0; i < rest_.size(); ++i) {
    const char c = rest_[i];
    if (c == ')' && --depth == 0) {
      skip(i + 1);
      return values;
    }
    if (c == ',' && depth == 1) {
      values.emplace_back();
      while (rest_.substr(i + 1).starts_with(' ')) ++i;
    } else if (depth > 0) {
      values.back() += c;
    }
    if (c == '(') ++depth;
  }
  return {};
}

}  // namespace

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(kSpace);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

ParsedLine parseLine(std::string_view text) {
  Line line(text);
  ParsedLine parsed;
  parsed.cmd = line.until(" ");
  for (line.skipSpace(); !line.empty(); line.skipSpace()) {
    Arg arg{line.until(" =")};
    if (arg.key.empty()) {
      parsed.mistake = "an argument has a name before its '='; write name=value";
      return parsed;
    }
    if (line.startsWith('=')) {
      line.skip(1);
      if (line.startsWith('(')) {
        arg.values = line.list();
      } else {
        arg.values = {line.until(" ")};
      }
      if (arg.values.empty()) {
        parsed.mistake = "the list of '" + arg.key + "' does not end; close it with ')'";
        return parsed;
      }
    }
    parsed.args.push_back(std::move(arg));
  }
  return parsed;
}

std::optional<std::uint64_t> parseNumber(std::string_view text) {
  std::uint64_t number = 0;
  const char* const end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || stopped != end) return std::nullopt;
  return number;
}

std::optional<bool> parseBool(std::string_view text) {
  const auto isIn = [text](std::initializer_list<std::string_view> words) {
    return std::find(words.begin(), words.end(), text) != words.end();
  };
  if (isIn({"1", "t", "T", "TRUE", "true", "True"})) return true;
  if (isIn({"0", "f", "F", "FALSE", "false", "False"})) return false;
  return std::nullopt;
}

const Arg* Directive::find(std::string_view key) const {
  const auto isIt = [key](const Arg& arg) { return arg.key == key; };
  const auto it = std::find_if(args.begin(), args.end(), isIt);
  return it == args.end() ? nullptr : &*it;
}

std::vector<std::string> Directive::bareKeys() const {
  std::vector<std::string> keys;
  for (const Arg& arg : args) {
    if (arg.values.empty()) keys.push_back(arg.key);
  }
  return keys;
}

std::string Directive::complain(std::string_view what) {
  if (complaint.empty()) {
    complaint = file + ":" + std::to_string(line) + ": " + cmd + ": " + std::string(what);
  }
  return "";
}

std::uint64_t Directive::number(std::string_view text) {
  const std::optional<std::uint64_t> value = parseNumber(text);
  if (!value) complain("'" + std::string(text) + "' is not a number; write digits only");
  return value.value_or(0);
}

bool Directive::flag(std::string_view text) {
  const std::optional<bool> value = parseBool(text);
  if (!value) complain("'" + std::string(text) + "' is neither true nor false");
  return value.value_or(false);
}

std::string Directive::textOf(std::string_view key, std::string_view fallback) {
  const Arg* const arg = find(key);
  if (arg == nullptr) return std::string(fallback);
  if (arg->values.size() == 1) return arg->values[0];
  return complain("'" + arg->key + "' takes one value; write " + arg->key + "=value");
}

std::uint64_t Directive::numberOf(std::string_view key, std::uint64_t fallback) {
  return number(textOf(key, std::to_string(fallback)));
}

bool Directive::flagOf(std::string_view key, bool fallback) {
  return flag(textOf(key, fallback ? "true" : "false"));
}

std::vector<std::uint64_t> Directive::numbersOf(std::string_view key) {
  std::vector<std::uint64_t> numbers;
  const Arg* const arg = find(key);
  if (arg == nullptr) return numbers;
  for (const std::string& value : arg->values) numbers.push_back(number(value));
  return numbers;
}

}  // namespace rafttest
