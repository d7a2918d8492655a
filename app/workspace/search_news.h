// What all searches of the window do with news of their workers. Window thread only.
#pragma once

#include <chrono>
#include <cstdint>
#include <utility>

namespace lookout::app {

// How long a search takes.
class SearchClock {
 public:
  void Begin() { began_ = std::chrono::steady_clock::now(); }
  double spent_s() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - began_).count();
  }
  // Of a search that has come that far, as fast as so far, seconds; 0: not known yet.
  double LeftAt(double fraction) const {
    return fraction < kLeastKnown ? 0.0 : spent_s() * (1.0 - fraction) / fraction;
  }

 private:
  static constexpr double kLeastKnown = 0.05;

  std::chrono::steady_clock::time_point began_;
};

// Takes news of the search with that number into what is on screen; other news is of one that was
// abandoned. True: there is a new result, of which nothing is shown yet; the finds and what else
// belongs to them are the caller's to take.
template <typename News, typename OnScreen>
bool TakeNews(News& news, std::int64_t number, OnScreen& shown) {
  if (news.number != number || !shown.searching) return false;
  shown.fraction = news.fraction;
  if (news.found == nullptr && news.problem.empty()) return false;
  shown.searching = false;
  shown.problem = std::move(news.problem);
  if (news.found == nullptr) return false;
  shown.result = std::move(news.found);
  shown.shown.reset();
  return true;
}

}  // namespace lookout::app
