// What comes next? A leader of term 6, told what arrives from follower 2.
#include <cstdio>
#include <string>
#include <vector>

#include "raft/replication_test.hpp"

using namespace raft;
using namespace raft::test;

namespace {

void print(char letter, const std::vector<Message>& sent) {
  std::string out;
  for (const Message& m : pick(sent, MessageType::MsgApp, 2)) {
    out +=
        (out.empty() ? "" : ", ") + base::text("after ", m.index, "/t", m.logTerm, ": ");
    out += m.entries.empty()
               ? "empty"
               : base::text(m.entries.front().index, " to ", m.entries.back().index);
  }
  std::printf("%c: %s\n", letter, out.empty() ? "silence" : out.c_str());
}

}  // namespace

int main() {
  Config config;
  config.maxInflightMsgs = 2;
  LeadingNode leader({1, 1, 2, 5, 5}, config);

  // It has just been elected.
  print('A', leader.elected);

  // The follower's log has the terms 1 1 2 3 3 3. It refuses.
  print('B', leader.refused(5, {.term = 3, .index = 5}));

  // Before it answers, a client proposes.
  print('C', leader.propose("x"));

  // It has everything up to entry 5.
  print('D', leader.acked(5));

  // It has entry 6 as well. Then a client proposes three times, and nobody answers.
  leader.acked(6);
  print('E', leader.propose("y"));
  leader.propose("z");
  print('F', leader.propose("w"));

  // A heartbeat is answered.
  print('G', leader.heard());

  // It has entry 7.
  print('H', leader.acked(7));

  // The transport reports that follower 2 is unreachable.
  print('I', leader.unreachable());

  // A heartbeat is answered after all.
  print('J', leader.heard());

  // An old refusal arrives, of entry 6.
  print('K', leader.refused(6, {.term = 5, .index = 5}));

  // It has entry 8, says an answer from before it was unreachable.
  print('L', leader.acked(8));
}
