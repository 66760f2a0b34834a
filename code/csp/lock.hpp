#pragma once
#include <mutex>
namespace csp {
using Lock = std::mutex;
}
