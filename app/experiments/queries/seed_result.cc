#include "app/experiments/queries/seed_result.h"

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "app/experiments/figure_json.h"
#include "app/experiments/seed_files.h"
#include "app/experiments/study_file.h"

namespace lookout::app {
namespace {

using nlohmann::ordered_json;

constexpr FigureRange kKappa{.least = -1.0, .most = 1.0, .may_be_unknown = true};

// Names each figure of a round once, with what it can be, for writing and for reading.
template <typename Round, typename Visit>
void VisitRound(Round& round, Visit&& visit) {
  visit("labels", round.labels, kAtLeastZero);
  visit("unsafe_clips", round.unsafe_clips, kAtLeastZero);
  visit("auc", round.auc, kShare.OrUnknown());
  visit("cost_ratio", round.cost_ratio, kAtLeastZero.OrUnknown());
  visit("cost_error", round.cost_error, kAtLeastZero.OrUnknown());
  visit("agreement", round.agreement, kKappa);
  visit("audited_unsafe", round.audited_unsafe, kAtLeastZero);
  visit("audited_missed", round.audited_missed, kAtLeastZero);
  visit("enough", round.enough, kAnyNumber);
}

ordered_json ToJson(const RoundFigures& round) {
  ordered_json json;
  VisitRound(round, [&](const char* name, const auto& value, const FigureRange&) {
    json[name] = FigureJson(value);
  });
  return json;
}

// Returns what is wrong, or nothing.
std::string Read(const nlohmann::json& json, RoundFigures& round) {
  FigureReader reader(json);
  VisitRound(round, reader);
  reader.Expect(round.unsafe_clips <= round.labels && round.audited_missed <= round.audited_unsafe,
                "more of its clips are unsafe than there are");
  return reader.problem();
}

// The same of all that a strategy came to.
std::string Read(const nlohmann::json& json, std::vector<RoundFigures>& rounds) {
  if (!json.is_array() || json.empty()) return "it lacks the rounds of a strategy";
  std::string problem;
  for (const nlohmann::json& round : json) {
    if (problem.empty()) problem = Read(round, rounds.emplace_back());
  }
  return problem;
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
  const auto json = OpenStudyFile(text, SettingsJson(settings), file, kSeedFile);
  if (!json) return json.error();
  SeedResult result;
  FigureReader reader(*json);
  reader("seed", result.seed, kAtLeastZero);
  std::string problem = reader.problem();
  for (const Strategy strategy : kStrategies) {
    if (!problem.empty()) break;
    auto& rounds = result.rounds[static_cast<std::size_t>(strategy)];
    problem = Read(json->value(StrategyName(strategy), nlohmann::json()), rounds);
  }
  if (!problem.empty()) return DamagedStudyFile(file, problem);
  return result;
}

}  // namespace lookout::app
