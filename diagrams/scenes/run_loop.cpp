// Six turns of the loop. What it waits for tells which doors are open: readyc while there
// is a Ready to give, advancec while one is out, and never both.
#include "stage.hpp"

int main() {
  scenes::Recorder recorder("The loop: one turn for whatever comes first",
                            {{"clock", "clock"},
                             {"proposer", "proposer"},
                             {"loop", "loop"},
                             {"application", "application"}});
  scenes::Stage stage(recorder);
  stage.listAllDoors();
  stage.startAsLeader();

  const auto now = [&](const char* lane, auto part) { recorder.play(lane, part).join(); };
  now("clock", [&] {
    recorder.call("tick()");
    stage.turns(1, [&] { stage.node->tick(); });
  });
  now("proposer", [&] { stage.propose("proposer", "a"); });
  now("application", [&] { stage.takeReady(); });
  now("proposer", [&] { stage.propose("proposer", "b"); });
  now("application", [&] { stage.advance(); });
  now("application", [&] { stage.takeReady(); });
  recorder.print();
}
