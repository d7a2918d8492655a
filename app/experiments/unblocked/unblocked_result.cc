#include "app/experiments/unblocked/unblocked_result.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "agents/rl/settings/settings.h"
#include "app/experiments/figure_json.h"
#include "app/experiments/study_file.h"
#include "sim/objects/object_kinds.h"

namespace lookout::app {
namespace {

using nlohmann::ordered_json;

constexpr char kWhat[] = "the result of an experiment on unblocked ways";

// Each names its figures once, with what they can be, for writing and for reading.
template <typename Way, typename Visit>
void VisitWay(Way& way, Visit&& visit) {
  visit("true_cost", way.cost, kAtLeastZero);
  visit("true_cost_unmarked", way.cost_unmarked, kAtLeastZero);
  visit("predicted_cost", way.predicted, kAtLeastZero);
  visit("episode_share", way.episode_share, kShare);
  visit("judged", way.judged, kAtLeastZero);
  visit("unsafe", way.unsafe, kAtLeastZero);
}

template <typename Round, typename Visit>
void VisitRound(Round& round, Visit&& visit) {
  visit("round", round.round, kAtLeastZero);
  visit("return", round.total_reward, kAnyNumber);
  visit("true_cost", round.true_cost, kAtLeastZero);
  visit("learned_cost", round.learned_cost, kAtLeastZero.OrUnknown());
  visit("cost_by_kind", round.cost_by_kind, kAtLeastZero);
  visit("iteration_true", round.iteration_true, kAtLeastZero.OrUnknown());
  visit("iteration_learned", round.iteration_learned, kAtLeastZero.OrUnknown());
  visit("answers", round.answers, kAtLeastZero);
}

template <typename Figures, typename VisitAll>
ordered_json FiguresJson(const Figures& figures, const VisitAll& visit_all) {
  ordered_json json;
  visit_all(figures, [&](const char* name, const auto& value, const FigureRange&) {
    json[name] = FigureJson(value);
  });
  return json;
}

std::string ReadWay(const nlohmann::json& json, FoundWay& way) {
  FigureReader reader(json);
  VisitWay(way, reader);
  if (!reader.problem().empty()) return reader.problem();
  for (const auto& [name, into] : {std::pair{"words", &way.words}, {"near", &way.near}}) {
    if (!json.contains(name) || !json[name].is_string()) {
      return fmt::format("it lacks '{}'", name);
    }
    *into = json[name].template get<std::string>();
  }
  return way.unsafe <= way.judged ? "" : "more clips of a way are unsafe than were judged";
}

std::string ReadRound(const nlohmann::json& json, UnblockedRound& round) {
  FigureReader reader(json);
  VisitRound(round, reader);
  reader.Expect(json.contains("ways") && json["ways"].is_array(), "it lacks 'ways'");
  reader.Expect(round.iteration_true.size() == round.iteration_learned.size(),
                "its curves are of different lengths");
  if (!reader.problem().empty()) return reader.problem();
  for (const nlohmann::json& way : json["ways"]) {
    if (const std::string problem = ReadWay(way, round.ways.emplace_back()); !problem.empty()) {
      return problem;
    }
  }
  return {};
}

}  // namespace

std::string UnblockedRound::danger() const {
  const auto most = std::ranges::max_element(cost_by_kind);
  if (*most <= 0.0) return {};
  const auto kind = static_cast<sim::CostKind>(most - cost_by_kind.begin());
  return std::string(sim::SceneObjectKindName(sim::SourceOf(kind)));
}

bool UnblockedRound::named() const {
  const std::string is = danger();
  return !is.empty() && std::ranges::any_of(ways, [&](const FoundWay& way) {
    return way.near == is && way.cost.value > 0.0;
  });
}

ordered_json SettingsJson(const UnblockedStudySettings& settings) {
  ordered_json json = SubjectJson(settings.environment, {}, settings.annotator);
  json["training"] = agents::ExperimentKey(settings.training);
  json["steps"] = settings.training.total_steps;
  AddFields(settings, json);
  return json;
}

ordered_json RoundJson(const UnblockedRound& round) {
  ordered_json json = FiguresJson(
      round, [](const auto& figures, const auto& visit) { VisitRound(figures, visit); });
  json["danger"] = round.danger();
  json["named"] = round.named();
  json["ways"] = ordered_json::array();
  for (const FoundWay& way : round.ways) {
    ordered_json of{{"words", way.words}, {"near", way.near}};
    of.update(
        FiguresJson(way, [](const auto& figures, const auto& visit) { VisitWay(figures, visit); }));
    json["ways"].push_back(std::move(of));
  }
  return json;
}

std::string EncodeSeed(const UnblockedSeed& result, const UnblockedStudySettings& settings) {
  ordered_json json{{"settings", SettingsJson(settings)},
                    {"seed", result.seed},
                    {"rounds", ordered_json::array()}};
  for (const UnblockedRound& round : result.rounds) json["rounds"].push_back(RoundJson(round));
  return json.dump(1) + "\n";
}

Result<UnblockedSeed> DecodeSeed(const std::string& text, const UnblockedStudySettings& settings,
                                 const std::string& file) {
  const auto json = OpenStudyFile(text, SettingsJson(settings), file, kWhat);
  if (!json) return json.error();
  UnblockedSeed result;
  FigureReader reader(*json);
  reader("seed", result.seed, kAtLeastZero);
  const bool has = json->contains("rounds") && (*json)["rounds"].is_array() &&
                   !(*json)["rounds"].empty() &&
                   std::ssize((*json)["rounds"]) <= settings.rounds + 1;
  reader.Expect(has, "it has no rounds, or too many");
  if (!reader.problem().empty()) return DamagedStudyFile(file, reader.problem());
  for (const nlohmann::json& round : (*json)["rounds"]) {
    std::string problem = ReadRound(round, result.rounds.emplace_back());
    if (problem.empty() && result.rounds.back().round + 1 != std::ssize(result.rounds)) {
      problem = "its rounds are out of order";
    }
    if (!problem.empty()) return DamagedStudyFile(file, problem);
  }
  return result;
}

}  // namespace lookout::app
