// What `scenario --quiet FILE` is in the terminal, for exercises that are judged by a
// conversation: it plays a file, and says where a node answers differently. Without
// traces and the other languages it is a third smaller to download.
#include <csignal>
#include <cstdio>
#include <string>

#include "rafttest/datadriven.hpp"
#include "rafttest/interaction_env.hpp"

namespace {

// What is being played. Should a node stop the program, this is where it happened.
std::string playing;

extern "C" void sayWhere(int) {
  std::fprintf(stderr, "%s: this is where the node stopped\n", playing.c_str());
}

std::string read(const char* file) {
  std::string text;
  if (std::FILE* in = std::fopen(file, "rb")) {
    char some[4096];
    while (const std::size_t size = std::fread(some, 1, sizeof some, in))
      text.append(some, size);
    std::fclose(in);
  }
  return text;
}

// The directive itself, without the comments before it.
std::string line(const rafttest::Directive& d) {
  const std::size_t end = d.source.find_last_not_of('\n');
  const std::size_t begin = d.source.rfind('\n', end);
  return d.source.substr(begin == std::string::npos ? 0 : begin + 1, end - begin);
}

}  // namespace

int main(int argc, char** argv) {
  const std::string file = argc > 1 ? argv[1] : "";
  const std::string text = read(file.c_str());
  if (text.empty()) {  // a conversation of nothing would agree with everybody
    std::fprintf(stderr, "%s: is empty, or can't be read\n", file.c_str());
    return 1;
  }
  std::signal(SIGABRT, sayWhere);
  rafttest::InteractionEnv env(nullptr);
  const rafttest::Report report =
      rafttest::check(rafttest::parse(file, text), [&](rafttest::Directive& d) {
        playing = d.file + ":" + std::to_string(d.line) + ": " + line(d);
        return env.handle(d);
      });
  if (!report.failure.empty()) std::fprintf(stderr, "%s\n", report.failure.c_str());
  return report.failure.empty() ? 0 : 1;
}
