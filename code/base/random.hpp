// Random: small, fast numbers that look random, the same on every machine.
//
// The generator is splitmix64: a counter that takes big odd steps, and a mixer that hides
// it. A seed gives the same numbers with every compiler and library, which the standard
// library's distributions do not promise. For choosing and shuffling; not for secrets.
//
// Tested by base/random_test.cpp.
#pragma once

#include <cstdint>

namespace base {

/// A sequence of numbers that its seed decides. Not for several threads at once.
class Random {
 public:
  explicit constexpr Random(std::uint64_t seed) : state_(seed) {}

  /// The next number, any of the 2^64.
  constexpr std::uint64_t next() {
    std::uint64_t mixed = (state_ += 0x9e3779b97f4a7c15U);
    mixed = (mixed ^ (mixed >> 30U)) * 0xbf58476d1ce4e5b9U;
    mixed = (mixed ^ (mixed >> 27U)) * 0x94d049bb133111ebU;
    return mixed ^ (mixed >> 31U);
  }

  /// A number from 0 to limit - 1; 0 if the limit is 0. No number is preferred by more
  /// than one part in 2^32 / limit.
  constexpr std::uint32_t below(std::uint32_t limit) {
    return static_cast<std::uint32_t>(((next() >> 32U) * limit) >> 32U);
  }

 private:
  std::uint64_t state_;
};

}  // namespace base
