// Who is left? Eight short stories at the front door. The main thread plays the loop.
#include <cstdio>
#include <future>
#include <string>
#include <thread>

#include "csp/select.hpp"
#include "node/node.hpp"

using base::Errc;
using base::Error;
using csp::Context;
using node::Doors;
using node::Node;
using node::Proposal;
using raftpb::Message;
using raftpb::MessageType;

namespace {

std::string text(Error error) {
  return error ? error.message() : "nil";
}

std::future<Error> propose(Node& node, Context ctx) {
  return std::async(std::launch::async,
                    [&node, ctx] { return node.propose(ctx, "color=blue"); });
}

void untilAnOfferIsMade(const Doors& doors) {
  while (doors.propc.waitingSenders() == 0) std::this_thread::yield();
}

// Raft appends the entry.
void a() {
  Doors doors;
  Node node(doors);
  auto answer = propose(node, csp::background());
  const Proposal taken = *doors.propc.recv();
  taken.result.send(Error());
  std::printf("A: %s\n", text(answer.get()).c_str());
}

// Raft refuses.
void b() {
  Doors doors;
  Node node(doors);
  auto answer = propose(node, csp::background());
  const Proposal taken = *doors.propc.recv();
  taken.result.send(Errc::ProposalDropped);
  std::printf("B: %s\n", text(answer.get()).c_str());
}

// The client hangs up while the loop is inside Raft; then the loop answers.
void c() {
  Doors doors;
  Node node(doors);
  const auto [ctx, cancel] = csp::withCancel(csp::background());
  auto answer = propose(node, ctx);
  const Proposal taken = *doors.propc.recv();
  cancel();
  const Error said = answer.get();
  taken.result.send(Error());
  std::printf("C: %s, verdicts left: %zu\n", text(said).c_str(), taken.result.size());
}

// There is no leader, so the loop does not listen. The client hangs up. Then there is
// one.
void d() {
  Doors doors;
  Node node(doors);
  const auto [ctx, cancel] = csp::withCancel(csp::background());
  auto answer = propose(node, ctx);
  untilAnOfferIsMade(doors);
  cancel();
  const Error said = answer.get();
  const bool taken = csp::select(csp::recv(doors.propc, [] { return true; }),
                                 csp::otherwise([] { return false; }));
  std::printf("D: %s, taken: %s\n", text(said).c_str(), taken ? "yes" : "no");
}

// The loop takes the proposal and ends before it has an answer.
void e() {
  Doors doors;
  Node node(doors);
  auto answer = propose(node, csp::background());
  const Proposal taken = *doors.propc.recv();
  doors.done.close();
  std::printf("E: %s\n", text(answer.get()).c_str());
}

// The network delivers a message that only a node's own timer may send. Nobody receives
// on any door.
void f() {
  Doors doors;
  Node node(doors);
  const Error said =
      node.step(csp::background(), {.type = MessageType::MsgHup, .from = 2});
  std::printf("F: %s\n", text(said).c_str());
}

// A proposal by step. The loop takes it, and looks before it answers.
void g() {
  Doors doors;
  Node node(doors);
  Message m{.type = MessageType::MsgProp};
  m.entries.push_back({.data = "color=blue"});
  auto answer =
      std::async(std::launch::async, [&] { return node.step(csp::background(), m); });
  const Proposal taken = *doors.propc.recv();
  const Error said = answer.get();
  if (taken.result) taken.result.send(Errc::ProposalDropped);
  doors.done.close();
  std::printf("G: %s, verdicts left: %zu\n", text(said).c_str(), taken.result.size());
}

// The node has stopped before anybody asks.
void h() {
  Doors doors;
  Node node(doors);
  doors.done.close();
  std::printf("H: %s\n", text(node.propose(csp::background(), "late")).c_str());
}

}  // namespace

int main() {
  a();
  b();
  c();
  d();
  e();
  f();
  g();
  h();
}
