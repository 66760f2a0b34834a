// Figure 8 (e): the leader's own entry reaches a majority, and shuts the door.
#include "figure_8.hpp"

int main() {
  scenes::Strips strips("Figure 8: the leader's own entry reaches a majority first",
                        scenes::fiveServers());
  scenes::Figure8 figure(strips);
  figure.theOldEntryOnThreeOfFive();

  figure.cluster.drops = [](const raftpb::Message& m) { return m.to == 4 || m.to == 5; };
  figure.cluster.beat(1);
  figure.drawAppends();
  strips.note("S1", base::text("on a majority: ", figure.onAMajority(),
                               ", committed: ", figure.cluster[1].raftLog().committed()));
  figure.drawLogs({1, 2, 3});
  figure.theOldLeaderGoesAndS5Returns();
  strips.print();
}
