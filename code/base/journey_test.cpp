// How often is a proposal of one megabyte copied on its way through three nodes?
//
// The way is the one that Part II builds: into the leader's log; out of it to the disk,
// to two followers and to the application; and the same at each follower. Every stop
// copies the payload as C++ copies a value. What a copy costs depends on the type, and
// each allocation as large as the payload is counted here.
#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <new>
#include <string>
#include <vector>

#include "base/bytes.hpp"

namespace {

constexpr std::size_t kPayload = 1 << 20;
std::atomic<int> copies{0};

void* allocate(std::size_t size) {
  if (size >= kPayload) ++copies;
  void* memory = std::malloc(size);
  if (memory == nullptr) throw std::bad_alloc();
  return memory;
}

}  // namespace

void* operator new(std::size_t size) {
  return allocate(size);
}
void* operator new[](std::size_t size) {
  return allocate(size);
}
void operator delete(void* memory) noexcept {
  std::free(memory);
}
void operator delete[](void* memory) noexcept {
  std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
  std::free(memory);
}
void operator delete[](void* memory, std::size_t) noexcept {
  std::free(memory);
}

namespace {

// What one node does with an entry: it keeps it in its log, has it written, keeps what
// was written, and has it applied.
template <typename Payload>
void node(const Payload& arrived) {
  const Payload log = arrived;
  const Payload toBeWritten = log;
  const Payload storage = toBeWritten;
  const Payload toBeApplied = storage;
  ASSERT_EQ(toBeApplied.size(), kPayload);
}

// Across a wire there are no shared bytes: one copy into the message's, one out of them.
template <typename Payload>
void follower(const Payload& message) {
  const std::string wire(std::string_view(message).data(), message.size());
  node(Payload(std::string_view(wire)));
}

template <typename Payload>
int copiesOnTheWay() {
  const std::string clients(kPayload, 'x');
  copies = 0;
  const Payload proposal(clients);
  node(proposal);
  for (int i = 0; i < 2; ++i) {
    const Payload message = proposal;
    follower(message);
  }
  return copies;
}

// INV-MESSAGES-4
TEST(Journey, AProposalIsCopiedOnceANodeAndOnceAWire) {
  EXPECT_EQ(copiesOnTheWay<base::Bytes>(), 1 + 2 + 2);
}

TEST(Journey, StringsWouldBeCopiedAtEveryStop) {
  EXPECT_EQ(copiesOnTheWay<std::string>(), 1 + 4 + 2 * (1 + 1 + 1 + 4));
}

}  // namespace
