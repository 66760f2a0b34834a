// What the log costs: an entry's whole life, and the two things that could have been
// dear.
//
// EntryLife is one entry of 128 bytes: appended, handed out, stored, reported, committed,
// handed out, applied. StableOneByOne lets a disk report a thousand entries one at a
// time; its row Vector does it the naive way, and erases the front of a vector. Slice
// reads sixteen entries: from memory, from the storage, and across the border.
#include <benchmark/benchmark.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "raft/log.hpp"
#include "raft/memory_storage.hpp"
#include "raftpb/size.hpp"

namespace {

using raft::Index;
using raft::MemoryStorage;
using raft::RaftLog;
using raftpb::Entries;
using raftpb::Entry;

const base::Bytes kPayload = std::string(128, 'x');

Entries entries(Index first, Index count) {
  Entries some;
  some.reserve(count);
  for (Index i = first; i < first + count; ++i) {
    some.push_back({.term = 1, .index = i, .data = kPayload});
  }
  return some;
}

raft::Logger silent() {
  return [](raft::Level, const std::string&) {};
}

void EntryLife(benchmark::State& state) {
  const auto storage = std::make_shared<MemoryStorage>();
  RaftLog log(storage, silent());
  for (auto _ : state) {
    const Index last = log.append(entries(log.lastIndex() + 1, 1));
    const Entries toWrite = log.nextUnstableEnts();
    log.acceptUnstable();
    storage->append(toWrite);
    log.stableTo(raft::entryId(toWrite.back()));
    log.maybeCommit({.term = 1, .index = last});
    const Entries toApply = log.nextCommittedEnts(true);
    const std::uint64_t size = raftpb::entriesSize(toApply);
    log.acceptApplying(last, size, true);
    log.appliedTo(last, size);
    if (last % 4096 == 0) benchmark::DoNotOptimize(storage->compact(last - 1024));
  }
}
BENCHMARK(EntryLife);

constexpr Index kMany = 1000;

void StableOneByOne(benchmark::State& state) {
  const Entries many = entries(1, kMany);
  raft::Unstable unstable(1, silent());
  for (auto _ : state) {
    state.PauseTiming();
    Entries copy = many;
    unstable = raft::Unstable(1, silent());
    unstable.truncateAndAppend(copy);
    state.ResumeTiming();
    for (Index i = 1; i <= kMany; ++i) unstable.stableTo({.term = 1, .index = i});
  }
}
BENCHMARK(StableOneByOne);

void StableOneByOneVector(benchmark::State& state) {
  const Entries many = entries(1, kMany);
  for (auto _ : state) {
    state.PauseTiming();
    std::vector<Entry> copy(many.begin(), many.end());
    state.ResumeTiming();
    while (!copy.empty()) copy.erase(copy.begin());
  }
}
BENCHMARK(StableOneByOneVector);

// Entries 1 to 1000 are stored, 1001 to 2000 are not.
RaftLog halfStored() {
  const auto storage = std::make_shared<MemoryStorage>();
  storage->append(entries(1, kMany));
  RaftLog log(storage, silent());
  log.append(entries(kMany + 1, kMany));
  return log;
}

void slice(benchmark::State& state, Index lo) {
  const RaftLog log = halfStored();
  for (auto _ : state) benchmark::DoNotOptimize(log.slice(lo, lo + 16, 1 << 20));
}
BENCHMARK_CAPTURE(slice, Memory, kMany + 1)->Name("SliceMemory");
BENCHMARK_CAPTURE(slice, Storage, 1)->Name("SliceStorage");
BENCHMARK_CAPTURE(slice, Across, kMany - 7)->Name("SliceAcross");

void TermLookup(benchmark::State& state) {
  const RaftLog log = halfStored();
  Index i = 1;
  for (auto _ : state) {
    benchmark::DoNotOptimize(log.term(i));
    i = i % (2 * kMany) + 1;
  }
}
BENCHMARK(TermLookup);

}  // namespace
