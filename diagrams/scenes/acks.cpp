// Five voters acknowledge at different indexes, and the commit index follows the middle.
// The leader counts with the real MajorityConfig; the messages are played by hand.
#include <algorithm>
#include <cstdio>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "base/text.hpp"
#include "raft/quorum/majority.hpp"

namespace {

using base::text;
using raft::Index;
using raft::NodeId;

const raft::quorum::MajorityConfig kVoters = {1, 2, 3, 4, 5};
constexpr NodeId kLeader = 1;

// What the leader knows, and the events of the picture so far.
class Scene {
 public:
  void holds(NodeId voter, Index last) {
    add(text(R"("kind":"log","lane":")", voter, R"(","log":)", strip(last),
             commitOf(voter)));
    if (voter == kLeader) acked_[kLeader] = last;
  }

  void falls(NodeId voter) { add(text(R"("kind":"crash","lane":")", voter, "\"")); }

  // A follower acknowledges, and the leader looks at the middle again.
  void acks(NodeId follower, Index index) {
    add(text(R"("kind":"send","lane":")", follower, R"(","to":")", kLeader,
             R"(","text":"MsgAppResp )", index, "\""));
    acked_[follower] = index;
    add(text(R"("kind":"arrive","lane":")", kLeader, R"(","text":"MsgAppResp )", index,
             "\""));

    const Index committed = kVoters.committedIndex([&](NodeId id) { return acked_[id]; });
    add(text(R"("kind":"note","text":"the leader's row: )", row(), "\""));
    if (committed == committed_) return;
    committed_ = committed;
    holds(kLeader, acked_[kLeader]);
  }

  void print() const {
    std::printf(
        "{\"title\":\"Five voters: the commit index is the middle of the row\",\n");
    std::printf("\"lanes\":[");
    for (const NodeId id : kVoters) {
      const char* const role = id == kLeader ? "leader" : "follower";
      std::printf(
          "%s{\"id\":\"%d\",\"label\":\"node %d\",\"kind\":\"node\",\"state\":\"%s\"}",
          id == kLeader ? "" : ",", static_cast<int>(id), static_cast<int>(id), role);
    }
    std::printf("],\n\"events\":[\n");
    for (std::size_t i = 0; i < events_.size(); ++i) {
      std::printf("{\"seq\":%zu,%s}%s\n", i + 1, events_[i].c_str(),
                  i + 1 < events_.size() ? "," : "");
    }
    std::printf("]}\n");
  }

 private:
  void add(std::string event) { events_.push_back(std::move(event)); }

  // So many entries, all of term 1.
  static std::string strip(Index last) {
    std::string terms;
    for (Index i = 0; i < last; ++i) terms += terms.empty() ? "1" : ",1";
    return "[" + terms + "]";
  }

  std::string commitOf(NodeId voter) const {
    return voter == kLeader ? text(",\"commit\":", committed_) : "";
  }

  // The acknowledgements, highest first, the middle one in brackets.
  std::string row() {
    std::vector<Index> match;
    for (const NodeId id : kVoters) match.push_back(acked_[id]);
    std::sort(match.begin(), match.end(), std::greater<>());
    std::string out;
    for (std::size_t i = 0; i < match.size(); ++i) {
      out += i == 0 ? "" : " ";
      out += i == match.size() / 2 ? text("[", match[i], "]") : text(match[i]);
    }
    return out;
  }

  std::map<NodeId, Index> acked_;
  Index committed_ = 0;
  std::vector<std::string> events_;
};

}  // namespace

int main() {
  Scene scene;
  scene.holds(1, 6);
  scene.holds(2, 4);
  scene.holds(3, 2);
  scene.holds(4, 6);
  scene.falls(5);
  scene.acks(2, 4);
  scene.acks(3, 2);
  scene.acks(4, 6);
  scene.holds(3, 6);
  scene.acks(3, 6);
  scene.holds(2, 6);
  scene.acks(2, 6);
  scene.print();
}
