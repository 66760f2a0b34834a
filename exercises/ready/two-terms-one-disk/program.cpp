// Two terms, one disk: a follower's Readies, a vote while the disk writes, a restart.
#include <cstdio>
#include <memory>
#include <string>
#include <tuple>
#include <vector>

#include "raft/memory_storage.hpp"
#include "raft/rawnode.hpp"

using raft::MemoryStorage;
using raft::RawNode;
using raft::Ready;
using raftpb::Message;
using raftpb::MessageType;

namespace {

std::string list(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ",") + word;
  return text.empty() ? "none" : text;
}

std::string indexes(const raftpb::Entries& entries) {
  std::vector<std::string> words;
  for (const auto& entry : entries) words.push_back(std::to_string(entry.index));
  return list(words);
}

Ready take(RawNode& node, int number) {
  Ready rd = node.ready();
  std::string state = "term - vote - commit -";
  if (const auto& hard = rd.hardState) {
    state = "term " + std::to_string(hard->term) + " vote " + std::to_string(hard->vote) +
            " commit " + std::to_string(hard->commit);
  }
  std::vector<std::string> types;
  for (const Message& m : rd.messages) types.emplace_back(raftpb::name(m.type));
  std::printf("Ready %d: %s write %s apply %s send %s sync %s\n", number, state.c_str(),
              indexes(rd.entries).c_str(), indexes(rd.committedEntries).c_str(),
              list(types).c_str(), rd.mustSync ? "yes" : "no");
  return rd;
}

void finish(RawNode& node, MemoryStorage& disk, const Ready& rd) {
  if (!rd.entries.empty()) disk.append(rd.entries);
  if (rd.hardState) disk.setHardState(*rd.hardState);
  node.advance(rd);
}

}  // namespace

int main() {
  const auto disk = std::make_shared<MemoryStorage>();
  disk->setConfState({.voters = {1, 2, 3}});
  auto node = std::make_unique<RawNode>(raft::Config{.id = 1, .storage = disk});

  // Node 2 leads in term 1 and sends two entries. One of them is committed already.
  Message append{.type = MessageType::MsgApp, .to = 1, .from = 2, .term = 1, .commit = 1};
  append.entries = {{.term = 1, .index = 1, .data = "a"},
                    {.term = 1, .index = 2, .data = "b"}};
  std::ignore = node->step(append);
  const Ready first = take(*node, 1);

  // While the disk writes, node 3 asks for a vote in term 2, with as good a log.
  std::ignore = node->step({.type = MessageType::MsgVote,
                            .to = 1,
                            .from = 3,
                            .term = 2,
                            .logTerm = 1,
                            .index = 2});
  finish(*node, *disk, first);
  const Ready second = take(*node, 2);
  finish(*node, *disk, second);

  // Node 3 has won, and says that both entries are committed.
  std::ignore = node->step(
      {.type = MessageType::MsgHeartbeat, .to = 1, .from = 3, .term = 2, .commit = 2});
  const Ready third = take(*node, 3);
  finish(*node, *disk, third);

  // The power fails. The application had applied entry 1, and saved that.
  node = std::make_unique<RawNode>(raft::Config{.id = 1, .storage = disk, .applied = 1});
  const Ready fourth = take(*node, 4);
  finish(*node, *disk, fourth);
  std::printf("more to do: %s\n", node->hasReady() ? "yes" : "no");
}
