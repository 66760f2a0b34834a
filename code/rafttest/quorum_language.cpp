// Voters and their answers, read and counted. Tested by
// rafttest/quorum_language_test.cpp.
#include "rafttest/quorum_language.hpp"

#include <algorithm>
#include <optional>

#include "base/text.hpp"
#include "raft/quorum/joint.hpp"

namespace rafttest {
namespace {

using raft::Index;
using raft::NodeId;
using raft::quorum::describe;
using raft::quorum::JointConfig;
using raft::quorum::kEverything;
using raft::quorum::MajorityConfig;
using raft::quorum::toString;
using raft::quorum::VoteResult;

constexpr Index kNo = 1;
constexpr Index kYes = 2;

// What a directive says. An answer is an index or a vote; 0 stands for "_".
struct Setup {
  std::vector<NodeId> ids = {};   // of cfg
  std::vector<NodeId> idsj = {};  // of cfgj
  bool joint = false;
  std::vector<Index> indexes = {};
  std::vector<Index> votes = {};

  JointConfig voters() const { return {MajorityConfig(ids), MajorityConfig(idsj)}; }
};

void readIds(Directive& directive, const Arg& arg, Setup& setup) {
  if (arg.key == "cfg") {
    setup.ids = directive.numbersOf("cfg");
    return;
  }
  setup.joint = true;
  if (arg.values != std::vector<std::string>{"zero"}) {
    setup.idsj = directive.numbersOf("cfgj");
  }
}

void readIndexes(Directive& directive, const Arg& arg, Setup& setup) {
  for (const std::string& value : arg.values) {
    if (value == "_") {
      setup.indexes.push_back(0);
      continue;
    }
    setup.indexes.push_back(directive.number(value));
    if (setup.indexes.back() == 0) {
      directive.complain("0 is no index to acknowledge; write _ for no answer");
    }
  }
}

void readVotes(Directive& directive, const Arg& arg, Setup& setup) {
  for (const std::string& value : arg.values) {
    if (value != "y" && value != "n" && value != "_") {
      directive.complain("'" + value + "' is no vote; write y, n or _");
    }
    setup.votes.push_back(value == "y" ? kYes : value == "n" ? kNo : 0);
  }
}

Setup read(Directive& directive) {
  Setup setup;
  for (const Arg& arg : directive.args) {
    if (arg.key == "cfg" || arg.key == "cfgj") {
      readIds(directive, arg, setup);
    } else if (arg.key == "idx") {
      readIndexes(directive, arg, setup);
    } else if (arg.key == "votes") {
      readVotes(directive, arg, setup);
    } else {
      directive.complain("no argument '" + arg.key +
                         "'; there are cfg, cfgj, idx, votes");
    }
  }
  return setup;
}

// The answers, found by voter. A voter's place is where it is named first.
class Answers {
 public:
  Answers(const Setup& setup, const std::vector<Index>& answers) : answers_(answers) {
    for (const auto* ids : {&setup.ids, &setup.idsj}) {
      for (const NodeId id : *ids) {
        if (std::count(order_.begin(), order_.end(), id) == 0) order_.push_back(id);
      }
    }
  }

  std::optional<Index> operator()(NodeId id) const {
    const auto place = std::find(order_.begin(), order_.end(), id) - order_.begin();
    const Index answer = answers_[static_cast<std::size_t>(place)];
    return answer == 0 ? std::nullopt : std::optional(answer);
  }

 private:
  std::vector<NodeId> order_;
  const std::vector<Index>& answers_;
};

// The same index, found by counting from above instead of by sorting.
Index countedIndex(const MajorityConfig& voters, const Answers& answers) {
  Index best = voters.empty() ? kEverything : 0;
  for (const NodeId id : voters) {
    const Index candidate = answers(id).value_or(0);
    const auto holds = [&](NodeId other) {
      return answers(other).value_or(0) >= candidate;
    };
    const auto holders = std::count_if(voters.begin(), voters.end(), holds);
    if (static_cast<std::size_t>(holders) * 2 > voters.size()) {
      best = std::max(best, candidate);
    }
  }
  return best;
}

// A line if `other`, found in another way, is not the index: so the output differs.
std::string unless(Index index, Index other, std::string_view way) {
  return index == other ? "" : toString(other) + " <-- " + std::string(way) + "\n";
}

// Whoever holds less than the committed index may as well hold less still.
std::string lowered(const MajorityConfig& voters, const Answers& answers, Index index) {
  std::string lines;
  for (const NodeId id : voters) {
    const Index held = answers(id).value_or(0);
    if (held == 0 || held >= index) continue;
    for (const Index lower : {held - 1, Index{0}}) {
      const auto overlaid = [&](NodeId other) {
        return other == id ? std::optional(lower) : answers(other);
      };
      lines += unless(index, voters.committedIndex(overlaid),
                      base::text("overlaying ", id, "->", lower));
    }
  }
  return lines;
}

std::string majorityCommitted(const MajorityConfig& voters, const Answers& answers) {
  const Index index = voters.committedIndex(answers);
  const JointConfig zero = {voters, {}};
  const JointConfig self = {voters, voters};
  return describe(voters, answers) +
         unless(index, countedIndex(voters, answers), "via alternative computation") +
         unless(index, zero.committedIndex(answers), "via zero-joint quorum") +
         unless(index, self.committedIndex(answers), "via self-joint quorum") +
         lowered(voters, answers, index) + toString(index) + "\n";
}

std::string jointCommitted(const JointConfig& voters, const Answers& answers) {
  const Index index = voters.committedIndex(answers);
  const JointConfig swapped = {voters.outgoing, voters.incoming};
  return describe(voters, answers) +
         unless(index, swapped.committedIndex(answers), "via symmetry") +
         toString(index) + "\n";
}

std::string vote(const JointConfig& voters, const Answers& answers) {
  const auto votes = [&](NodeId id) -> std::optional<bool> {
    const std::optional<Index> answer = answers(id);
    return answer ? std::optional(*answer == kYes) : std::nullopt;
  };
  const VoteResult result = voters.voteResult(votes);
  const JointConfig swapped = {voters.outgoing, voters.incoming};
  const VoteResult other = swapped.voteResult(votes);
  return (other == result ? "" : base::text(toString(other), " <-- via symmetry\n")) +
         base::text(toString(result), "\n");
}

// In the words of etcd's runner, Go's way of printing a map included.
std::string mismatch(const JointConfig& voters, const std::vector<Index>& answers) {
  std::string ids, given;
  for (const NodeId id : voters.ids()) {
    ids += base::text(ids.empty() ? "" : " ", id, ":{}");
  }
  for (const Index answer : answers) {
    given += (given.empty() ? "" : " ") + toString(answer);
  }
  return "error: mismatched input (explicit or _) for voters map[" + ids + "]: [" +
         given + "]";
}

}  // namespace

std::string handleQuorum(Directive& directive) {
  const Setup setup = read(directive);
  const bool isVote = directive.cmd == "vote";
  if (!isVote && directive.cmd != "committed") {
    return directive.complain("unknown command; there are committed and vote");
  }
  if (!directive.complaint.empty()) return "";

  const JointConfig voters = setup.voters();
  const std::vector<Index>& given = isVote ? setup.votes : setup.indexes;
  if (given.size() != voters.ids().size()) return mismatch(voters, given);

  const Answers answers(setup, given);
  if (isVote) return vote(voters, answers);
  if (setup.joint) return jointCommitted(voters, answers);
  return majorityCommitted(voters.incoming, answers);
}

}  // namespace rafttest
