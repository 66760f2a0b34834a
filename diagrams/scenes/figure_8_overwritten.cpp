// Figure 8 (d): the entry that lay on three disks of five is overwritten.
#include "figure_8.hpp"

int main() {
  scenes::Strips strips("Figure 8: on three disks of five, and overwritten",
                        scenes::fiveServers());
  scenes::Figure8 figure(strips);
  figure.theOldEntryOnThreeOfFive();
  figure.theOldLeaderGoesAndS5Returns();
  figure.drawOverwriting();
  figure.drawLogs({2, 3, 4, 5});
  strips.print();
}
