// Who listens, and how threads are called. Tested by csp/observe_test.cpp.
#include "csp/observe.hpp"

namespace csp {

void observe(Observer* observer) {
  theObserver.store(observer, std::memory_order_release);
}

void nameThread(const char* name) {
  nameOfThisThread = name;
}

}  // namespace csp
