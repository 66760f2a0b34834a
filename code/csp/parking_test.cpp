#include "csp/parking.hpp"

#include <gtest/gtest.h>

#include <thread>

namespace {

using csp::Parking;

// Pitfall "check, then wait": a wake between the decision to sleep and the sleep.
TEST(Parking, AWakeThatComesFirstIsNotLost) {
  Parking parking;
  parking.wake();
  parking.wait();
}

// Pitfall "std primitives": one word that goes from 0 to 1 once, and nothing to get lost
// in.
TEST(Parking, WhatTheWakerWroteIsSeenByTheSleeper) {
  for (int round = 0; round < 2000; ++round) {
    Parking parking;
    int value = 0;
    std::jthread waker([&] {
      value = round;
      parking.wake();
    });
    parking.wait();
    EXPECT_EQ(value, round);
  }
}

}  // namespace
