// A proposer gives up when its proposal is already in the loop's hands. The loop answers
// into the buffer, and is there for the next one.
#include "csp/context.hpp"
#include "director.hpp"

int main() {
  const node::Doors doors;
  node::Node node(doors);
  const auto [ctx, cancel] = csp::withCancel(csp::background());
  scenes::Recorder recorder(
      "Walking away: nobody waits for the verdict any more",
      {{"client", "client"}, {"proposer", "proposer"}, {"loop", "loop"}});
  scenes::describeTheNode(recorder);
  scenes::listTheFrontDoor(recorder, doors);
  recorder.channel(ctx.done());
  scenes::Director director(recorder);

  auto proposer = recorder.play("proposer", [&, ctx = ctx] {
    recorder.call("propose(ctx, color=blue)");
    recorder.returns(node.propose(ctx, "color=blue").message());

    recorder.waitFor("loop", "buffer");
    recorder.call("propose(ctx, color=red)");
    const base::Error said = node.propose(csp::background(), "color=red");
    recorder.returns(said ? said.message() : "nil");
  });
  csp::waitUntil([&] { return doors.propc.waitingSenders() == 1; });

  node::Proposal taken;
  auto takes = recorder.play("loop", [&] {
    recorder.call("recv(propc)");
    taken = *doors.propc.recv();
  });
  takes.join();
  csp::waitUntil([&] { return taken.result.waitingReceivers() == 1; });

  auto client = recorder.play("client", [&, cancel = cancel] {
    recorder.call("cancel()");
    cancel();
    recorder.waitFor("proposer", "return");
    recorder.returns();
  });
  client.join();

  director.after({"proposer", scenes::Kind::Woken, "propc"}, [&] {
    return director.count({"loop", scenes::Kind::Buffered, "result"}) == 2;
  });
  auto answers = recorder.play("loop", [&] {
    recorder.note("loop", "Raft appends the entry: no refusal");
    taken.result.send({});
    csp::waitUntil([&] { return doors.propc.waitingSenders() == 1; });
    recorder.call("recv(propc)");
    const node::Proposal next = *doors.propc.recv();
    recorder.waitFor("proposer", "wake", 3);
    next.result.send({});
  });
  answers.join();
  proposer.join();
  recorder.print();
}
