// What all searches of the window do with news of their workers. Window thread only.
#pragma once

#include <cstdint>
#include <utility>

namespace lookout::app {

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
