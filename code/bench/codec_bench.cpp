// What it costs to turn messages into bytes and back.
//
// Run: ./book bench, or codec_bench itself. A heartbeat is the smallest message that
// travels all the time; the appends carry entries of 128 bytes. Bytes per second count
// what is on the wire.
#include <benchmark/benchmark.h>

#include <string>

#include "raftpb/codec.hpp"

namespace {

using raftpb::Dialect;
using raftpb::Message;
using raftpb::MessageType;

Message heartbeat() {
  return {.type = MessageType::MsgHeartbeat,
          .to = 2,
          .from = 1,
          .term = 5,
          .commit = 100'000};
}

Message append(int entries) {
  Message m = {.type = MessageType::MsgApp,
               .to = 2,
               .from = 1,
               .term = 5,
               .logTerm = 5,
               .index = 100'000,
               .commit = 100'000};
  const std::string data(128, 'x');
  for (int i = 1; i <= entries; ++i) {
    m.entries.push_back(
        {.term = 5, .index = m.index + static_cast<unsigned>(i), .data = data});
  }
  return m;
}

Message messageOf(const benchmark::State& state) {
  return state.range(0) == 0 ? heartbeat() : append(static_cast<int>(state.range(0)));
}

void finish(benchmark::State& state, std::size_t size) {
  state.counters["bytes"] = static_cast<double>(size);
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(size));
}

template <Dialect dialect>
void marshalOften(benchmark::State& state) {
  const Message m = messageOf(state);
  for (auto _ : state) benchmark::DoNotOptimize(marshal(m, dialect));
  finish(state, encodedSize(m, dialect));
}

template <Dialect dialect>
void unmarshalOften(benchmark::State& state) {
  const std::string bytes = marshal(messageOf(state), dialect);
  for (auto _ : state) {
    Message m;
    benchmark::DoNotOptimize(unmarshal(bytes, m));
  }
  finish(state, bytes.size());
}

void copyOften(benchmark::State& state) {
  const Message m = messageOf(state);
  for (auto _ : state) {
    Message copy = m;
    benchmark::DoNotOptimize(copy);
  }
}

void addBenchmark(const char* name, void (*run)(benchmark::State&)) {
  auto* benchmark = benchmark::RegisterBenchmark(name, run);
  benchmark->ArgName("entries")->Arg(0)->Arg(1)->Arg(64);
}

[[maybe_unused]] const bool registered = [] {
  addBenchmark("MarshalSetFields", marshalOften<Dialect::SetFields>);
  addBenchmark("MarshalEveryField", marshalOften<Dialect::EveryField>);
  addBenchmark("UnmarshalSetFields", unmarshalOften<Dialect::SetFields>);
  addBenchmark("UnmarshalEveryField", unmarshalOften<Dialect::EveryField>);
  addBenchmark("CopyMessage", copyOften);
  return true;
}();

}  // namespace
