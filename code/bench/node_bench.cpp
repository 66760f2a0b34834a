// The front door end to end: propose, wait, verdict, with an application that takes the
// Readies.
//
// One operation is one proposal of 128 bytes: the hand-off at propc, the loop's turn, the
// verdict. The application receives and advances meanwhile, and applies to nothing, so
// neither a disk nor a state machine is measured. The rows show wall time and the CPU
// time of the whole process.
#include <benchmark/benchmark.h>

#include <memory>
#include <string>
#include <thread>
#include <tuple>
#include <vector>

#include "csp/select.hpp"
#include "node/alone_test.hpp"
#include "node/node.hpp"

namespace {

using csp::Channel;
using csp::Unit;

// A leader and its application, which takes what it is given until the end.
class Cluster {
  node::test::Disk disk_;

 public:
  Cluster() : node(node::startNode(disk_.of({.id = 1}))) {
    application_ = std::thread([this] {
      bool running = true;
      while (running) {
        csp::select(csp::recv(node->ready(),
                              [&](const raft::ReadyPtr& rd) {
                                disk_.write(*rd);
                                node->advance();
                              }),
                    csp::recv(over_, [&] { running = false; }));
      }
    });
    std::ignore = node->campaign(csp::background());
  }
  ~Cluster() {
    over_.send({});
    application_.join();
  }

  const std::unique_ptr<node::Node> node;

 private:
  Channel<Unit> over_ = Channel<Unit>::make();
  std::thread application_;
};

void FrontDoorEndToEnd(benchmark::State& state) {
  constexpr int kEach = 500;
  const auto proposers = static_cast<int>(state.range(0));
  const std::string data(128, 'x');
  Cluster cluster;

  const auto proposeAll = [&] {
    for (int i = 0; i < kEach; ++i) {
      const auto refused = cluster.node->propose(csp::background(), data);
      if (refused) state.SkipWithError(refused.message().c_str());
    }
  };
  while (state.KeepRunningBatch(proposers * kEach)) {
    std::vector<std::thread> threads;
    for (int p = 0; p < proposers; ++p) threads.emplace_back(proposeAll);
    for (std::thread& thread : threads) thread.join();
  }
}
BENCHMARK(FrontDoorEndToEnd)
    ->ArgName("proposers")
    ->Arg(1)
    ->Arg(4)
    ->MeasureProcessCPUTime()
    ->UseRealTime();

}  // namespace
