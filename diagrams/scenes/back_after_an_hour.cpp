// Follower (f) of the paper's Figure 7: it led twice, in terms 2 and 3, and nobody heard
// it. Now it comes back, and the leader of term 8 finds out where their logs meet.
#include "two_nodes.hpp"

int main() {
  scenes::TwoNodes scene("Back after an hour, with eight entries that nobody else has",
                         {1, 1, 1, 4, 4, 5, 5, 6, 6, 6},
                         {1, 1, 1, 2, 2, 2, 3, 3, 3, 3, 3}, 8);
  scene.logs();
  scene.converse(scene.sent);
  scene.converse(scene.propose("x"));
  scene.progress();
  scene.play.print();
}
