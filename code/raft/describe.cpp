// The lines of a Ready. Tested by raft/describe_test.cpp.
#include "raft/describe.hpp"

#include "base/text.hpp"
#include "raftpb/describe.hpp"

namespace raft {

using base::text;

std::string_view name(StateType state) {
  switch (state) {
    case StateType::StateFollower:
      return "StateFollower";
    case StateType::StateCandidate:
      return "StateCandidate";
    case StateType::StateLeader:
      return "StateLeader";
  }
  return "StateUnknown";
}

std::string describeSoftState(const SoftState& softState) {
  return text("Lead:", softState.lead, " State:", name(softState.raftState));
}

std::string describeReady(const Ready& rd) {
  std::string out;
  if (rd.softState) out += describeSoftState(*rd.softState) + "\n";
  if (rd.hardState) out += text("HardState ", describeHardState(*rd.hardState), "\n");
  if (!rd.entries.empty()) out += "Entries:\n" + describeEntries(rd.entries);
  if (!rd.committedEntries.empty()) {
    out += "CommittedEntries:\n" + describeEntries(rd.committedEntries);
  }
  if (!rd.messages.empty()) out += "Messages:\n";
  for (const raftpb::Message& m : rd.messages) out += describeMessage(m) + "\n";
  if (out.empty()) return "<empty Ready>";
  return text("Ready MustSync=", rd.mustSync ? "true" : "false", ":\n", out);
}

}  // namespace raft
