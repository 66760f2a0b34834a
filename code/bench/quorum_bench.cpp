// What it costs to ask how far the log is agreed on: a leader does, for every
// acknowledgement.
//
// One operation is one committedIndex, with the acknowledgements looked up by id in a
// std::map, as Raft does it. The naive row is the first version of the chapter: a vector
// for the answers, and std::sort. Joint is twice as many voters, no voter in both halves.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdint>
#include <functional>
#include <map>
#include <vector>

#include "base/random.hpp"
#include "raft/quorum/joint.hpp"

namespace {

using raft::Index;
using raft::NodeId;
using raft::quorum::JointConfig;
using raft::quorum::MajorityConfig;

// The acknowledgements of voters 1 to n: another order in every round, so that no branch
// can be learnt by heart.
class Cluster {
 public:
  explicit Cluster(std::int64_t voters) {
    for (NodeId id = 1; id <= static_cast<NodeId>(voters); ++id) acked_[id] = 100 + id;
  }

  MajorityConfig voters(NodeId first, NodeId last) const {
    MajorityConfig config;
    for (NodeId id = first; id <= last; ++id) config.insert(id);
    return config;
  }

  // One voter acknowledges something.
  void ack() {
    acked_[1 + random_.below(static_cast<std::uint32_t>(acked_.size()))] +=
        random_.below(8);
  }

  auto acked() const {
    return [this](NodeId id) { return acked_.at(id); };
  }

 private:
  base::Random random_{1};
  std::map<NodeId, Index> acked_;
};

void CommittedIndex(benchmark::State& state) {
  Cluster cluster(state.range(0));
  const auto voters = cluster.voters(1, static_cast<NodeId>(state.range(0)));
  for (auto _ : state) {
    cluster.ack();
    benchmark::DoNotOptimize(voters.committedIndex(cluster.acked()));
  }
}

void CommittedIndexNaive(benchmark::State& state) {
  Cluster cluster(state.range(0));
  const auto voters = cluster.voters(1, static_cast<NodeId>(state.range(0)));
  const auto acked = cluster.acked();
  for (auto _ : state) {
    cluster.ack();
    std::vector<Index> match;
    for (const NodeId id : voters) match.push_back(acked(id));
    std::sort(match.begin(), match.end(), std::greater<>());
    benchmark::DoNotOptimize(match[match.size() / 2]);
  }
}

void CommittedIndexJoint(benchmark::State& state) {
  const auto half = static_cast<NodeId>(state.range(0));
  Cluster cluster(2 * state.range(0));
  const JointConfig voters = {cluster.voters(1, half),
                              cluster.voters(half + 1, 2 * half)};
  for (auto _ : state) {
    cluster.ack();
    benchmark::DoNotOptimize(voters.committedIndex(cluster.acked()));
  }
}

// The middle of a row, without a look-up.
void HeldByMajority(benchmark::State& state) {
  base::Random random(1);
  std::vector<Index> match(static_cast<std::size_t>(state.range(0)));
  for (auto _ : state) {
    match[random.below(static_cast<std::uint32_t>(match.size()))] = random.below(64);
    benchmark::DoNotOptimize(raft::quorum::heldByMajority(match));
  }
}

// What the loops above spend on things other than the quorum.
void Ack(benchmark::State& state) {
  Cluster cluster(state.range(0));
  for (auto _ : state) {
    cluster.ack();
    benchmark::DoNotOptimize(cluster);
  }
}

BENCHMARK(CommittedIndex)->ArgName("voters")->Arg(1)->Arg(3)->Arg(5)->Arg(7)->Arg(9);
BENCHMARK(CommittedIndexNaive)->ArgName("voters")->Arg(3)->Arg(5)->Arg(7)->Arg(9);
BENCHMARK(CommittedIndexJoint)->ArgName("half")->Arg(3)->Arg(5);
BENCHMARK(HeldByMajority)->ArgName("voters")->Arg(5);
BENCHMARK(Ack)->ArgName("voters")->Arg(5);

}  // namespace
