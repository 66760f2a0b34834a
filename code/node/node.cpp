// The calls that bring something in. Tested by node/front_door_test.cpp.
#include "node/node.hpp"

#include <utility>

#include "csp/select.hpp"
#include "raft/util.hpp"

namespace node {

using base::Errc;
using csp::Context;
using csp::recv;
using csp::select;
using csp::send;
using raftpb::Message;
using raftpb::MessageType;

Node::Node(Doors doors) : doors_(std::move(doors)) {}

Error Node::propose(const Context& ctx, std::string data) {
  Message m{.type = MessageType::MsgProp};
  m.entries.push_back({.data = std::move(data)});
  return stepWait(ctx, std::move(m));
}

Error Node::campaign(const Context& ctx) {
  return stepWithWaitOption(ctx, {.type = MessageType::MsgHup}, false);
}

Error Node::step(const Context& ctx, Message m) {
  if (raft::isLocalMsg(m.type)) return {};
  return stepWithWaitOption(ctx, std::move(m), false);
}

Error Node::stepWait(const Context& ctx, Message m) {
  return stepWithWaitOption(ctx, std::move(m), true);
}

// Hands a message to the loop and, for a proposal that waits, waits for the verdict.
// Whichever comes first wins: the loop does its part, the caller gives up, or the node
// stops.
Error Node::stepWithWaitOption(const Context& ctx, Message m, bool wait) {
  const auto taken = [] { return Error(); };
  const auto cancelled = [&] { return ctx.err(); };
  const auto stopped = [] { return Error(Errc::Stopped); };

  if (m.type != MessageType::MsgProp) {
    return select(send(doors_.recvc, std::move(m), taken), recv(ctx.done(), cancelled),
                  recv(doors_.done, stopped));
  }

  // Room for one answer, so that the loop never blocks on a proposer who has walked away;
  // shared with the loop, so that the answer has somewhere to land even then.
  const auto result = wait ? Channel<Error>::make(1, "result") : Channel<Error>();

  const Error sent = select(send(doors_.propc, Proposal{std::move(m), result}, taken),
                            recv(ctx.done(), cancelled), recv(doors_.done, stopped));
  if (sent || !wait) return sent;

  return select(recv(result, [](Error verdict) { return verdict; }),
                recv(ctx.done(), cancelled), recv(doors_.done, stopped));
}

}  // namespace node
