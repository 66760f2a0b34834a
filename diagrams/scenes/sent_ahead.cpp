// Three entries are sent without waiting, and the first of them is lost.
#include "two_nodes.hpp"

int main() {
  scenes::TwoNodes scene("Sent ahead, and the first is lost", {1}, {1}, 2);
  scenes::Strips& play = scene.play;
  // The logs are known to be equal when the picture begins.
  for (auto m : scene.sent) {
    for (auto answer : scene.tellFollower(m)) scene.tellLeader(answer);
  }
  scene.logs();
  scene.progress();

  std::vector<std::pair<scenes::Strips::Letter, scenes::Message>> underWay;
  for (const char* data : {"a", "b", "c"}) {
    for (const scenes::Message& m : scene.propose(data)) {
      underWay.emplace_back(play.post("1", "2", scenes::words(m)), m);
      if (underWay.size() == 1) play.lose("1", underWay[0].first);
    }
  }
  scene.progress();

  std::vector<scenes::Message> answers;
  for (std::size_t nth = 1; nth < underWay.size(); ++nth) {
    play.arrive(underWay[nth].first);
    for (const scenes::Message& m : scene.tellFollower(underWay[nth].second)) {
      answers.push_back(m);
    }
  }
  // Both are refused. The first refusal is answered; the second is an old one by then.
  std::vector<scenes::Message> again;
  for (const scenes::Message& m : answers) {
    play.send("2", "1", scenes::words(m));
    const auto more = scene.tellLeader(m);
    scene.progress();
    again.insert(again.end(), more.begin(), more.end());
  }
  scene.converse(again);
  scene.progress();
  play.print();
}
