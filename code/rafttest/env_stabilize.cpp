// stabilize: until nobody has anything to do. Tested by
// rafttest/interaction_env_test.cpp.
#include <algorithm>

#include "base/text.hpp"
#include "rafttest/interaction_env.hpp"

namespace rafttest {

std::string InteractionEnv::stabilize(Directive& d) {
  std::vector<NodeId> ids = runningNodesIn(d);
  if (ids.empty()) {
    for (const auto& each : nodes_) ids.push_back(each->config.id);
  }
  const LogLevel before = output_.level();
  std::optional<LogLevel> level = before;
  if (const std::string name = d.textOf("log-level", ""); !name.empty()) {
    level = parseLogLevel(name);
    if (!level) d.complain(base::text("there is no log level ", name, "; none is one"));
  }
  if (wrong(d)) return "";
  output_.setLevel(*level);

  while (stabilizeOnce(ids)) continue;
  output_.setLevel(before);
  return "";
}

// First everybody's Ready, one each; then everybody's messages. False: nobody had any.
bool InteractionEnv::stabilizeOnce(const std::vector<NodeId>& ids) {
  bool any = false;
  for (const NodeId id : ids) {
    if (!node(id).raw || !node(id).raw->hasReady()) continue;
    any = true;
    header(id, "handling Ready");
    output_.indented([&] { handleReady(id); });
  }
  for (const NodeId id : ids) {
    const auto toIt = [id](const UnderWay& each) { return each.message.to == id; };
    if (std::ranges::none_of(underWay_, toIt)) continue;
    any = true;
    header(id, "receiving messages");
    output_.indented([&] { deliver(id, std::nullopt, false); });
  }
  return any;
}

}  // namespace rafttest
