#include "csp/observe.hpp"

#include <gtest/gtest.h>

#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "csp/channel.hpp"
#include "csp/wait_until.hpp"

namespace {

using csp::Channel;
using csp::Event;

/// Writes down what it is told, one line an event.
class Notebook final : public csp::Observer {
 public:
  Notebook() { csp::observe(this); }
  ~Notebook() override { csp::observe(nullptr); }

  void on(const Event& event) override {
    static constexpr const char* kNames[] = {"parked", "handed", "buffered",
                                             "taken",  "woken",  "closed"};
    std::string line =
        std::string(kNames[static_cast<int>(event.kind)]) + " " + event.lane;
    if (*event.peer != '\0') line += std::string(" to ") + event.peer;
    line += std::string(" on ") + event.channel;
    if (event.value != nullptr && *event.type == typeid(int)) {
      line += " = " + std::to_string(*static_cast<const int*>(event.value));
    }
    const std::lock_guard lock(mutex_);
    lines_.push_back(line);
  }

  const std::vector<std::string>& lines() const { return lines_; }

 private:
  std::mutex mutex_;
  std::vector<std::string> lines_;
};

TEST(Observe, TellsWhoHandedWhatToWhom) {
  const auto channel = Channel<int>::make(0, "propc");
  Notebook notebook;
  std::thread loop([&] {
    csp::nameThread("loop");
    channel.recv();
  });
  csp::nameThread("proposer");
  csp::waitUntil([&] { return channel.waitingReceivers() == 1; });
  channel.send(7);
  loop.join();
  csp::nameThread("");
  EXPECT_EQ(notebook.lines(),
            (std::vector<std::string>{"parked loop on propc",
                                      "handed proposer to loop on propc = 7",
                                      "woken loop on propc"}));
}

TEST(Observe, TellsOfTheBufferAndOfTheClose) {
  const auto channel = Channel<int>::make(1, "result");
  Notebook notebook;
  csp::nameThread("main");
  channel.send(1);
  channel.recv();
  channel.close();
  csp::nameThread("");
  EXPECT_EQ(notebook.lines(), (std::vector<std::string>{"buffered main on result = 1",
                                                        "taken main on result = 1",
                                                        "closed main on result"}));
}

TEST(Observe, IsSilentWhenNobodyListens) {
  const auto channel = Channel<int>::make(1);
  channel.send(1);
  EXPECT_EQ(csp::observer(), nullptr);
  EXPECT_STREQ(csp::threadName(), "");
}

}  // namespace
