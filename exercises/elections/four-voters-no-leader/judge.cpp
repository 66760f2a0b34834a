// Four voters, no leader: performs a play on four nodes, and counts the votes.
#include <cstdio>
#include <fstream>
#include <map>
#include <memory>
#include <set>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "raft/memory_storage.hpp"
#include "raft/raft.hpp"

using raft::StateType;
using raftpb::Message;
using raftpb::MessageType;
using raftpb::NodeId;

namespace {

constexpr NodeId kNodes = 4;

struct Node {
  std::shared_ptr<raft::MemoryStorage> disk;
  std::unique_ptr<raft::Raft> raft;
};

class Play {
 public:
  Play() {
    for (NodeId id = 1; id <= kNodes; ++id) {
      auto disk = std::make_shared<raft::MemoryStorage>();
      disk->setConfState({.voters = {1, 2, 3, 4}});
      nodes_[id] = {
          disk, std::make_unique<raft::Raft>(raft::Config{.id = id, .storage = disk})};
    }
  }

  // One step. Says why it could not be done, or nothing.
  std::string step(const std::string& line) {
    std::istringstream words(line);
    std::string verb;
    NodeId a = 0;
    NodeId b = 0;
    words >> verb >> a;
    if (verb != "campaign" && verb != "deliver")
      return "there is no step `" + verb + "`; write campaign N or deliver A B";
    if (a < 1 || a > kNodes) return "the nodes are 1 to 4";
    if (verb == "campaign") return campaign(a);
    words >> b;
    if (b < 1 || b > kNodes || a == b)
      return "deliver from one node to another: deliver A B";
    return deliver(a, b);
  }

  // Nothing if the play has done what it was to do.
  std::string missing() const {
    for (const auto& [way, messages] : network_) {
      if (messages.empty()) continue;
      return std::to_string(messages.size()) + " on the way from " +
             std::to_string(way.first) + " to " + std::to_string(way.second) +
             ": everything must arrive";
    }
    for (const auto& [term, candidates] : votes_) {
      int twoVotes = 0;
      for (const auto& [candidate, voters] : candidates) twoVotes += voters.size() == 2;
      if (twoVotes == 2) return {};
    }
    return "in no term did two candidates get two votes each";
  }

 private:
  std::string campaign(NodeId id) {
    std::ignore = nodes_[id].raft->step({.type = MessageType::MsgHup, .from = id});
    write(id);
    return leader();
  }

  std::string deliver(NodeId from, NodeId to) {
    std::vector<Message> arriving = std::exchange(network_[{from, to}], {});
    if (arriving.empty()) return "nothing is on its way there";
    for (const Message& m : arriving) {
      const bool answer = m.type == MessageType::MsgVoteResp;
      std::printf("         %s of term %llu%s\n",
                  std::string(raftpb::name(m.type)).c_str(),
                  static_cast<unsigned long long>(m.term),
                  !answer    ? ""
                  : m.reject ? ": no"
                             : ": yes");
      if (answer && !m.reject) votes_[m.term][to].insert(from);
      std::ignore = nodes_[to].raft->step(m);
      write(to);
    }
    return leader();
  }

  // The disk first; then what hung on it, to oneself at once and to others by the
  // network.
  void write(NodeId id) {
    raft::Raft& raft = *nodes_[id].raft;
    nodes_[id].disk->setHardState(raft.hardState());
    std::vector<Message> out = std::exchange(raft.msgs(), {});
    for (Message& m : std::exchange(raft.msgsAfterAppend(), {}))
      out.push_back(std::move(m));
    for (const Message& m : out) {
      if (m.to != id) {
        network_[{id, m.to}].push_back(m);
        continue;
      }
      votes_[m.term][id].insert(id);
      std::ignore = raft.step(m);
    }
  }

  std::string leader() const {
    for (const auto& [id, node] : nodes_) {
      if (node.raft->state() == StateType::StateLeader) {
        return "node " + std::to_string(id) + " leads, and nobody was to";
      }
    }
    return {};
  }

  std::map<NodeId, Node> nodes_;
  std::map<std::pair<NodeId, NodeId>, std::vector<Message>> network_;
  std::map<raftpb::Term, std::map<NodeId, std::set<NodeId>>> votes_;
};

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return std::fputs("give me the file of the play\n", stderr), 2;
  std::ifstream file(argv[1]);
  Play play;
  std::string line;
  for (int number = 1; std::getline(file, line); ++number) {
    while (!line.empty() && (line.back() == ' ' || line.back() == '\r')) line.pop_back();
    if (line.empty() || line[0] == '#') continue;
    std::printf("line %2d  %s\n", number, line.c_str());
    const std::string why = play.step(line);
    if (!why.empty()) return std::printf("the play ends here: %s\n", why.c_str()), 1;
  }
  const std::string missing = play.missing();
  if (missing.empty()) return std::puts("Two votes each, and no leader."), 0;
  std::printf("not yet: %s\n", missing.c_str());
  return 1;
}
