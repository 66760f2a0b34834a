// One proposal that waits, across the proposer's thread and the loop's. The scene plays
// the loop; the function in the other lane is the real one.
#include "csp/context.hpp"
#include "director.hpp"

int main() {
  const node::Doors doors;
  node::Node node(doors);
  const auto [ctx, cancel] = csp::withCancel(csp::background());
  scenes::Recorder recorder("The front door: a proposal goes in, a verdict comes out",
                            {{"proposer", "proposer"}, {"loop", "loop"}});
  scenes::describeTheNode(recorder);
  scenes::listTheFrontDoor(recorder, doors);
  recorder.channel(ctx.done());
  scenes::Director director(recorder);

  auto proposer = recorder.play("proposer", [&, ctx = ctx] {
    recorder.call("propose(ctx, color=blue)");
    const base::Error said = node.propose(ctx, "color=blue");
    recorder.returns(said ? said.message() : "nil");
  });
  csp::waitUntil([&] { return doors.propc.waitingSenders() == 1; });

  // The loop is awake and the proposer has yet to wake: the verdict is there first.
  director.after({"proposer", scenes::Kind::Woken, "propc"}, [&] {
    return director.count({"loop", scenes::Kind::Buffered, "result"}) == 1;
  });
  auto loop = recorder.play("loop", [&] {
    recorder.call("recv(propc)");
    const node::Proposal taken = *doors.propc.recv();
    recorder.waitFor("proposer", "wake");
    recorder.note("loop", "Raft appends the entry: no refusal");
    taken.result.send({});
    recorder.waitFor("proposer", "return");
    recorder.note("loop", "on to the next message");
  });
  loop.join();
  proposer.join();
  recorder.print();
}
