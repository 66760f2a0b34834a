// What is left: two places, three senders, a close; then a rendezvous with two receivers.
#include <cstdio>
#include <optional>
#include <string>
#include <thread>

#include "csp/channel.hpp"
#include "csp/wait_until.hpp"

using csp::Channel;
using csp::waitUntil;

namespace {

std::string text(const std::optional<int>& value) {
  return value ? std::to_string(*value) : "nothing";
}

void fullThenClosed() {
  const auto channel = Channel<int>::make(2);
  channel.send(1);
  channel.send(2);
  std::printf("two sent: buffered %zu parked %zu\n", channel.size(),
              channel.waitingSenders());

  std::thread third([&] { channel.send(3); });
  waitUntil([&] { return channel.waitingSenders() == 1; });
  std::printf("a third sender came: buffered %zu parked %zu\n", channel.size(),
              channel.waitingSenders());

  const auto first = channel.recv();
  std::printf("took %s: buffered %zu parked %zu\n", text(first).c_str(), channel.size(),
              channel.waitingSenders());
  third.join();

  channel.close();
  std::printf("closed: buffered %zu\n", channel.size());
  for (int i = 0; i < 3; ++i) std::printf("took %s\n", text(channel.recv()).c_str());
}

void twoReceivers() {
  const auto channel = Channel<int>::make();
  std::optional<int> early;
  std::optional<int> late;
  std::thread one([&] { early = channel.recv(); });
  waitUntil([&] { return channel.waitingReceivers() == 1; });
  std::thread two([&] { late = channel.recv(); });
  waitUntil([&] { return channel.waitingReceivers() == 2; });

  channel.send(7);
  channel.close();
  one.join();
  two.join();
  std::printf("the early receiver got %s\n", text(early).c_str());
  std::printf("the late receiver got %s\n", text(late).c_str());
}

}  // namespace

int main() {
  fullThenClosed();
  twoReceivers();
}
