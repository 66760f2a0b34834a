// Reading scripts, running them, writing them anew. Tested by
// rafttest/datadriven_test.cpp.
#include "rafttest/datadriven.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

namespace rafttest {
namespace {

constexpr std::string_view kSeparator = "----";
constexpr std::size_t kLongestLine = 64 * 1024;

bool isBlank(std::string_view line) {
  return trimmed(line).empty();
}

// Some editors put a byte order mark before a text.
std::string_view withoutMark(std::string_view text) {
  constexpr std::string_view kMark = "\xef\xbb\xbf";
  if (text.starts_with(kMark)) text.remove_prefix(kMark.size());
  return text;
}

std::string asLine(std::string_view text) {
  return std::string(text) + "\n";
}

// The text's lines, one after the other, and the number of the last one.
class Lines {
 public:
  explicit Lines(std::string_view text) : rest_(text) {}

  std::optional<std::string_view> next() {
    if (rest_.empty()) return std::nullopt;
    std::string_view line = rest_.substr(0, rest_.find('\n'));
    rest_.remove_prefix(std::min(rest_.size(), line.size() + 1));
    ++number_;
    longest_ = std::max(longest_, line.size());
    if (line.ends_with('\r')) line.remove_suffix(1);
    return line;
  }

  int number() const { return number_; }
  bool tooLong() const { return longest_ >= kLongestLine; }

 private:
  std::string_view rest_;
  int number_ = 0;
  std::size_t longest_ = 0;
};

// Reads one script. A mistake ends the reading.
class Reader {
 public:
  Reader(std::string_view file, std::string_view text) : lines_(withoutMark(text)) {
    script_.file = file;
  }

  Script read();

 private:
  void readDirective(std::string_view firstLine);
  std::string readCommandLine(std::string_view firstLine);
  void readInput(Directive& directive);
  std::string readExpected();
  std::string readBlock();
  std::string readDoubleBlock();
  void complain(int line, std::string_view what);

