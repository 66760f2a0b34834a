// Bars and blanks. Six clusters, and what they agree on.
#include <cstdio>
#include <string>

#include "raft/quorum/answers_test.hpp"
#include "raft/quorum/joint.hpp"

using raft::Index;
using raft::NodeId;
using raft::quorum::JointConfig;
using raft::quorum::MajorityConfig;
using raft::quorum::test::Acks;
using raft::quorum::test::in;
using raft::quorum::test::Votes;

namespace {

void print(const std::string& letter, const std::string& table, Index index) {
  std::printf("%s\n%scommitted %s\n\n", letter.c_str(), table.c_str(),
              raft::quorum::toString(index).c_str());
}

}  // namespace

int main() {
  const MajorityConfig four = {1, 2, 3, 4};
  const auto a = in(Acks{{1, 12}, {2, 10}, {3, 12}, {4, 7}});
  print("A", describe(four, a), four.committedIndex(a));

  const MajorityConfig five = {1, 2, 3, 4, 5};
  const auto b = in(Acks{{2, 30}, {3, 31}, {5, 29}});
  print("B", describe(five, b), five.committedIndex(b));

  const MajorityConfig three = {1, 2, 0xb};
  const auto c = in(Acks{{1, 4}, {0xb, 4}});
  print("C", describe(three, c), three.committedIndex(c));

  const JointConfig change = {{1, 2, 3}, {3, 4, 5}};
  const auto d = in(Acks{{1, 9}, {2, 8}, {3, 5}, {4, 6}});
  print("D", describe(change, d), change.committedIndex(d));

  const JointConfig alone = {{1, 2, 3}, {}};
  const auto e = in(Acks{{1, 9}, {2, 8}});
  print("E", describe(alone, e), alone.committedIndex(e));

  const auto f = in(Votes{{1, true}, {2, true}, {3, false}, {4, false}});
  std::printf("F\n%s, %s, %s\n",
              std::string(toString(change.incoming.voteResult(f))).c_str(),
              std::string(toString(change.outgoing.voteResult(f))).c_str(),
              std::string(toString(change.voteResult(f))).c_str());
}
