// Two hands reach for one sleeper. The second finds a note that is claimed already, and
// waits.
#include "csp/select.hpp"
#include "recorder.hpp"

int main() {
  using csp::recv;
  const auto propc = csp::Channel<std::string>::make(0, "propc");
  const auto recvc = csp::Channel<std::string>::make(0, "recvc");
  scenes::Recorder recorder(
      "Two hands, one sleeper",
      {{"proposer", "proposer"}, {"loop", "loop"}, {"peer", "network peer"}});
  recorder.channel(propc);
  recorder.channel(recvc);
  const auto keep = [](std::string value) { return value; };
  const auto selectOnce = [&] {
    recorder.call("select(recv(propc), recv(recvc))");
    return csp::select(recv(propc, keep), recv(recvc, keep));
  };

  auto loop = recorder.play("loop", [&] {
    const auto first = selectOnce();
    recorder.returns(first);
    recorder.waitFor("proposer", "return");
    const auto second = selectOnce();
    recorder.waitFor("peer", "return");
    recorder.returns(second);
  });
  csp::waitUntil(
      [&] { return propc.waitingReceivers() + recvc.waitingReceivers() == 2; });

  // The proposer claims the loop. Before the loop opens its eyes, a message comes to the
  // other door.
  recorder.holdHandOff("propc", [&] {
    if (recvc.waitingSenders() == 0) return false;
    RAFT_CHECK(recvc.waitingReceivers() == 0, "a stale note is thrown away");
    recorder.note("peer", "the loop's note in recvc was claimed already: thrown away");
    return true;
  });
  auto proposer = recorder.play("proposer", [&] {
    recorder.call("send(propc, x=1)");
    propc.send("x=1");
    recorder.waitFor("loop", "return");
    recorder.returns();
  });
  recorder.waitFor("proposer", "handoff");

  auto peer = recorder.play("peer", [&] {
    recorder.call("send(recvc, MsgApp)");
    recvc.send("MsgApp");
    recorder.returns();
  });
  proposer.join();
  loop.join();
  peer.join();
  recorder.print();
}
