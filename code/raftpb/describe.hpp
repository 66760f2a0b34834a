// Describing: one line of text for each of the wire's words, the same as etcd's.
//
// Logs, tests and scenarios show messages by these lines, so their form is an interface:
// etcd's own scenario files compare them byte for byte. Ids are hexadecimal where a node
// is a sender or a target, and decimal elsewhere; that is etcd's way, and kept. What a
// line leaves out (a context, a hint without a refusal) is left out there too.
//
// etcd: util.go, and the String methods of raftpb. Tested by raftpb/describe_test.cpp.
#pragma once

#include <string>
#include <string_view>

#include "raftpb/conf_change.hpp"
#include "raftpb/hard_state.hpp"
#include "raftpb/message.hpp"
#include "raftpb/snapshot.hpp"

namespace raftpb {

/// "1->2 MsgApp Term:1 Log:1/1 Commit:1 Entries:[1/2 EntryNormal \"x\"]". Of several
/// entries, each has a line of its own; `indent` opens every line.
std::string describeMessage(const Message& m, std::string_view indent = "");

/// "1/2 EntryNormal \"x\"": term, index, type, data.
std::string describeEntry(const Entry& e);

/// A line for each entry, each ended by a newline.
std::string describeEntries(const Entries& entries);

/// "Term:1 Vote:2 Commit:3"; a vote for nobody is left out.
std::string describeHardState(const HardState& hardState);

/// "Voters:[1 2 3] VotersOutgoing:[] Learners:[] LearnersNext:[] AutoLeave:false".
std::string describeConfState(const ConfState& confState);

/// "Index:11 Term:1 ConfState:" and that.
std::string describeSnapshot(const Snapshot& snapshot);

/// A sender or a target: "None", a storage thread's name, or the id in hexadecimal.
std::string describeTarget(NodeId id);

/// "v1 l2 r3": a letter for what happens, and to whom.
std::string describeConfChanges(const std::vector<ConfChangeSingle>& changes);

/// The bytes as a Go string literal, with the quotes: Go's %q.
std::string quote(std::string_view bytes);

}  // namespace raftpb
