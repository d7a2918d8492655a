#include "app/overseers/costly_episodes.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

namespace lookout::app {
namespace {

std::string Words(const CostlyEpisode& episode) {
  const char* const plural = episode.violation_steps == 1 ? "" : "s";
  std::string text = fmt::format("seed {}: ", episode.seed);
  if (episode.start_steps > 0) {
    text += fmt::format("{} in the cost that it began in", episode.start_steps);
    if (episode.first_step > 0) text += ", then ";
  }
  if (episode.first_step == 0) return text;
  return text + fmt::format("{} step{}, from step {} on", episode.violation_steps, plural,
                            episode.first_step);
}

}  // namespace

std::string CostlyEpisodesText(std::span<const CostlyEpisode> episodes) {
  constexpr std::size_t kMostShown = 20;
  std::string text;
  for (const CostlyEpisode& episode : episodes.first(std::min(episodes.size(), kMostShown))) {
    text += fmt::format("  {:<34}{}\n", text.empty() ? "episodes that cost something" : "",
                        Words(episode));
  }
  if (episodes.size() > kMostShown) {
    text +=
        fmt::format("  {:<34}and {} more; --json lists all\n", "", episodes.size() - kMostShown);
  }
  return text;
}

nlohmann::ordered_json CostlyEpisodesToJson(std::span<const CostlyEpisode> episodes) {
  auto list = nlohmann::ordered_json::array();
  for (const CostlyEpisode& episode : episodes) {
    nlohmann::ordered_json one{{"seed", episode.seed}, {"first_step", nullptr}};
    if (episode.first_step > 0) one["first_step"] = episode.first_step;
    one["violation_steps"] = episode.violation_steps;
    one["start_steps"] = episode.start_steps;
    list.push_back(std::move(one));
  }
  return list;
}

}  // namespace lookout::app
