// A proposer waits for a loop that takes nothing, until its client hangs up.
#include "csp/context.hpp"
#include "csp/select.hpp"
#include "recorder.hpp"

int main() {
  using csp::recv;
  using csp::send;
  const auto propc = csp::Channel<std::string>::make(0, "propc");
  const auto [context, cancel] = csp::withCancel(csp::background());
  const auto done = context.done();
  scenes::Recorder recorder(
      "Giving up: the client hangs up, the proposer leaves, nothing stays behind",
      {{"client", "client"}, {"proposer", "proposer"}, {"loop", "loop"}});
  recorder.channel(propc);
  recorder.channel(done);

  auto proposer = recorder.play("proposer", [&, context = context] {
    recorder.call("select(send(propc, x=1), recv(ctx.done()))");
    const auto error =
        csp::select(send(propc, "x=1", [] { return csp::Error(); }),
                    recv(context.done(), [&context] { return context.err(); }));
    recorder.returns(error.message());
  });
  csp::waitUntil([&] { return propc.waitingSenders() + done.waitingReceivers() == 2; });

  auto client = recorder.play("client", [&, cancel = cancel] {
    recorder.call("cancel()");
    cancel();
    recorder.waitFor("proposer", "return");
    recorder.returns();
  });
  client.join();
  proposer.join();
  RAFT_CHECK(propc.waitingSenders() == 0, "whoever gives up leaves no note");

  auto loop = recorder.play("loop", [&] {
    recorder.call("select(recv(propc), otherwise)");
    recorder.returns(
        csp::select(recv(propc, [](std::string value) { return value; }),
                    csp::otherwise([] { return std::string("nobody is there"); })));
  });
  loop.join();
  recorder.print();
}
