// Four producers and four consumers on three channels, selects against selects.
//
// Every value must arrive once. What one producer sends through one channel must reach
// each consumer in order. Capacities 0, 1 and 3; every third select also has a case that
// is off.
#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <future>
#include <map>
#include <memory>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "csp/select.hpp"

namespace {

using csp::Channel;
using csp::otherwise;
using csp::recv;
using csp::select;
using csp::send;

constexpr int kProducers = 4;
constexpr int kConsumers = 4;
constexpr int kEach = 2000;

struct Item {
  int producer;
  int number;
};

using Channels = std::array<Channel<Item>, 3>;

/// Offers each value to all three channels at once; the caller counts where it went.
void produce(const Channels& channels, int producer,
             std::array<std::atomic<int>, 3>& sent) {
  const Channel<Item> nil;
  for (int number = 0; number < kEach; ++number) {
    const Item item{producer, number};
    const auto& third = number % 3 == 0 ? nil : channels[2];
    ++sent[select(send(channels[0], item, [] { return 0U; }),
                  send(channels[1], item, [] { return 1U; }),
                  send(third, item, [] { return 2U; }))];
  }
}

/// What one consumer saw: channel and item, in its own order.
using Seen = std::vector<std::pair<int, Item>>;

/// Takes from all three until each is closed and drained.
Seen consume(Channels channels) {
  Seen seen;
  const auto into = [&](std::size_t from) {
    return [&, from](std::optional<Item> item) {
      if (item) {
        seen.emplace_back(static_cast<int>(from), *item);
      } else {
        channels[from] = nullptr;
      }
    };
  };
  while (channels[0] || channels[1] || channels[2]) {
    select(recv(channels[0], into(0)), recv(channels[1], into(1)),
           recv(channels[2], into(2)));
  }
  return seen;
}

void expectInOrder(const Seen& seen) {
  std::map<std::pair<int, int>, int> last;  // by channel and producer
  for (const auto& [channel, item] : seen) {
    const auto [place, isNew] = last.try_emplace({channel, item.producer}, -1);
    ASSERT_LT(place->second, item.number);
    place->second = item.number;
  }
}

// INV-SELECT-1
TEST(SelectStress, EveryValueOnceAndInOrder) {
  for (const std::size_t capacity : {0U, 1U, 3U}) {
    Channels channels;
    for (auto& channel : channels) channel = Channel<Item>::make(capacity);
    std::array<std::atomic<int>, 3> sent{};
    std::array<Seen, kConsumers> seen;

    std::vector<std::jthread> consumers;
    for (auto& mine : seen) {
      consumers.emplace_back([&] { mine = consume(channels); });
    }
    std::vector<std::jthread> producers;
    for (int producer = 0; producer < kProducers; ++producer) {
      producers.emplace_back([&, producer] { produce(channels, producer, sent); });
    }
    producers.clear();
    for (const auto& channel : channels) channel.close();
    consumers.clear();

    std::map<std::pair<int, int>, int> times;
    for (const auto& mine : seen) {
      expectInOrder(mine);
      for (const auto& [channel, item] : mine) ++times[{item.producer, item.number}];
    }
    ASSERT_EQ(times.size(), static_cast<std::size_t>(kProducers * kEach));
    for (const auto& [item, count] : times) ASSERT_EQ(count, 1);
    for (const auto& count : sent) EXPECT_GT(count, 0);
  }
}

using Six = std::array<Channel<int>, 6>;

/// Selects over six channels again and again, on a thread that nobody joins: if it waits
/// for ever, the test goes on.
std::future<void> selectAgainAndAgain(const Six& six,
                                      std::shared_ptr<std::atomic<bool>> over) {
  std::packaged_task<void()> selecting([six, over] {
    const auto nothing = [] {};
    while (!*over) {
      select(recv(six[0], nothing), recv(six[1], nothing), recv(six[2], nothing),
             recv(six[3], nothing), recv(six[4], nothing), recv(six[5], nothing),
             otherwise(nothing));
    }
  });
  auto returned = selecting.get_future();
  std::thread(std::move(selecting)).detach();
  return returned;
}

// INV-SELECT-4
TEST(SelectStress, SelectsThatNameTheirChannelsInOppositeOrdersDoNotDeadlock) {
  Six six;
  for (auto& channel : six) channel = Channel<int>::make();
  const Six xis{six[5], six[4], six[3], six[2], six[1], six[0]};
  const auto over = std::make_shared<std::atomic<bool>>(false);
  const auto one = selectAgainAndAgain(six, over);
  const auto other = selectAgainAndAgain(xis, over);
  std::this_thread::sleep_for(std::chrono::milliseconds(200));
  *over = true;
  const auto patience = std::chrono::steady_clock::now() + std::chrono::seconds(5);
  EXPECT_EQ(one.wait_until(patience), std::future_status::ready);
  EXPECT_EQ(other.wait_until(patience), std::future_status::ready);
}

// Pitfall "timeout races completion": a value and a cancellation come at the same time.
// If the send case ran, the value is there; if the other ran, it is not. INV-SELECT-1
TEST(SelectStress, GivingUpAndHandingOverNeverBothHappen) {
  int sentCount = 0;
  for (int round = 0; round < 1000; ++round) {
    const auto channel = Channel<int>::make();
    const auto cancel = Channel<int>::make();
    std::optional<int> received;
    bool sent = false;
    {
      std::jthread sender([&] {
        sent = select(send(channel, round, [] { return true; }),
                      recv(cancel, [] { return false; }));
        if (!sent) channel.close();
      });
      std::jthread canceller([&] { cancel.close(); });
      received = channel.recv();
    }
    ASSERT_EQ(sent, received.has_value());
    sentCount += sent ? 1 : 0;
  }
  RecordProperty("sent", sentCount);
}

}  // namespace
