// The loop, its start and its end, and the calls that only exist because it runs.
// Tested by node/run_test.cpp and node/stop_test.cpp.
#include <memory>
#include <utility>

#include "csp/observe.hpp"
#include "csp/select.hpp"
#include "node/loop.hpp"
#include "node/node.hpp"

namespace node {

using csp::otherwise;
using csp::recv;
using csp::select;
using csp::send;
using raftpb::Message;

// One turn: see which doors are open, wait until one of them is used, do what came in.
// Several may be in use at once; then select picks one of them at random, so that nothing
// a caller does can keep the others out.
void Node::run(raft::RawNode rawNode) {
  csp::nameThread("loop");
  Loop loop(std::move(rawNode), doors_, config_.logger);
  while (loop.running) {
    loop.openDoors();
    select(recv(loop.propc, [&](Proposal p) { loop.propose(std::move(p)); }),
           recv(doors_.recvc, [&](Message m) { loop.step(std::move(m)); }),
           recv(doors_.tickc, [&] { loop.tick(); }),
           send(loop.readyc, loop.rd, [&] { loop.handOver(); }),
           recv(loop.advancec, [&] { loop.advance(); }),
           recv(doors_.status, [&](Channel<raft::Status> reply) { loop.report(reply); }),
           recv(doors_.stop, [&] { loop.stop(); }));
  }
}

// The raft moves into the loop's thread, and from then on no other thread can name it.
Node::Node(raft::RawNode rawNode, raft::Config config, Doors doors)
    : doors_(std::move(doors)), config_(std::move(config)) {
  loop_ = std::thread(&Node::run, this, std::move(rawNode));
}

Node::~Node() {
  if (!loop_.joinable()) return;
  stop();
  loop_.join();
}

void Node::advance() {
  select(send(doors_.advancec, Unit{}, [] {}), recv(doors_.done, [] {}));
}

void Node::tick() {
  const auto missed = [&] {
    config_.logger(
        raft::Level::Warning,
        raft::hex(config_.id) + " A tick missed to fire. Node blocks too long!");
  };
  select(send(doors_.tickc, Unit{}, [] {}), recv(doors_.done, [] {}), otherwise(missed));
}

raft::Status Node::status() {
  // Room for the answer, so that the loop never waits for us to come and fetch it.
  const auto reply = Channel<raft::Status>::make(1, "reply");
  return select(send(doors_.status, reply, [&] { return *reply.recv(); }),
                recv(doors_.done, [] { return raft::Status(); }));
}

// The hand-off at the door says that the loop has heard us; that it has ended, only done
// can say.
void Node::stop() {
  select(send(doors_.stop, Unit{}, [] {}), recv(doors_.done, [] {}));
  doors_.done.recv();
}

std::unique_ptr<Node> startNode(raft::Config config, Doors doors) {
  raft::RawNode rawNode(config);
  return std::make_unique<Node>(std::move(rawNode), std::move(config), std::move(doors));
}

}  // namespace node
