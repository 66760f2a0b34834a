// A family of contexts. What does it print?
#include <chrono>
#include <iostream>
#include <string>

#include "csp/context.hpp"

using namespace std::chrono_literals;
using csp::Context;

namespace {

std::string reason(const Context& context) {
  return context.err() ? context.err().message() : "nil";
}

}  // namespace

int main() {
  const auto [server, stopServer] = csp::withCancel(csp::background());
  const auto [office, closeOffice] = csp::withTimeout(server, 1h);
  const auto [courier, sendHome] = csp::withTimeout(office, 2h);
  const auto [clerk, fire] = csp::withDeadline(office, csp::Clock::now() - 1s);

  std::cout << "1 clerk: " << reason(clerk) << "\n";
  std::cout << "2 children of the office: " << office.childCount() << "\n";
  std::cout << "3 pending timers: " << csp::pendingTimers() << "\n";

  fire();
  std::cout << "4 clerk: " << reason(clerk) << "\n";

  closeOffice();
  std::cout << "5 courier: " << reason(courier) << "\n";
  std::cout << "6 server: " << reason(server) << "\n";
  std::cout << "7 children of the server: " << server.childCount() << "\n";
  std::cout << "8 pending timers: " << csp::pendingTimers() << "\n";

  const auto [late, tooLate] = csp::withCancel(office);
  std::cout << "9 late: " << reason(late) << "\n";

  stopServer();
  sendHome();
  std::cout << "10 background: " << reason(csp::background()) << "\n";
  return 0;
}
