// A node alone in its cluster, and the application that it works for.
//
// A raft of one keeps what it needs in memory, and asks for no storage. The real one
// reads its log back from where the application wrote it. Tests that are about the doors
// should not care which of the two is behind them, so they leave it to this.
#pragma once

#include <memory>
#include <tuple>
#include <utility>

#include "node/loop.hpp"
#include "node/node.hpp"
#if STAGE >= READY
#include "node/locked_storage.hpp"
#endif

namespace node::test {

// What a node that is the only voter is started with, and where it writes.
class Disk {
 public:
#if STAGE >= READY
  raft::Config of(raft::Config config) {
    storage_ = memoryOf({config.id});
    config.storage = storage_;
    return config;
  }
  void write(const raft::Ready& rd) { storage_->save(rd); }

 private:
  std::shared_ptr<LockedStorage> storage_;
#else
  raft::Config of(raft::Config config) { return config; }
  void write(const raft::Ready&) {}  // a raft of one would not notice
#endif
};

// A running node, behind doors at which a test can look.
struct Alone {
  void start(raft::Config config = {.id = 1}) {
    node = startNode(disk.of(std::move(config)), doors);
  }

  // The application: takes a Ready and writes what it asks for; turn() also says so.
  raft::ReadyPtr take() {
    const raft::ReadyPtr rd = *node->ready().recv();
    disk.write(*rd);
    return rd;
  }
  raft::ReadyPtr turn() {
    const raft::ReadyPtr rd = take();
    node->advance();
    return rd;
  }

  // Elects the node; its empty entry is committed and applied.
  void becomeLeader() {
    std::ignore = node->campaign(forever);
    while (turn()->committedEntries.empty()) continue;
  }

  Doors doors;
  Disk disk;
  std::unique_ptr<Node> node;
  csp::Context forever = csp::background();
};

}  // namespace node::test
