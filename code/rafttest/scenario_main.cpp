// scenario: plays conversations with a cluster, and compares what it hears.
//
//   scenario FILE...            prints each conversation; 1 if it is not as the file says
//   scenario --quiet FILE...    only says what differs
//   scenario --rewrite FILE...  writes what was heard into the file
//   scenario --trace OUT FILE   writes the events of a picture as JSON, too
//
// The core prints nothing and opens no file; this program does both for it.
#include <csignal>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rafttest/datadriven.hpp"
#include "rafttest/interaction_env.hpp"
#include "rafttest/trace.hpp"

namespace {

constexpr const char* kUsage =
    "use: scenario [--quiet | --rewrite] FILE...\n"
    "     scenario [--quiet] --trace OUT.json FILE\n";

struct Options {
  bool quiet = false;
  bool rewrite = false;
  std::string trace = {};
  std::vector<std::string> files = {};
};

// What is being played. Should a node stop the process, this is where it happened.
std::string playing;

extern "C" void sayWhere(int) {
  std::fprintf(stderr, "%s: this is where the node stopped\n", playing.c_str());
}

int fail(const std::string& what) {
  std::fprintf(stderr, "%s\n", what.c_str());
  return 1;
}

std::optional<std::string> read(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in || in.peek() == std::ifstream::traits_type::eof()) return std::nullopt;
  return std::string(std::istreambuf_iterator<char>(in), {});
}

bool write(const std::string& file, const std::string& text) {
  std::ofstream out(file, std::ios::binary | std::ios::trunc);
  out << text;
  return static_cast<bool>(out.flush());
}

std::string line(const rafttest::Directive& d) {
  const std::size_t end = d.source.find_last_not_of("\n");
  const std::size_t begin = d.source.rfind('\n', end);
  return d.source.substr(begin == std::string::npos ? 0 : begin + 1, end - begin);
}

void print(const rafttest::Directive& d, const std::string& said) {
  const char* newline = said.ends_with('\n') ? "" : "\n";
  std::printf("%s----\n%s%s\n", d.source.c_str(), said.c_str(), newline);
}

// Plays one file. 0 if it is as it should be.
int play(const std::string& file, const Options& options) {
  const std::optional<std::string> text = read(file);
  if (!text) return fail(file + ": is empty, or can't be read; is the name right?");
  rafttest::Trace trace;
  rafttest::InteractionEnv env(&trace);
  const rafttest::Handler handle = [&](rafttest::Directive& d) {
    playing = d.file + ":" + std::to_string(d.line) + ": " + line(d);
    std::string said = env.handle(d);
    if (!options.quiet && !options.rewrite && d.complaint.empty()) print(d, said);
    return said;
  };
  const rafttest::Script script = rafttest::parse(file, *text);
  const rafttest::Report report = options.rewrite ? rafttest::rewrite(script, handle)
                                                  : rafttest::check(script, handle);
  std::fflush(stdout);
  if (!options.trace.empty() && !write(options.trace, trace.json())) {
    return fail(options.trace + ": can't be written; is there such a directory?");
  }
  if (!report.failure.empty()) return fail(report.failure);
  if (options.rewrite && report.text != *text && !write(file, report.text)) {
    return fail(file + ": can't be written; is it yours?");
  }
  return 0;
}

// Nothing if the arguments make no sense.
std::optional<Options> optionsOf(const std::vector<std::string>& arguments) {
  Options options;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string& argument = arguments[i];
    if (argument == "--quiet") {
      options.quiet = true;
    } else if (argument == "--rewrite") {
      options.rewrite = true;
    } else if (argument == "--trace" && i + 1 < arguments.size()) {
      options.trace = arguments[++i];
    } else if (argument.starts_with("--")) {
      return std::nullopt;
    } else {
      options.files.push_back(argument);
    }
  }
  const bool oneTrace = options.trace.empty() || options.files.size() == 1;
  if (options.files.empty() || !oneTrace) return std::nullopt;
  return options;
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  if (!arguments.empty() && arguments[0] == "--svg") {
    return fail("a picture is drawn by ./book scenario FILE --svg OUT.svg");
  }
  const std::optional<Options> options = optionsOf(arguments);
  if (!options) {
    std::fputs(kUsage, stderr);
    return 2;
  }
  std::signal(SIGABRT, sayWhere);
  int result = 0;
  for (const std::string& file : options->files) result |= play(file, *options);
  return result;
}
