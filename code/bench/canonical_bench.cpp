// The same clusters in C: canonical/raft (Debian's libraft-dev), over a disk and a
// network in memory that are written here. The rules are those at the head of
// raft_bench.cpp.
//
// Two things are not the same work. The receiver of an AppendEntries owns a copy of its
// entries, because the library frees them; and a follower learns of a commit with the
// next AppendEntries instead of a message of its own, so it may apply one batch later.
//
// `allocs` counts what the library allocates and the payloads, which it takes over.
#include <benchmark/benchmark.h>
extern "C" {
#include <raft.h>
}

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace {

constexpr std::size_t kPayload = 128;
constexpr unsigned kCompactEach = 8192;
constexpr unsigned kKeep = 1024;

long allocations = 0;

void* counted(void* place) {
  ++allocations;
  return place;
}

raft_heap heap = {
    .data = nullptr,
    .malloc = [](void*, std::size_t n) { return counted(std::malloc(n)); },
    .free = [](void*, void* p) { std::free(p); },
    .calloc = [](void*, std::size_t n,
                 std::size_t m) { return counted(std::calloc(n, m)); },
    .realloc = [](void*, void* p, std::size_t n) { return counted(std::realloc(p, n)); },
    .aligned_alloc = [](void*, std::size_t a,
                        std::size_t n) { return counted(std::aligned_alloc(a, n)); },
    .aligned_free = [](void*, std::size_t, void* p) { std::free(p); },
};

struct Network;

// One replica: the library's node, its disk, its state machine.
struct Server {
  raft node = {};
  raft_io io = {};
  raft_fsm fsm = {};
  Network* network = nullptr;
  std::size_t number = 0;
  std::string address = {};
  raft_io_tick_cb tick = nullptr;
  raft_io_recv_cb receive = nullptr;

  // What was asked of the disk and the network, and not yet answered.
  std::deque<raft_io_append*> appends = {};
  std::deque<raft_io_send*> sends = {};
  std::deque<raft_io_snapshot_put*> snapshots = {};
  std::deque<raft_io_async_work*> work = {};

  long applied = 0;
  long sum = 0;
};

struct Letter {
  std::size_t to;
  raft_message message;
};

struct Network {
  std::vector<std::unique_ptr<Server>> servers = {};
  std::deque<Letter> letters = {};
  raft_time now = 0;
};

Server& of(raft_io* io) {
  return *static_cast<Server*>(io->impl);
}

raft_buffer eightBytes() {
  return {raft_calloc(1, 8), 8};
}

// The disk.

// What a server finds when it starts: a snapshot at index 1 that names the voters.
int load(raft_io* io, raft_term* term, raft_id* vote, raft_snapshot** snapshot,
         raft_index* first, raft_entry** entries, std::size_t* count) {
  auto* found = static_cast<raft_snapshot*>(raft_calloc(1, sizeof(raft_snapshot)));
  found->index = found->term = found->configuration_index = 1;
  raft_configuration_init(&found->configuration);
  for (const auto& server : of(io).network->servers) {
    raft_configuration_add(&found->configuration, server->number + 1,
                           server->address.c_str(), RAFT_VOTER);
  }
  found->bufs = static_cast<raft_buffer*>(raft_malloc(sizeof(raft_buffer)));
  found->n_bufs = 1;
  found->bufs[0] = eightBytes();
  *term = 1;
  *vote = 0;
  *snapshot = found;
  *first = 2;
  *entries = nullptr;
  *count = 0;
  return 0;
}

int append(raft_io* io, raft_io_append* request, const raft_entry*, unsigned,
           raft_io_append_cb callback) {
  request->cb = callback;
  of(io).appends.push_back(request);
  return 0;
}

int putSnapshot(raft_io* io, unsigned, raft_io_snapshot_put* request,
                const raft_snapshot*, raft_io_snapshot_put_cb callback) {
  request->cb = callback;
  of(io).snapshots.push_back(request);
  return 0;
}

int work(raft_io* io, raft_io_async_work* request, raft_io_async_work_cb callback) {
  request->cb = callback;
  of(io).work.push_back(request);
  return 0;
}

// The network.

// A copy of the entries in one piece, as a message from a wire would hold them.
raft_entry* copied(const raft_entry* entries, unsigned count) {
  std::size_t bytes = 0;
  for (unsigned i = 0; i < count; ++i) bytes += entries[i].buf.len;
  auto* batch = static_cast<char*>(raft_malloc(bytes));
  auto* copy = static_cast<raft_entry*>(raft_malloc(count * sizeof(raft_entry)));
  char* next = batch;
  for (unsigned i = 0; i < count; ++i) {
    copy[i] = entries[i];
    copy[i].buf.base = std::memcpy(next, entries[i].buf.base, entries[i].buf.len);
    copy[i].batch = batch;
    next += entries[i].buf.len;
  }
  return copy;
}

int send(raft_io* io, raft_io_send* request, const raft_message* message,
         raft_io_send_cb callback) {
  Server& from = of(io);
  request->cb = callback;
  from.sends.push_back(request);
  Letter letter{static_cast<std::size_t>(message->server_id) - 1, *message};
  letter.message.server_id = from.number + 1;
  letter.message.server_address = from.address.c_str();
  if (message->type == RAFT_IO_APPEND_ENTRIES) {
    raft_append_entries& entries = letter.message.append_entries;
    if (entries.n_entries > 0) {
      entries.entries = copied(entries.entries, entries.n_entries);
    }
  }
  from.network->letters.push_back(letter);
  return 0;
}

raft_io ioOf(Server& server) {
  raft_io io = {};
  io.version = 2;
  io.impl = &server;
  io.init = [](raft_io*, raft_id, const char*) { return 0; };
  io.close = [](raft_io* of, raft_io_close_cb callback) { callback(of); };
  io.load = load;
  io.start = [](raft_io* of_, unsigned, raft_io_tick_cb tick, raft_io_recv_cb receive) {
    of(of_).tick = tick;
    of(of_).receive = receive;
    return 0;
  };
  io.bootstrap = [](raft_io*, const raft_configuration*) { return 0; };
  io.recover = [](raft_io*, const raft_configuration*) { return 0; };
  io.set_term = [](raft_io*, raft_term) { return 0; };
  io.set_vote = [](raft_io*, raft_id) { return 0; };
  io.truncate = [](raft_io*, raft_index) { return 0; };
  io.time = [](raft_io* of_) { return of(of_).network->now; };
  io.random = [](raft_io* of_, int low, int high) {
    return of(of_).number == 0 ? low : high;  // the first server wins the election
  };
  io.send = send;
  io.append = append;
  io.snapshot_put = putSnapshot;
  io.snapshot_get = [](raft_io*, raft_io_snapshot_get*, raft_io_snapshot_get_cb) {
    return RAFT_IOERR;  // no follower is ever so far behind
  };
  io.async_work = work;
  return io;
}

raft_fsm fsmOf(Server& server) {
  raft_fsm fsm = {};
  fsm.version = 1;
  fsm.data = &server;
  fsm.apply = [](raft_fsm* of_, const raft_buffer* payload, void** result) {
    auto& applied = *static_cast<Server*>(of_->data);
    ++applied.applied;
    applied.sum += *static_cast<const char*>(payload->base);
    *result = nullptr;
    return 0;
  };
  fsm.snapshot = [](raft_fsm*, raft_buffer** buffers, unsigned* count) {
    *buffers = static_cast<raft_buffer*>(raft_malloc(sizeof(raft_buffer)));
    **buffers = eightBytes();
    *count = 1;
    return 0;
  };
  fsm.restore = [](raft_fsm*, raft_buffer* buffer) {
    raft_free(buffer->base);
    return 0;
  };
  return fsm;
}

class Cluster {
 public:
  explicit Cluster(std::size_t replicas) {
    raft_heap_set(&heap);
    for (std::size_t i = 0; i < replicas; ++i) {
      auto server = std::make_unique<Server>();
      server->network = &network_;
      server->number = i;
      server->address = std::to_string(i + 1);
      network_.servers.push_back(std::move(server));
    }
    for (const auto& server : network_.servers) start(*server);
    for (int i = 0; i < 100 && raft_state(leader()) != RAFT_LEADER; ++i) tick(100);
    for (int i = 0; i < 5; ++i) tick(50);
  }
  Cluster(const Cluster&) = delete;
  ~Cluster() {
    for (const auto& server : network_.servers) raft_close(&server->node, nullptr);
    pump();
  }

  raft* leader() { return &network_.servers.front()->node; }

  // So many entries in one call.
  void propose(unsigned count) {
    payloads_.resize(count);
    for (raft_buffer& payload : payloads_) {
      payload = {raft_malloc(kPayload), kPayload};
      std::memset(payload.base, 'x', payload.len);
    }
    raft_apply(leader(), new struct raft_apply, payloads_.data(), count,
               [](struct raft_apply* request, int, void*) { delete request; });
  }

  // Until nobody waits for a disk, and no letter is on its way.
  void pump() {
    bool busy = true;
    while (busy) {
      busy = false;
      for (const auto& server : network_.servers) busy |= answer(*server);
      for (std::size_t n = network_.letters.size(); n > 0; --n) {
        Letter letter = network_.letters.front();
        network_.letters.pop_front();
        Server& to = *network_.servers[letter.to];
        to.receive(&to.io, &letter.message);
        busy = true;
      }
    }
  }

  bool allApplied(long proposals) {
    for (int i = 0; i < 10 && behind(proposals); ++i) tick(120);
    return !behind(proposals);
  }

 private:
  void start(Server& server) {
    server.io = ioOf(server);
    server.fsm = fsmOf(server);
    raft_init(&server.node, &server.io, &server.fsm, server.number + 1,
              server.address.c_str());
    raft_set_election_timeout(&server.node, server.number == 0 ? 1000 : 100000);
    raft_set_heartbeat_timeout(&server.node, 100);
    raft_set_snapshot_threshold(&server.node, kCompactEach);
    raft_set_snapshot_trailing(&server.node, kKeep);
    raft_start(&server.node);
  }

  template <class Request, class Answer>
  static bool answerAll(std::deque<Request*>& waiting, Answer&& answer) {
    const bool any = !waiting.empty();
    while (!waiting.empty()) {
      Request* request = waiting.front();
      waiting.pop_front();
      answer(request);
    }
    return any;
  }

  static bool answer(Server& server) {
    const auto done = [](auto* request) { request->cb(request, 0); };
    bool busy = answerAll(server.appends, done);
    busy |= answerAll(server.sends, done);
    busy |= answerAll(server.snapshots, done);
    busy |= answerAll(server.work, [](raft_io_async_work* request) {
      request->cb(request, request->work(request));
    });
    return busy;
  }

  void tick(unsigned milliseconds) {
    network_.now += milliseconds;
    for (const auto& server : network_.servers) server->tick(&server->io);
    pump();
  }

  bool behind(long proposals) const {
    return std::any_of(network_.servers.begin(), network_.servers.end(),
                       [&](const auto& s) { return s->applied != proposals; });
  }

  Network network_;
  std::vector<raft_buffer> payloads_;
};

void run(benchmark::State& state, auto&& proposeBatch) {
  const long batch = state.range(1);
  Cluster cluster(static_cast<std::size_t>(state.range(0)));
  const long before = allocations;
  while (state.KeepRunningBatch(batch)) {
    proposeBatch(cluster, batch);
    cluster.pump();
  }
  state.counters["allocs"] = benchmark::Counter(static_cast<double>(allocations - before),
                                                benchmark::Counter::kAvgIterations);
  if (!cluster.allApplied(static_cast<long>(state.iterations()))) {
    state.SkipWithError("a replica has not applied every proposal");
  }
}

void Proposals(benchmark::State& state) {
  run(state, [](Cluster& cluster, long batch) {
    for (long i = 0; i < batch; ++i) cluster.propose(1);
  });
}
BENCHMARK(Proposals)->ArgNames({"replicas", "batch"})->ArgsProduct({{1, 3, 5}, {1, 64}});

void OneMsgProp(benchmark::State& state) {
  run(state, [](Cluster& cluster, long batch) {
    cluster.propose(static_cast<unsigned>(batch));
  });
}
BENCHMARK(OneMsgProp)->ArgNames({"replicas", "batch"})->ArgsProduct({{1, 3, 5}, {64}});

}  // namespace
