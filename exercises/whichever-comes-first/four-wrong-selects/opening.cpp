// Four wrong selects: one test for each sentence that one of them breaks.
#include <gtest/gtest.h>

#include <thread>

#include "csp/channel.hpp"
#include "csp/select.hpp"
#include "csp/wait_until.hpp"

namespace {

using csp::Channel;
using csp::otherwise;