  Lines lines_;
  Script script_;
  std::string source_;  // what was read since the last directive
};

void Reader::complain(int line, std::string_view what) {
  if (!script_.complaint.empty()) return;
  script_.complaint =
      script_.file + ":" + std::to_string(line) + ": " + std::string(what);
}

Script Reader::read() {
  while (script_.complaint.empty()) {
    const auto line = lines_.next();
    if (!line) break;
    source_ += asLine(*line);
    const bool isComment = trimmed(*line).starts_with('#');
    if (!isComment && !isBlank(*line)) readDirective(*line);
    if (lines_.tooLong()) complain(lines_.number(), "a line has 64 KiB or more; cut it");
  }
  script_.tail = source_;
  return std::move(script_);
}

void Reader::readDirective(std::string_view firstLine) {
  Directive directive;
  directive.file = script_.file;
  directive.line = lines_.number();
  ParsedLine parsed = parseLine(readCommandLine(firstLine));
  if (!parsed.mistake.empty()) return complain(directive.line, parsed.mistake);
  directive.cmd = std::move(parsed.cmd);
  directive.args = std::move(parsed.args);
  if (directive.cmd != "subtest") readInput(directive);
  directive.source = std::exchange(source_, "");
  script_.directives.push_back(std::move(directive));
}

// A command may go on after a line that ends with a backslash.
std::string Reader::readCommandLine(std::string_view firstLine) {
  std::string command(trimmed(firstLine));
  while (command.ends_with('\\')) {
    const auto line = lines_.next();
    if (!line) break;
    source_ += asLine(*line);
    command.back() = ' ';
    command += trimmed(*line);
  }
  return command;
}

void Reader::readInput(Directive& directive) {
  std::string input;
  while (const auto line = lines_.next()) {
    if (*line == kSeparator) {
      directive.separated = true;
      directive.expected = readExpected();
      break;
    }
    source_ += asLine(*line);
    input += asLine(*line);
  }
  directive.input = trimmed(input);
}

// Up to the first blank line, or, between doubled separators, with blank lines in it.
std::string Reader::readExpected() {
  std::string expected;
  auto line = lines_.next();
  if (line == kSeparator) return readDoubleBlock();
  for (; line && !isBlank(*line); line = lines_.next()) expected += asLine(*line);
  return expected;
}

std::string Reader::readDoubleBlock() {
  const int opened = lines_.number();
  std::string expected;
  bool closing = false;  // the last line was a separator
  while (const auto line = lines_.next()) {
    const bool isSeparator = *line == kSeparator;
    if (closing && isSeparator) {
      expected.resize(expected.size() - kSeparator.size() - 1);
      const auto after = lines_.next();
      if (after && !after->empty()) {
        complain(lines_.number(), "a double block is followed by a blank line; add one");
      }
      return expected;
    }
    closing = isSeparator;
    expected += asLine(*line);
  }
  complain(opened, "a double block does not end; close it with two lines of ----");
  return expected;
}

// A handler's output as a script stores it: empty, or ending with a newline.
std::string normalized(std::string output) {
  if (!output.empty() && !output.ends_with('\n')) output += '\n';
  return output;
}

bool hasBlankLine(std::string_view output) {
  Lines lines(output);
  while (const auto line = lines.next()) {
    if (isBlank(*line)) return true;
  }
  return false;
}

// A blank line would end a block, so a block that has one is doubled.
std::string block(const std::string& output) {
  const std::string bar = asLine(kSeparator);
  return hasBlankLine(output) ? bar + bar + output + bar + bar + "\n"
                              : bar + output + "\n";
}

// What a directive says now; a complaint of its command becomes the report's failure.
std::string play(Directive directive, const Handler& handle, Report& report) {
  ++report.directives;
  std::string output = normalized(handle(directive));
  report.failure = directive.complaint;
  return output;
}

std::vector<std::string_view> split(std::string_view text) {
  std::vector<std::string_view> all;
  Lines lines(text);
  while (const auto line = lines.next()) all.push_back(*line);
  return all;
}

}  // namespace

Script parse(std::string_view file, std::string_view text) {
  return Reader(file, text).read();
}

Report check(const Script& script, const Handler& handle) {
  Report report;
  report.failure = script.complaint;
  for (const Directive& directive : script.directives) {
    if (!report.failure.empty()) break;
    if (directive.cmd == "subtest") continue;
    const std::string output = play(directive, handle, report);
    if (!report.failure.empty() || output == directive.expected) continue;
    Directive failed = directive;
    failed.complain(directive.separated
                        ? "the output is not the expected one (- expected, + now)"
                        : "no output is expected; end the input with a line of ----");
    report.failure = failed.complaint + "\n" + difference(directive.expected, output);
  }
  return report;
}

Report rewrite(const Script& script, const Handler& handle) {
  Report report;
  report.failure = script.complaint;
  for (const Directive& directive : script.directives) {
    if (!report.failure.empty()) break;
    report.text += directive.source;
    if (directive.cmd == "subtest") continue;
    report.text += block(play(directive, handle, report));
  }
  if (!report.failure.empty()) return {report.directives, report.failure};
  report.text += script.tail;
  if (report.text.ends_with("\n\n")) report.text.pop_back();
  return report;
}

std::string difference(std::string_view expected, std::string_view actual) {
  constexpr std::ptrdiff_t kContext = 2;
  const auto before = split(expected);
  const auto after = split(actual);
  const auto [b, a] =
      std::mismatch(before.begin(), before.end(), after.begin(), after.end());
  const auto [rb, ra] = std::mismatch(before.rbegin(), std::make_reverse_iterator(b),
                                      after.rbegin(), std::make_reverse_iterator(a));

  std::string out;
  const auto show = [&out](char mark, auto from, auto to) {
    for (; from != to; ++from) out += mark + (" " + asLine(*from));
  };
  show(' ', b - std::min(b - before.begin(), kContext), b);
  show('-', b, rb.base());
  show('+', a, ra.base());
  show(' ', rb.base(), rb.base() + std::min(before.end() - rb.base(), kContext));
  return out;
}

}  // namespace rafttest
