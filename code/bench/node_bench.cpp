// The front door end to end: propose, wait, verdict; with an application that takes the
// Readies.
//
// One proposal is what one call of propose costs its caller: hand-off at propc, the
// loop's turn, the verdict. The application drains Readies meanwhile and applies to
// nothing, so neither a disk nor a state machine is measured. "cpu/op" is the time of the
// whole process, all threads.
#include <benchmark/benchmark.h>

#include <ctime>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "csp/select.hpp"
#include "node/node.hpp"

namespace {

using csp::Channel;
using csp::Unit;

double processSeconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

// A leader and its application, which takes what it is given until the end.
class Cluster {
 public:
  Cluster() : node(node::startNode({.id = 1})) {
    application_ = std::thread([this] {
      bool running = true;
      while (running) {
        csp::select(
            csp::recv(node->ready(), [&](const raft::ReadyPtr&) { node->advance(); }),
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
  const auto proposers = static_cast<int>(state.range(0));
  constexpr int kEach = 500;
  const std::string data(128, 'x');
  Cluster cluster;
  const double before = processSeconds();

  for (auto _ : state) {
    std::vector<std::thread> threads;
    for (int p = 0; p < proposers; ++p) {
      threads.emplace_back([&] {
        for (int i = 0; i < kEach; ++i) {
          const auto refused = cluster.node->propose(csp::background(), data);
          if (refused) state.SkipWithError(refused.message().c_str());
        }
      });
    }
    for (std::thread& thread : threads) thread.join();
  }

  const auto proposals = static_cast<double>(state.iterations()) * proposers * kEach;
  state.counters["wall/op"] = benchmark::Counter(
      proposals, benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
  state.counters["cpu/op"] = (processSeconds() - before) / proposals;
}
BENCHMARK(FrontDoorEndToEnd)
    ->ArgName("proposers")
    ->Arg(1)
    ->Arg(4)
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

}  // namespace
