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
  shown_.seconds_left = 0.0;
  clock_.Begin();
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
  const bool is_new = TakeNews(news, number_, shown_);
  shown_.seconds_left = clock_.LeftAt(shown_.fraction);
  if (!is_new) return;
  shown_.asked.assign(shown_.result->spots.size(), false);
  found_.Adopt(std::move(news.recorded));
}

std::optional<ui::Seek> BlindSpotSearch::Show(const ui::ShowBlindSpot& command) {
  if (!found_.Has(command.spot)) return std::nullopt;
  shown_.shown = command.spot;
  const EpisodeId episode = found_.Hold(command.spot);
  shown_.episodes = found_.held();
  return ui::Seek{episode, kJudgedStep};
}

int BlindSpotSearch::KeepAll() {
  const auto& kept = found_.KeepAll();
  for (const auto& [spot, episode] : kept) shown_.asked[spot] = true;
  shown_.episodes = found_.held();
  return static_cast<int>(kept.size());
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
