// What voters have answered, as tests write it.
#pragma once

#include <map>
#include <optional>
#include <utility>

#include "raft/util.hpp"

namespace raft::quorum::test {

using Acks = std::map<NodeId, Index>;
using Votes = std::map<NodeId, bool>;

/// What a quorum asks: in(Acks{{1, 5}, {2, 3}}) knows nothing of other voters.
template <class Answer>
auto in(std::map<NodeId, Answer> answers) {
  return [answers = std::move(answers)](NodeId id) -> std::optional<Answer> {
    const auto it = answers.find(id);
    return it == answers.end() ? std::nullopt : std::optional(it->second);
  };
}

}  // namespace raft::quorum::test
