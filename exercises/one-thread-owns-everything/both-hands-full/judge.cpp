// Both hands full: performs a play on the loop and looks for one Ready in it.
#include <cstdio>
#include <fstream>
#include <string>
#include <vector>

#include "node/loop.hpp"

using base::Error;
using node::Doors;
using node::Loop;
using node::Proposal;
using raftpb::MessageType;

namespace {

// The data of entries; the leader's empty entry shows as an empty pair of quotes.
std::vector<std::string> data(const std::vector<raftpb::Entry>& entries) {
  std::vector<std::string> found;
  for (const auto& entry : entries) found.push_back(std::string(entry.data));
  return found;
}

std::string list(const std::vector<raftpb::Entry>& entries) {
  std::string text;
  for (const auto& entry : entries) text += " \"" + std::string(entry.data) + "\"";
  return text.empty() ? " nothing" : text;
}

class Play {
 public:
  // One step. Says why it could not be done, or nothing.
  std::string step(const std::string& word, const std::string& text) {
    loop_.openDoors();
    if (word == "campaign") return campaign();
    if (word == "propose") return propose(text);
    if (word == "take") return take();
    if (word == "advance") return advance();
    return "there is no step `" + word +
           "`; write campaign, propose TEXT, take or advance";
  }
  bool found() const { return found_; }

 private:
  std::string campaign() {
    loop_.step({.type = MessageType::MsgHup});
    return {};
  }
  std::string propose(const std::string& text) {
    if (text.empty()) return "what is proposed? write propose TEXT";
    if (!loop_.propc)
      return "propc is nil: there is no leader, so the loop takes no proposal";
    const auto result = csp::Channel<Error>::make(1);
    Proposal p{.message = {.type = MessageType::MsgProp}, .result = result};
    p.message.entries.push_back({.data = text});
    loop_.propose(p);
    const Error verdict = *result.recv();
    return verdict ? verdict.message() : std::string();
  }
  std::string take() {
    if (loop_.advancec) return "readyc is nil: a Ready is out and was not advanced";
    if (!loop_.readyc) return "readyc is nil: there is nothing to do";
    std::printf("         write%s, apply%s\n", list(loop_.rd->entries).c_str(),
                list(loop_.rd->committedEntries).c_str());
    found_ = found_ ||
             (data(loop_.rd->entries) == std::vector<std::string>{"c"} &&
              data(loop_.rd->committedEntries) == std::vector<std::string>{"a", "b"});
    loop_.handOver();
    return {};
  }
  std::string advance() {
    if (!loop_.advancec) return "advancec is nil: no Ready is out";
    loop_.advance();
    return {};
  }

  static constexpr auto kSilent = [](raft::Level, const std::string&) {};
  Loop loop_{raft::RawNode({.id = 1}), Doors(), kSilent};
  bool found_ = false;
};

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return std::fputs("give me the file of the play\n", stderr), 2;
  std::ifstream file(argv[1]);
  Play play;
  std::string line;
  for (int number = 1; std::getline(file, line); ++number) {
    while (!line.empty() && (line.back() == ' ' || line.back() == '\r')) line.pop_back();
    if (line.empty() || line[0] == '#') continue;
    const auto space = line.find(' ');
    const std::string text = space == std::string::npos ? "" : line.substr(space + 1);
    std::printf("line %2d  %s\n", number, line.c_str());
    const std::string why = play.step(line.substr(0, space), text);
    if (!why.empty()) return std::printf("the play ends here: %s\n", why.c_str()), 1;
  }
  if (play.found()) return std::puts("That Ready has its hands full."), 0;
  std::puts("no Ready had its hands full: one must write \"c\" and apply \"a\" \"b\"");
  return 1;
}
