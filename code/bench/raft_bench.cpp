// Whole clusters in one thread: what a proposal costs until every replica has applied it.
//
// One operation is one proposal of 128 bytes. A batch is proposed at the leader; then,
// round by round, each replica that has a Ready writes it to its MemoryStorage, applies,
// advances, and all messages are delivered; until there is nothing left to do. No ticks,
// so no heartbeats. Each 8192 applied entries a replica compacts its log up to the last
// 1024. code/bench/go/raft and canonical_bench.cpp keep to the same rules.
//
// `allocs` counts calls of operator new in the whole program, per proposal.
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <memory>
#include <new>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "raft/memory_storage.hpp"
#include "raft/rawnode.hpp"

namespace {

long allocations = 0;  // one thread: no atomic needed

}  // namespace

// Not inlined, all three: GCC would take half of a pair for a mistake.
[[gnu::noinline]] void* operator new(std::size_t size) {
  ++allocations;
  if (void* place = std::malloc(size)) return place;
  std::abort();
}
[[gnu::noinline]] void operator delete(void* place) noexcept {
  std::free(place);
}
[[gnu::noinline]] void operator delete(void* place, std::size_t) noexcept {
  std::free(place);
}

namespace {

constexpr raft::Index kCompactEach = 8192;
constexpr raft::Index kKeep = 1024;

struct Replica {
  std::shared_ptr<raft::MemoryStorage> storage;
  raft::RawNode node;
  raft::Index applied = 1;
  raft::Index compacted = 1;
  long proposals = 0;
  long sum = 0;  // of the payloads' first bytes: they are read, as an application would
};

class Cluster {
 public:
  explicit Cluster(raft::NodeId replicas) {
    for (raft::NodeId id = 1; id <= replicas; ++id) add(id, replicas);
    std::ignore = leader().campaign();
    pump();
  }

  raft::RawNode& leader() { return replicas_.front().node; }

  // Until nobody has anything to say.
  void pump() {
    bool busy = true;
    while (busy) {
      busy = false;
      onTheirWay_.clear();
      for (Replica& r : replicas_) {
        if (!r.node.hasReady()) continue;
        busy = true;
        onTheirWay_.push_back(serve(r));
      }
      for (std::vector<raftpb::Message>& messages : onTheirWay_) {
        for (raftpb::Message& m : messages) {
          std::ignore = replicas_[m.to - 1].node.step(std::move(m));
        }
      }
    }
  }

  bool allApplied(long proposals) const {
    for (const Replica& r : replicas_) {
      if (r.proposals != proposals) return false;
    }
    return true;
  }

 private:
  // A node that begins from a snapshot which names the voters.
  void add(raft::NodeId id, raft::NodeId replicas) {
    raftpb::Snapshot snapshot;
    snapshot.metadata.index = 1;
    snapshot.metadata.term = 1;
    for (raft::NodeId voter = 1; voter <= replicas; ++voter) {
      snapshot.metadata.confState.voters.push_back(voter);
    }
    const auto storage = std::make_shared<raft::MemoryStorage>();
    std::ignore = storage->applySnapshot(snapshot);
    raft::Config config;
    config.id = id;
    config.storage = storage;
    config.applied = 1;
    config.maxSizePerMsg = 1 << 20;
    replicas_.push_back({storage, raft::RawNode(config)});
  }

  // Gives the messages that may be sent now.
  std::vector<raftpb::Message> serve(Replica& r) {
    raft::Ready rd = r.node.ready();
    if (rd.hardState) r.storage->setHardState(*rd.hardState);
    r.storage->append(std::move(rd.entries));
    for (const raftpb::Entry& e : rd.committedEntries) {
      r.applied = e.index;
      if (e.data.empty()) continue;
      ++r.proposals;
      r.sum += e.data.view()[0];
    }
    r.node.advance(rd);
    if (r.applied > r.compacted + kCompactEach) {
      r.compacted = r.applied;
      std::ignore = r.storage->compact(r.applied - kKeep);
    }
    return std::move(rd.messages);
  }

  std::vector<Replica> replicas_;
  std::vector<std::vector<raftpb::Message>> onTheirWay_;  // from one replica each
};

void run(benchmark::State& state, auto&& proposeBatch) {
  const long batch = state.range(1);
  Cluster cluster(static_cast<raft::NodeId>(state.range(0)));
  const base::Bytes data(std::string(128, 'x'));
  const long before = allocations;
  while (state.KeepRunningBatch(batch)) {
    proposeBatch(cluster.leader(), data, batch);
    cluster.pump();
  }
  state.counters["allocs"] = benchmark::Counter(static_cast<double>(allocations - before),
                                                benchmark::Counter::kAvgIterations);
  if (!cluster.allApplied(static_cast<long>(state.iterations()))) {
    state.SkipWithError("a replica has not applied every proposal");
  }
}

// Each proposal in a call of its own.
void Proposals(benchmark::State& state) {
  run(state, [](raft::RawNode& leader, const base::Bytes& data, long batch) {
    for (long i = 0; i < batch; ++i) std::ignore = leader.propose(data);
  });
}
BENCHMARK(Proposals)->ArgNames({"replicas", "batch"})->ArgsProduct({{1, 3, 5}, {1, 64}});

// All of a batch in one MsgProp.
void OneMsgProp(benchmark::State& state) {
  run(state, [](raft::RawNode& leader, const base::Bytes& data, long batch) {
    raftpb::Message m;
    m.type = raftpb::MessageType::MsgProp;
    m.from = leader.id();
    for (long i = 0; i < batch; ++i) m.entries.push_back({.data = data});
    std::ignore = leader.step(std::move(m));
  });
}
BENCHMARK(OneMsgProp)->ArgNames({"replicas", "batch"})->ArgsProduct({{1, 3, 5}, {64}});

}  // namespace
