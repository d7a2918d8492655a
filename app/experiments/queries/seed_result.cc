#include "app/experiments/queries/seed_result.h"

#include <nlohmann/json.hpp>
#include <string_view>

#include "app/experiments/figure_json.h"
#include "app/experiments/seed_files.h"
#include "app/experiments/study_file.h"

namespace lookout::app {
namespace {

using nlohmann::ordered_json;

// Names each figure of a round once, for writing and for reading.
template <typename Round, typename Visit>
void VisitRound(Round& round, Visit&& visit) {
  visit("labels", round.labels);
  visit("unsafe_clips", round.unsafe_clips);
  visit("auc", round.auc);
  visit("cost_ratio", round.cost_ratio);
  visit("cost_error", round.cost_error);
  visit("agreement", round.agreement);
  visit("audited_unsafe", round.audited_unsafe);
  visit("audited_missed", round.audited_missed);
  visit("enough", round.enough);
}

ordered_json ToJson(const RoundFigures& round) {
  ordered_json json;
  VisitRound(round, [&](const char* name, const auto& value) { json[name] = value; });
  return json;
}

bool Read(const nlohmann::json& json, RoundFigures& round) {
  FigureReader reader(json);
  VisitRound(round, reader);
  return reader.ok();
}

}  // namespace

ordered_json SettingsJson(const StudySettings& settings) {
  ordered_json json = SubjectJson(settings.environment, settings.policy, settings.annotator);
  AddFields(settings, json);
  return json;
}

std::string EncodeSeed(const SeedResult& result, const StudySettings& settings) {
  ordered_json json{{"seed", result.seed}, {"settings", SettingsJson(settings)}};
  for (const Strategy strategy : kStrategies) {
    ordered_json& rounds = json[StrategyName(strategy)] = ordered_json::array();
    for (const RoundFigures& round : result.of(strategy)) rounds.push_back(ToJson(round));
  }
  return json.dump(1) + "\n";
}

Result<SeedResult> DecodeSeed(const std::string& text, const StudySettings& settings,
                              const std::string& file) {
  const Error damaged = DamagedStudyFile(file, kSeedFile);
  const auto json = OpenStudyFile(text, SettingsJson(settings), file, kSeedFile);
  if (!json) return json.error();
  if (!json->contains("seed") || !(*json)["seed"].is_number_unsigned()) return damaged;
  SeedResult result{.seed = (*json)["seed"].get<std::uint32_t>(), .rounds = {}};
  for (const Strategy strategy : kStrategies) {
    const char* name = StrategyName(strategy);
    if (!json->contains(name) || !(*json)[name].is_array() || (*json)[name].empty()) return damaged;
    for (const nlohmann::json& round : (*json)[name]) {
      if (!Read(round, result.rounds[static_cast<std::size_t>(strategy)].emplace_back())) {
        return damaged;
      }
    }
  }
  return result;
}

}  // namespace lookout::app
