// The network: a list of messages, of which some arrive and some are lost. Tested by
// rafttest/interaction_env_test.cpp.
#include <algorithm>
#include <utility>

#include "base/text.hpp"
#include "raftpb/describe.hpp"
#include "rafttest/interaction_env.hpp"

namespace rafttest {

using base::text;
using raftpb::MessageType;

namespace {

// The type of that name, "MsgApp".
std::optional<MessageType> typeNamed(std::string_view wanted) {
  constexpr auto last = static_cast<int>(MessageType::MsgForgetLeader);
  for (int number = 0; number <= last; ++number) {
    const auto type = static_cast<MessageType>(number);
    if (name(type) == wanted) return type;
  }
  return std::nullopt;
}

}  // namespace

std::string InteractionEnv::deliverMsgs(Directive& d) {
  const std::vector<NodeId> receivers = nodesIn(d);
  const std::vector<NodeId> droppers = d.numbersOf("drop");
  for (const NodeId id : droppers) {
    if (std::ranges::find(receivers, id) == receivers.end()) continue;
    d.complain(text("node ", id, " is both to receive and to drop; name it once"));
  }
  std::optional<MessageType> type;
  if (const std::string wanted = d.textOf("type", ""); !wanted.empty()) {
    type = typeNamed(wanted);
    if (!type) {
      d.complain(text("there is no type ", wanted, "; write a whole name, type=MsgApp"));
    }
  }
  if (wrong(d)) return "";

  bool any = false;
  for (const NodeId id : receivers) any = deliver(id, type, false) || any;
  for (const NodeId id : droppers) any = deliver(id, type, true) || any;
  if (!any) output_.print("no messages\n");
  return "";
}

// Takes out of the list what goes to that node, and lets it arrive, or not. What the node
// says to it waits inside of the node, for its next Ready.
bool InteractionEnv::deliver(NodeId to, std::optional<MessageType> type, bool drop) {
  const auto stays = [&](const UnderWay& each) {
    return each.message.to != to || (type && each.message.type != *type);
  };
  const auto first = std::stable_partition(underWay_.begin(), underWay_.end(), stays);
  const std::vector<UnderWay> now(first, underWay_.end());
  underWay_.erase(first, underWay_.end());
  for (const UnderWay& each : now) {
    const std::string loss = drop ? "dropped: " : lossOf(each.message);
    output_.print(text(loss, describeMessage(each.message), "\n"));
    if (loss.empty()) {
      arrive(each);
    } else {
      observer_->lost(each);
    }
  }
  return !now.empty();
}

void InteractionEnv::arrive(const UnderWay& underWay) {
  const NodeId to = underWay.message.to;
  observer_->arrived(underWay);
  const base::Error refusal = node(to).raw->step(underWay.message);
  if (refusal) output_.print(text(refusal.message(), "\n"));
  changed(to);
}

}  // namespace rafttest
