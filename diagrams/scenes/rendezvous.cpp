// A send finds nobody and parks. The receiver that comes takes the value out of its
// hands.
#include "recorder.hpp"

int main() {
  const auto propc = csp::Channel<std::string>::make(0, "propc");
  scenes::Recorder recorder("A rendezvous: the sender comes first",
                            {{"sender", "sender"}, {"receiver", "receiver"}});
  recorder.channel(propc);

  auto sender = recorder.play("sender", [&] {
    recorder.call("send(x=1)");
    propc.send("x=1");
    recorder.returns();
  });
  csp::waitUntil([&] { return propc.waitingSenders() == 1; });

  auto receiver = recorder.play("receiver", [&] {
    recorder.call("recv()");
    const auto value = propc.recv();
    recorder.waitFor("sender", "return");
    recorder.returns(*value);
  });
  sender.join();
  receiver.join();
  recorder.print();
}
