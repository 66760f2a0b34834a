// A buffer of one: the first send need not wait, the second must, and the order stays
// theirs.
#include "recorder.hpp"

int main() {
  const auto tickc = csp::Channel<std::string>::make(1, "tickc");
  scenes::Recorder recorder(
      "A buffer of one: the first value, the second, and who moves it",
      {{"sender", "sender"}, {"receiver", "receiver"}});
  recorder.channel(tickc);

  auto sender = recorder.play("sender", [&] {
    for (const char* value : {"x=1", "x=2"}) {
      recorder.call(std::string("send(") + value + ")");
      tickc.send(value);
      recorder.returns();
    }
  });
  csp::waitUntil([&] { return tickc.waitingSenders() == 1; });

  auto receiver = recorder.play("receiver", [&] {
    recorder.call("recv()");
    const auto first = tickc.recv();
    recorder.waitFor("sender", "return", 2);
    recorder.returns(*first);
    recorder.call("recv()");
    const auto second = tickc.recv();
    recorder.returns(*second);
    recorder.call("recv()");
    const auto third = tickc.recv();
    recorder.returns(*third);
  });
  sender.join();
  csp::waitUntil([&] { return tickc.waitingReceivers() == 1; });

  auto late = recorder.play("sender", [&] {
    recorder.call("send(x=3)");
    tickc.send("x=3");
    recorder.waitFor("receiver", "return", 3);
    recorder.returns();
  });
  late.join();
  receiver.join();
  recorder.print();
}
