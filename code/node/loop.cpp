// One turn's decisions, and what each door leads to. Tested by node/loop_test.cpp.
#include "node/loop.hpp"

#include <memory>
#include <tuple>
#include <utility>

namespace node {

using raft::kNone;

Loop::Loop(raft::RawNode rawNode, Doors doors, raft::Logger logger)
    : rawNode_(std::move(rawNode)),
      doors_(std::move(doors)),
      logger_(std::move(logger)) {}

void Loop::openDoors() {
  const raft::NodeId now = rawNode_.lead();
  if (now != lead_) {
    const auto line = describeLeaderChange(rawNode_.id(), lead_, now, rawNode_.term());
    logger_(raft::Level::Info, line);
    lead_ = now;
  }
  propc = now == kNone ? nullptr : doors_.propc;

  if (!advancec && rawNode_.hasReady()) {
    // Nobody may be there to take it. If another case wins, we come back here and offer a
    // larger one: batching, for nothing.
    rd = std::make_shared<const raft::Ready>(rawNode_.readyWithoutAccept());
    readyc = doors_.readyc;
  }
}

void Loop::propose(Proposal p) {
  p.message.from = rawNode_.id();
  const Error verdict = rawNode_.step(std::move(p.message));
  if (p.result) p.result.send(verdict);  // there is room for one, so this never blocks
}

// Local notes come from Node itself; it lets no others in.
void Loop::step(raftpb::Message m) {
#if STAGE >= READY
  std::ignore = raft::isLocalMsg(m.type)
                    ? rawNode_.stepInside(std::move(m))
                    : rawNode_.step(std::move(m));  // and nobody waits to hear
#else
  const bool stranger = !raft::isLocalMsgTarget(m.from) && !rawNode_.hasProgress(m.from);
  if (raft::isResponseMsg(m.type) && stranger) return;  // it was never asked anything
  std::ignore = rawNode_.step(std::move(m));            // and nobody waits to hear
#endif
}

void Loop::tick() {
  rawNode_.tick();
}

void Loop::handOver() {
  rawNode_.acceptReady(*rd);
  readyc = nullptr;
  advancec = doors_.advancec;
}

void Loop::advance() {
  rawNode_.advance(*rd);
  rd = nullptr;
  advancec = nullptr;
}

void Loop::report(Channel<raft::Status> reply) {
  reply.send(rawNode_.status());
}

void Loop::stop() {
  running = false;
  doors_.done.close();
}

std::string describeLeaderChange(raft::NodeId id, raft::NodeId before, raft::NodeId now,
                                 raft::Term term) {
  const std::string at = " at term " + std::to_string(term);
  const std::string node = "raft.node: " + raft::hex(id);
  if (now == kNone) return node + " lost leader " + raft::hex(before) + at;
  if (before == kNone) return node + " elected leader " + raft::hex(now) + at;
  return node + " changed leader from " + raft::hex(before) + " to " + raft::hex(now) +
         at;
}

}  // namespace node
