// What the tours say of entries and of Readies.
#pragma once

#include <string>
#include <vector>

#include "raft/ready.hpp"

namespace node::tour {

/// "entry 2 color=blue", for each of them.
inline std::string describe(const std::vector<raftpb::Entry>& entries) {
  std::string text;
  for (const raftpb::Entry& e : entries) {
    if (!text.empty()) text += ", ";
    text += "entry " + std::to_string(e.index) + " " +
            (e.data.empty() ? "(empty)" : std::string(e.data));
  }
  return text;
}

/// What the application is to do, in the order in which it does it.
inline std::string describe(const raft::Ready& rd) {
  std::string text;
  const auto add = [&text](const std::string& part) {
    text += (text.empty() ? "" : "; ") + part;
  };
  if (const auto& hard = rd.hardState) {
    add("write term " + std::to_string(hard->term) + ", vote " +
        std::to_string(hard->vote) + ", commit " + std::to_string(hard->commit));
  }
  if (!rd.entries.empty()) add("write " + describe(rd.entries));
  if (rd.mustSync) add("sync");
#if STAGE >= READY
  if (!rd.messages.empty()) add("send " + std::to_string(rd.messages.size()));
#endif
  if (!rd.committedEntries.empty()) add("apply " + describe(rd.committedEntries));
  return text;
}

}  // namespace node::tour
