#include "app/workspace/blind_spot_search.h"

#include <utility>

#include "app/attacks/attack_finds.h"

namespace lookout::app {

void BlindSpotSearch::Find(const ui::FindBlindSpots& command,
                           const sim::EnvironmentConfig& environment, agents::CostModelPtr model) {
  Stop();
  shown_.layouts = command.layouts;
  shown_.problem.clear();
  if (model == nullptr) {
    shown_.problem = "There is no cost model of what is on screen yet.";
    return;
  }
  shown_.searching = true;
  links_.find_blind_spots({.number = number_,
                           .environment = environment,
                           .model = std::move(model),
                           .wanted = command});
}

void BlindSpotSearch::Stop() {
  links_.abandon_blind_spots(++number_);
  shown_.searching = false;
  shown_.fraction = 0.0;
}

void BlindSpotSearch::On(BlindSpotsNews news) {
  if (news.number != number_ || !shown_.searching) return;
  shown_.fraction = news.fraction;
  if (news.found == nullptr && news.problem.empty()) return;
  shown_.searching = false;
  shown_.problem = std::move(news.problem);
  if (news.found == nullptr) return;
  shown_.result = std::move(news.found);
  shown_.shown.reset();
  shown_.asked.assign(shown_.result->spots.size(), false);
  recorded_ = std::move(news.recorded);
  numbered_.clear();
}

EpisodeId BlindSpotSearch::Hold(std::size_t spot) {
  if (auto found = recorded_.find(spot); found != recorded_.end()) {
    const EpisodeId id = HoldEpisode(std::move(found->second), links_, episodes_);
    recorded_.erase(found);
    numbered_[spot] = id;
    only_looked_at_.insert(id);
    shown_.episodes.push_back(id);
  }
  return numbered_.at(spot);
}

std::optional<ui::Seek> BlindSpotSearch::Show(const ui::ShowBlindSpot& command) {
  if (!recorded_.contains(command.spot) && !numbered_.contains(command.spot)) return std::nullopt;
  shown_.shown = command.spot;
  return ui::Seek{Hold(command.spot), kJudgedStep};
}

int BlindSpotSearch::KeepAll() {
  while (!recorded_.empty()) Hold(recorded_.begin()->first);
  for (const auto& [spot, episode] : numbered_) {
    if (only_looked_at_.erase(episode) > 0) links_.record(episode);
    shown_.asked[spot] = true;
  }
  return static_cast<int>(numbered_.size());
}

std::vector<agents::Query> QueriesAboutAttacks(const std::vector<ui::EpisodeSummary>& rows,
                                               const BlindSpotSearch& search) {
  std::vector<agents::Query> queries;
  for (const ui::EpisodeSummary& row : rows) {
    if (row.agent != kAttackAgent || row.steps == 0 || search.IsOnlyLookedAt(row.id)) continue;
    queries.push_back({.reason = agents::QueryReason::kAttack,
                       .first = {row.id, kJudgedStep, kJudgedStep},
                       .second = {},
                       .why =
                           "A search for moments in which the cost model is wrong found this one "
                           "step."});
  }
  return queries;
}

}  // namespace lookout::app
