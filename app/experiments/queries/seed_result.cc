#include "app/experiments/queries/seed_result.h"

#include <filesystem>
#include <limits>
#include <nlohmann/json.hpp>
#include <string_view>

#include "sim/config/config_file.h"
#include "sim/config/json_text.h"

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

// False if something is missing or of another type. A number that is not finite stands as null.
bool Read(const nlohmann::json& json, RoundFigures& round) {
  bool read = json.is_object();
  VisitRound(round, [&]<typename Value>(const char* name, Value& value) {
    if (!read || !json.contains(name)) {
      read = false;
    } else if (std::is_same_v<Value, double> && json[name].is_null()) {
      value = static_cast<Value>(std::numeric_limits<double>::quiet_NaN());
    } else if (std::is_same_v<Value, bool> ? json[name].is_boolean() : json[name].is_number()) {
      value = json[name].template get<Value>();
    } else {
      read = false;
    }
  });
  return read;
}

}  // namespace

ordered_json SettingsJson(const StudySettings& settings) {
  ordered_json json{
      {"environment", settings.environment.id},
      {"configuration", sim::ParseJsonText(sim::ConfigText(settings.environment)).value},
      {"policy", std::filesystem::path(settings.policy).filename().string()},
      {"annotator", settings.annotator}};
  VisitFields(settings, [&](const Field<StudySettings>& field, const auto& value) {
    json[std::string(field.name)] = value;
  });
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
  const Error damaged = BadInput(file + " is not the result of an experiment's seed; remove it.");
  const nlohmann::json json = sim::ParseJsonText(text).value;
  if (!json.is_object() || !json.contains("seed") || !json["seed"].is_number_unsigned() ||
      !json.contains("settings")) {
    return damaged;
  }
  if (json["settings"] != nlohmann::json(SettingsJson(settings))) {
    return BadInput(file +
                    " was made with other settings; give --out another folder, or the settings of "
                    "before.");
  }
  SeedResult result{.seed = json["seed"].get<std::uint32_t>(), .rounds = {}};
  for (const Strategy strategy : kStrategies) {
    const char* name = StrategyName(strategy);
    if (!json.contains(name) || !json[name].is_array() || json[name].empty()) return damaged;
    for (const nlohmann::json& round : json[name]) {
      if (!Read(round, result.rounds[static_cast<std::size_t>(strategy)].emplace_back())) {
        return damaged;
      }
    }
  }
  return result;
}

}  // namespace lookout::app
