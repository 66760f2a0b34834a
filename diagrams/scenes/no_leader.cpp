// A proposal comes before there is a leader. The loop waits at every door but that one.
#include "stage.hpp"

int main() {
  scenes::Recorder recorder(
      "No leader: the proposal waits at a door that the loop does not look at",
      {{"proposer", "proposer"}, {"loop", "loop"}, {"application", "application"}});
  scenes::Stage stage(recorder);
  stage.listAllDoors();
  stage.start([&](raft::Level, const std::string& line) {
    // The lines that say who leads; the core says more.
    for (const char* told : {"became candidate", "became leader", "raft.node: "}) {
      if (line.find(told) != std::string::npos) recorder.note("loop", line);
    }
  });

  auto proposer = recorder.play("proposer", [&] {
    recorder.call("propose(color=blue)");
    const base::Error said = stage.node->propose(csp::background(), "color=blue");
    recorder.returns(said ? said.message() : "nil");
  });
  csp::waitUntil([&] { return stage.doors.propc.waitingSenders() == 1; });

  // The proposer is slow to wake: its verdict is there when it comes.
  auto& director = stage.director();
  const auto verdicts = [&] {
    return director.count({"loop", scenes::Kind::Buffered, "result"});
  };
  director.before({"loop", scenes::Kind::Buffered, "result"}, [&] {
    return director.count({"proposer", scenes::Kind::Woken, "propc"}) == 1;
  });
  director.after({"proposer", scenes::Kind::Woken, "propc"},
                 [&] { return verdicts() == 1; });
  director.before({"proposer", scenes::Kind::Taken, "result"},
                  [&] { return stage.hasSettled(4); });

  auto application = recorder.play("application", [&] {
    recorder.call("campaign()");
    stage.turns(1, [&] { std::ignore = stage.node->campaign(csp::background()); });
    stage.takeReady();
    recorder.note("application", "writes term 1 and the vote");
    stage.advance();
    recorder.waitFor("proposer", "return");
  });
  application.join();
  proposer.join();
  recorder.print();
}
