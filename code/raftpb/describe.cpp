// The lines, word for word. Tested by raftpb/describe_test.cpp.
#include "raftpb/describe.hpp"

#include <cstddef>
#include <limits>

#include "base/text.hpp"
#include "raftpb/codec.hpp"

namespace raftpb {
namespace {

using base::text;

// The two storage threads, as raft/util.hpp numbers them, a room above this one.
constexpr NodeId kAppendThread = std::numeric_limits<NodeId>::max();
constexpr NodeId kApplyThread = kAppendThread - 1;

// The ids as Go prints a slice: "[1 2 3]".
std::string list(const std::vector<NodeId>& ids) {
  std::string out = "[";
  for (std::size_t i = 0; i < ids.size(); ++i) {
    base::appendPart(out, i == 0 ? "" : " ");
    base::appendPart(out, ids[i]);
  }
  return out + "]";
}

// " Entries:[...]": one entry stays in the line, several get lines of their own.
std::string describeEntriesOf(const Message& m, std::string_view indent) {
  if (m.entries.empty()) return "";
  if (m.entries.size() == 1) return text(" Entries:[", describeEntry(m.entries[0]), "]");
  std::string out = " Entries:[";
  for (const Entry& e : m.entries) out += text("\n", indent, "  ", describeEntry(e));
  return out + text("\n", indent, "]");
}

std::string describeResponsesOf(const Message& m, std::string_view indent) {
  if (m.responses.empty()) return "";
  const std::string deeper = text(indent, "  ");
  std::string out = " Responses:[";
  for (const Message& r : m.responses) out += "\n" + describeMessage(r, deeper);
  return out + text("\n", indent, "]");
}

// The data of a normal entry; of a change, whom it changes. What cannot be read is told
// as the reason why not.
std::string describePayload(const Entry& e) {
  ConfChange one;
  ConfChangeV2 several;
  switch (e.type) {
    case EntryType::EntryNormal:
      return quote(e.data);
    case EntryType::EntryConfChange:
      if (const base::Error error = unmarshal(e.data, one)) return error.message();
      return describeConfChanges({{one.type, one.nodeId}});
    case EntryType::EntryConfChangeV2:
      if (const base::Error error = unmarshal(e.data, several)) return error.message();
      return describeConfChanges(several.changes);
  }
  return "";
}

}  // namespace

std::string describeTarget(NodeId id) {
  if (id == 0) return "None";
  if (id == kAppendThread) return "AppendThread";
  if (id == kApplyThread) return "ApplyThread";
  std::string out;
  base::appendNumber(out, id, 16);
  return out;
}

std::string describeMessage(const Message& m, std::string_view indent) {
  std::string out =
      text(indent, describeTarget(m.from), "->", describeTarget(m.to), " ", name(m.type),
           " Term:", m.term, " Log:", m.logTerm, "/", m.index);
  if (m.reject) out += text(" Rejected (Hint: ", m.rejectHint, ")");
  if (m.commit != 0) out += text(" Commit:", m.commit);
  if (m.vote != 0) out += text(" Vote:", m.vote);
  out += describeEntriesOf(m, indent);
  if (m.snapshot && m.snapshot->metadata.index != 0) {
    out += text("\n", indent, "  Snapshot: ", describeSnapshot(*m.snapshot));
  }
  return out + describeResponsesOf(m, indent);
}

std::string describeEntry(const Entry& e) {
  const std::string payload = describePayload(e);
  const std::string_view space = payload.empty() ? "" : " ";
  return text(e.term, "/", e.index, " ", name(e.type), space, payload);
}

std::string describeEntries(const Entries& entries) {
  std::string out;
  for (const Entry& e : entries) out += describeEntry(e) + "\n";
  return out;
}

std::string describeHardState(const HardState& hardState) {
  const std::string vote = hardState.vote == 0 ? "" : text(" Vote:", hardState.vote);
  return text("Term:", hardState.term, vote, " Commit:", hardState.commit);
}

std::string describeConfState(const ConfState& confState) {
  return text("Voters:", list(confState.voters),
              " VotersOutgoing:", list(confState.votersOutgoing),
              " Learners:", list(confState.learners),
              " LearnersNext:", list(confState.learnersNext),
              " AutoLeave:", confState.autoLeave ? "true" : "false");
}

std::string describeSnapshot(const Snapshot& snapshot) {
  const SnapshotMetadata& metadata = snapshot.metadata;
  return text("Index:", metadata.index, " Term:", metadata.term,
              " ConfState:", describeConfState(metadata.confState));
}

std::string describeConfChanges(const std::vector<ConfChangeSingle>& changes) {
  std::string out;
  for (const ConfChangeSingle& change : changes) {
    if (!out.empty()) out += " ";
    switch (change.type) {
      case ConfChangeType::ConfChangeAddNode:
        out += "v";
        break;
      case ConfChangeType::ConfChangeAddLearnerNode:
        out += "l";
        break;
      case ConfChangeType::ConfChangeRemoveNode:
        out += "r";
        break;
      case ConfChangeType::ConfChangeUpdateNode:
        out += "u";
        break;
      default:
        out += "unknown";
        break;
    }
    base::appendPart(out, change.nodeId);
  }
  return out;
}

}  // namespace raftpb
