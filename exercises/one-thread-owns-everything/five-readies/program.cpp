// Five Readies: an election and three proposals, one thread, a raft of one.
#include <cstdio>
#include <string>
#include <vector>

#include "raft/raft_of_one.hpp"

using raft::RawNode;
using raft::Ready;
using raftpb::Message;
using raftpb::MessageType;

namespace {

std::string indexes(const std::vector<raftpb::Entry>& entries) {
  std::string text;
  for (const auto& entry : entries) {
    text += (text.empty() ? "" : ",") + std::to_string(entry.index);
  }
  return text.empty() ? "none" : text;
}

void print(int number, const Ready& rd) {
  const std::string term = rd.hardState ? std::to_string(rd.hardState->term) : "-";
  const std::string commit = rd.hardState ? std::to_string(rd.hardState->commit) : "-";
  std::printf("Ready %d: term %s commit %s write %s apply %s sync %s\n", number,
              term.c_str(), commit.c_str(), indexes(rd.entries).c_str(),
              indexes(rd.committedEntries).c_str(), rd.mustSync ? "yes" : "no");
}

void propose(RawNode& node, const char* data) {
  Message m{.type = MessageType::MsgProp};
  m.entries.push_back({.data = data});
  if (node.step(m)) std::printf("refused: %s\n", data);
}

Ready take(RawNode& node, int number) {
  const Ready rd = node.readyWithoutAccept();
  node.acceptReady(rd);
  print(number, rd);
  return rd;
}

}  // namespace

int main() {
  RawNode node({.id = 1});
  if (node.step({.type = MessageType::MsgHup})) return 1;

  const Ready first = take(node, 1);
  node.advance(first);

  const Ready second = take(node, 2);
  node.advance(second);

  propose(node, "a");
  propose(node, "b");
  const Ready third = take(node, 3);
  propose(node, "c");  // while the application is still writing
  node.advance(third);

  const Ready fourth = take(node, 4);
  node.advance(fourth);

  const Ready fifth = take(node, 5);
  node.advance(fifth);

  std::printf("more to do: %s\n", node.hasReady() ? "yes" : "no");
}
