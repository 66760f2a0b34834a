// One thread waits on three channels. The first hand to come claims it, and no note
// remains.
#include "csp/select.hpp"

#include "recorder.hpp"

int main() {
  using csp::recv;
  const auto propc = csp::Channel<std::string>::make(0, "propc");
  const auto recvc = csp::Channel<std::string>::make(0, "recvc");
  const auto stop = csp::Channel<std::string>::make(0, "stop");
  scenes::Recorder recorder("A select: three notes, one claim",
                            {{"proposer", "proposer"}, {"loop", "loop"}});
  recorder.channel(propc);
  recorder.channel(recvc);
  recorder.channel(stop);
  const auto notes = [&] {
    return propc.waitingReceivers() + recvc.waitingReceivers() + stop.waitingReceivers();
  };
  const auto keep = [](std::string value) { return value; };

  auto loop = recorder.play("loop", [&] {
    recorder.call("select(recv(propc), recv(recvc), recv(stop))");
    const auto value =
        csp::select(recv(propc, keep), recv(recvc, keep), recv(stop, keep));
    RAFT_CHECK(notes() == 0, "a select leaves no note behind");
    recorder.note("loop", "takes back its notes in recvc and stop");
    recorder.returns(value);
  });
  csp::waitUntil([&] { return notes() == 3; });

  auto proposer = recorder.play("proposer", [&] {
    recorder.call("send(propc, x=1)");
    propc.send("x=1");
    recorder.waitFor("loop", "return");
    recorder.returns();
  });
  proposer.join();
  loop.join();
  recorder.print();
}
