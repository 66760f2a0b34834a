// What channels and select cost. bench/go/chan_test.go does the same with Go's own.
//
// Every row shows two times: wall time and the CPU time of the whole process, both per
// operation. On a machine that is busy with other things the second is the one to
// compare.
//
//   ReadySelect3     two selects of 3 cases that need not wait: a send, a receive
//   DefaultMiss      send, receive and otherwise, nothing ready: what Node::tick does
//   Rendezvous       one value to a receiver that comes as often, unbuffered
//   PingPong         a round trip: two unbuffered hand-offs, both of them waits
//   FutexPingPong    a round trip of two bare futexes: what the machine asks for it
//   Buffered128_*    one value through a buffer of 128, from one or from four senders
#include <benchmark/benchmark.h>
#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <thread>
#include <vector>

#include "csp/select.hpp"

namespace {

using csp::Channel;
using csp::otherwise;
using csp::recv;
using csp::send;
using csp::Unit;

void ReadySelect3(benchmark::State& state) {
  const auto a = Channel<int>::make(1);
  const auto b = Channel<int>::make(1);
  const auto done = Channel<Unit>::make();
  int sum = 0;
  for (auto _ : state) {
    csp::select(send(a, 1, [] {}), recv(b, [](int) {}), recv(done, [] {}));
    csp::select(recv(a, [&](int value) { sum += value; }), recv(b, [](int) {}),
                recv(done, [] {}));
  }
  benchmark::DoNotOptimize(sum);
}

void DefaultMiss(benchmark::State& state) {
  const auto tickc = Channel<Unit>::make(1);
  const auto done = Channel<Unit>::make();
  tickc.send({});
  int missed = 0;
  for (auto _ : state) {
    csp::select(send(tickc, {}, [] {}), recv(done, [] {}), otherwise([&] { ++missed; }));
  }
  benchmark::DoNotOptimize(missed);
}

/// Sends `state`'s values through the channel from here; the other end takes until it is
/// closed.
void oneToOne(benchmark::State& state, std::size_t capacity) {
  const auto channel = Channel<int>::make(capacity);
  std::thread receiver([&] {
    while (channel.recv()) {
    }
  });
  for (auto _ : state) channel.send(1);
  channel.close();
  receiver.join();
}

void Rendezvous(benchmark::State& state) {
  oneToOne(state, 0);
}
void Buffered128_1to1(benchmark::State& state) {
  oneToOne(state, 128);
}

void Buffered128_4to1(benchmark::State& state) {
  const auto channel = Channel<int>::make(128);
  const auto stop = Channel<Unit>::make();
  std::vector<std::thread> senders;
  std::atomic<bool> stopping = false;
  for (int i = 0; i < 4; ++i) {
    senders.emplace_back([&] {
      while (!stopping.load(std::memory_order_relaxed)) channel.send(1);
    });
  }
  for (auto _ : state) channel.recv();
  stopping = true;
  std::thread closer([&] {
    for (auto& sender : senders) sender.join();
    channel.close();
  });
  while (channel.recv()) {
  }
  closer.join();
}

void PingPong(benchmark::State& state) {
  const auto ping = Channel<int>::make();
  const auto pong = Channel<int>::make();
  std::thread other([&] {
    while (const auto value = ping.recv()) pong.send(*value);
  });
  for (auto _ : state) {
    ping.send(1);
    pong.recv();
  }
  ping.close();
  other.join();
}

void await(std::atomic<int>& word, int value) {
  while (word.load(std::memory_order_acquire) != value) {
    syscall(SYS_futex, &word, FUTEX_WAIT_PRIVATE, 1 - value, nullptr, nullptr, 0);
  }
}

void announce(std::atomic<int>& word, int value) {
  word.store(value, std::memory_order_release);
  syscall(SYS_futex, &word, FUTEX_WAKE_PRIVATE, 1, nullptr, nullptr, 0);
}

void FutexPingPong(benchmark::State& state) {
  std::atomic<int> ping = 0;
  std::atomic<int> pong = 0;
  std::atomic<bool> stopping = false;
  std::thread other([&] {
    while (true) {
      await(ping, 1);
      ping.store(0, std::memory_order_relaxed);
      if (stopping) return;
      announce(pong, 1);
    }
  });
  for (auto _ : state) {
    announce(ping, 1);
    await(pong, 1);
    pong.store(0, std::memory_order_relaxed);
  }
  stopping = true;
  announce(ping, 1);
  other.join();
}

// Handles are cheaper to copy in a process that has one thread only. No node has, so
// neither does this program: one more thread sleeps until the end.
const bool hasSeveralThreads = [] {
  std::thread([] { pause(); }).detach();
  return true;
}();

BENCHMARK(ReadySelect3)->MeasureProcessCPUTime()->UseRealTime();
BENCHMARK(DefaultMiss)->MeasureProcessCPUTime()->UseRealTime();
BENCHMARK(Rendezvous)->MeasureProcessCPUTime()->UseRealTime();
BENCHMARK(PingPong)->MeasureProcessCPUTime()->UseRealTime();
BENCHMARK(FutexPingPong)->MeasureProcessCPUTime()->UseRealTime();
BENCHMARK(Buffered128_1to1)->MeasureProcessCPUTime()->UseRealTime();
BENCHMARK(Buffered128_4to1)->MeasureProcessCPUTime()->UseRealTime();

}  // namespace
