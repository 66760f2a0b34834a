// The life of a Put in a node of one: a client, the loop, and the application that writes
// and applies.
#include "stage.hpp"

int main() {
  scenes::Recorder recorder(
      "The life of a Put: color=blue goes in, is written, and is applied",
      {{"client", "client"}, {"loop", "loop"}, {"application", "application"}});
  scenes::Stage stage(recorder);
  recorder.channel(stage.doors.propc);
  recorder.channel(csp::Channel<base::Error>::make(1, "result"));
  recorder.channel(stage.doors.done);
  recorder.channel(stage.doors.readyc);
  recorder.channel(stage.doors.advancec);
  stage.director().hideSleep("loop");
  stage.startAsLeader();

  auto client = recorder.play("client", [&] {
    stage.propose("client", "color=blue");
    recorder.note("client", "appended, and no more");
  });
  client.join();

  auto application = recorder.play("application", [&] {
    stage.takeReady();
    recorder.note("application", "writes entry 2 to the disk");
    stage.advance();
    recorder.note("loop", "the only voter has written it: committed");
    stage.takeReady();
    recorder.note("application", "applies it: color is blue");
    stage.advance();
  });
  application.join();
  recorder.print();
}
