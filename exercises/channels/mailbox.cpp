// A box for one letter, built from a mutex and a condition variable, as one would write
// it on the first day. The chapter begins with it. It loses no letter, and still leaves a
// sender waiting for ever whose letter has been taken. From the top folder of the book:
//
//   g++ -std=c++20 -pthread exercises/channels/mailbox.cpp -o build/mailbox
//   build/mailbox
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <future>
#include <mutex>
#include <optional>
#include <string>

class Mailbox {
 public:
  // Puts a letter into the box and waits until somebody has taken it.
  void put(std::string letter) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return !letter_; });
    letter_ = std::move(letter);
    changed_.notify_all();
    changed_.wait(lock, [this] { return !letter_; });
  }

  // Waits for a letter and takes it out.
  std::string take() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return letter_.has_value(); });
    std::string letter = std::move(*letter_);
    letter_.reset();
    changed_.notify_all();
    return letter;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::optional<std::string> letter_;
};

// One sender, and a relay that takes the letter and puts an answer into the same box.
// Returns whether the sender was still waiting long after its letter had been taken.
bool leftWaiting() {
  using namespace std::chrono_literals;
  Mailbox box;
  std::promise<void> taken;
  auto sender = std::async(std::launch::async, [&] { box.put("x=1"); });
  auto relay = std::async(std::launch::async, [&] {
    const std::string letter = box.take();
    taken.set_value();
    box.put(letter + " is done");
  });

  taken.get_future().wait();
  const bool waits = sender.wait_for(200ms) == std::future_status::timeout;
  box.take();  // the answer; only now can both of them come home
  return waits;
}

int main() {
  for (int round = 0; round < 1000; ++round) {
    if (!leftWaiting()) continue;
    std::puts(
        "x=1 was taken; 200 ms later its sender still waits for somebody to take it");
    return 0;
  }
  std::puts("luck: in 1000 rounds the sender always woke before the relay came back");
}
