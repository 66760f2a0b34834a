// probes: how many times does a leader ask in vain, until it finds where two logs meet?
//
//   probes                             the logs of Figure 7, and some that are worse
//   probes 1114455666 11122233333      a leader's log and a follower's, a digit an entry
//
// Both nodes are real. For the first two columns the follower's hint is changed on its
// way: to none, so that the leader goes back by one; and to the follower's last index, as
// etcd had it from 2014 to 2020.
#include <algorithm>
#include <cstdio>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "raft/memory_storage.hpp"
#include "raft/raft.hpp"

using raft::Index;
using raft::NodeId;
using raft::Term;
using raftpb::Message;
using raftpb::MessageType;
using Terms = std::vector<Term>;

namespace {

// A node with this log on its disk. What it takes it writes at once.
struct Node {
  Node(NodeId id, const Terms& log, Term term) {
    disk->setConfState({.voters = {1, 2, 3}});
    disk->setHardState({.term = term});
    raftpb::Entries entries;
    for (const Term one : log) {
      entries.push_back({.term = one, .index = entries.size() + 1});
    }
    disk->append(entries);
    raft = std::make_unique<raft::Raft>(raft::Config{.id = id, .storage = disk});
  }

  // What it has to say to others, after a message.
  std::vector<Message> step(Message m) {
    std::ignore = raft->step(std::move(m));
    disk->append(raft->raftLog().nextUnstableEnts());
    std::vector<Message> out = std::exchange(raft->msgs(), {});
    for (Message& promise : std::exchange(raft->msgsAfterAppend(), {})) {
      if (promise.to == raft->id()) {
        for (Message& more : step(std::move(promise))) out.push_back(std::move(more));
      } else {
        out.push_back(std::move(promise));
      }
    }
    return out;
  }

  std::shared_ptr<raft::MemoryStorage> disk = std::make_shared<raft::MemoryStorage>();
  std::unique_ptr<raft::Raft> raft;
};

enum class Hints { None, LastIndex, Both };

// The places where the leader asks, the last of which is right.
struct Walk {
  std::vector<Index> probes;
  std::size_t inVain = 0;  // entries that were sent, and refused

  std::size_t refusals() const { return probes.size() - 1; }
};

Message changed(Message refusal, Hints hints, Index lastIndex) {
  if (hints == Hints::Both) return refusal;
  refusal.logTerm = 0;
  refusal.rejectHint = hints == Hints::None ? refusal.index - 1 : lastIndex;
  return refusal;
}

Walk walk(const Terms& leaderLog, const Terms& followerLog, Hints hints) {
  const Term term = std::max(leaderLog.back(), followerLog.back());
  Node leader(1, leaderLog, term);
  Node follower(2, followerLog, term);
  leader.step({.type = MessageType::MsgHup, .from = 1});
  auto sent =
      leader.step({.type = MessageType::MsgVoteResp, .from = 3, .term = term + 1});

  Walk walk;
  while (true) {
    const auto toFollower = [](const Message& m) { return m.to == 2; };
    const Message probe = *std::find_if(sent.begin(), sent.end(), toFollower);
    walk.probes.push_back(probe.index);
    const Message answer = follower.step(probe).front();
    if (!answer.reject) return walk;
    walk.inVain += probe.entries.size();
    sent = leader.step(changed(answer, hints, followerLog.size()));
  }
}

void row(const char* name, const Terms& leader, const Terms& follower) {
  std::printf("%-36s", name);
  for (const Hints hints : {Hints::None, Hints::LastIndex, Hints::Both}) {
    const Walk found = walk(leader, follower, hints);
    std::printf("%6zu %8zu", found.refusals(), found.inVain);
  }
  std::puts("");
}

// `begin`, and then blocks of ten entries, whose terms go up by two.
Terms blocks(Terms begin, Term first, int entries) {
  for (int nth = 0; nth < entries; ++nth) {
    begin.push_back(first + 2 * (static_cast<Term>(nth) / 10));
  }
  return begin;
}

Terms followedBy(Terms log, std::size_t entries, Term term) {
  log.insert(log.end(), entries, term);
  return log;
}

void table() {
  std::printf("%36s%14s %13s %13s\n", "refusals, and entries in vain:", "no hint",
              "last index", "both sides");
  const Terms leader = {1, 1, 1, 4, 4, 5, 5, 6, 6, 6};
  row("Figure 7 (a)", leader, {1, 1, 1, 4, 4, 5, 5, 6, 6});
  row("Figure 7 (b)", leader, {1, 1, 1, 4});
  row("Figure 7 (c)", leader, {1, 1, 1, 4, 4, 5, 5, 6, 6, 6, 6});
  row("Figure 7 (d)", leader, {1, 1, 1, 4, 4, 5, 5, 6, 6, 6, 7, 7});
  row("Figure 7 (e)", leader, {1, 1, 1, 4, 4, 4, 4});
  row("Figure 7 (f)", leader, {1, 1, 1, 2, 2, 2, 3, 3, 3, 3, 3});
  const Terms far = followedBy({1}, 1000, 3);
  row("1,000 entries behind", far, {1});
  row("1,000 of its own, of an older term", far, followedBy({1}, 1000, 2));
  row("1,000 of its own, of a newer term", far, followedBy({1}, 1000, 4));
  row("1,000 of its own, of 100 terms", blocks({1}, 2, 1000), blocks({1}, 3, 1000));
}

Terms parse(std::string_view digits) {
  Terms log;
  for (const char digit : digits) log.push_back(static_cast<Term>(digit - '0'));
  return log;
}

void print(const char* name, const Walk& walk) {
  std::printf("%-11s", name);
  for (const Index place : walk.probes) std::printf(" %d", static_cast<int>(place));
  std::puts("");
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    table();
    return 0;
  }
  const Terms leader = parse(argv[1]);
  const Terms follower = parse(argv[2]);
  print("no hint:", walk(leader, follower, Hints::None));
  print("last index:", walk(leader, follower, Hints::LastIndex));
  print("both sides:", walk(leader, follower, Hints::Both));
}
