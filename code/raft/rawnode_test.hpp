// For the tests of RawNode: a node, its disk, and the application between the two.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "raft/cluster_test.hpp"
#include "raft/rawnode.hpp"

namespace raft::test {

inline Message proposal(std::string data) {
  Message m{.type = MessageType::MsgProp};
  m.entries.push_back({.data = std::move(data)});
  return m;
}

// An application that keeps its duties: it writes, applies, and then advances. What it
// sends is returned with the Ready.
class Application {
 public:
  explicit Application(Config config, std::shared_ptr<MemoryStorage> onDisk = disk({1}))
      : storage(std::move(onDisk)), config_(std::move(config)) {
    restart();
  }

  // The node starts, for the first time or after a crash: only the disk is left.
  void restart() {
    config_.storage = storage;
    node.emplace(config_);
  }
  void restartWith(Index index) {
    config_.applied = index;
    restart();
  }

  void write(const Ready& rd) {
    if (!rd.entries.empty()) storage->append(rd.entries);
    if (rd.hardState) storage->setHardState(*rd.hardState);
  }
  Ready turn() {
    Ready rd = node->ready();
    write(rd);
    applied.insert(applied.end(), rd.committedEntries.begin(), rd.committedEntries.end());
    node->advance(rd);
    return rd;
  }
  std::vector<Ready> settle() {
    std::vector<Ready> all;
    while (node->hasReady()) all.push_back(turn());
    return all;
  }

  std::shared_ptr<MemoryStorage> storage;
  std::optional<RawNode> node;
  std::vector<Entry> applied;  // everything that was handed out for it

 private:
  Config config_;
};

// Node 1, alone, a leader with nothing left to do: term 1, its empty entry applied.
inline Application leaderAlone(Config config = {}) {
  config.id = 1;
  Application app(std::move(config));
  std::ignore = app.node->campaign();
  app.settle();
  return app;
}

// Node 1 of three, elected by node 2 in term 1. Its empty entry is written, and nobody
// has acknowledged it.
inline Application leaderOfThree(Config config = {}) {
  config.id = 1;
  Application app(std::move(config), disk({1, 2, 3}));
  std::ignore = app.node->campaign();
  app.settle();
  std::ignore =
      app.node->step({.type = MessageType::MsgVoteResp, .to = 1, .from = 2, .term = 1});
  app.settle();
  return app;
}

// Follower `from` has everything up to this index.
inline Message acknowledges(NodeId from, Index index, Term term = 1) {
  return {.type = MessageType::MsgAppResp,
          .to = 1,
          .from = from,
          .term = term,
          .index = index};
}

}  // namespace raft::test
