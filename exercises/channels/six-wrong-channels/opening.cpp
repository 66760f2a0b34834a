// Six wrong channels: one test per promise.
#include <gtest/gtest.h>

#include <atomic>
#include <optional>
#include <thread>
#include <vector>

#include "csp/channel.hpp"
#include "csp/wait_until.hpp"

namespace {

using csp::Channel;
using csp::waitUntil;
