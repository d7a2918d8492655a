#include "app/experiments/robustness/robustness_result.h"

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <type_traits>

#include "agents/feedback/robustness/corruptions.h"
#include "sim/config/config_file.h"
#include "sim/config/json_text.h"

namespace lookout::app {
namespace {

using nlohmann::ordered_json;

// Names each figure once, for writing and for reading.
template <typename Figures, typename Visit>
void VisitFigures(Figures& figures, Visit&& visit) {
  visit("answers", figures.answers);
  visit("clean", figures.clean);
  visit("misses", figures.misses);
  visit("corrupted_misses", figures.corrupted_misses);
  visit("hard_error", figures.hard_error);
  visit("cost_ratio", figures.cost_ratio);
  visit("bearing_flips", figures.flips[0]);
  visit("noise_flips", figures.flips[1]);
  const auto kinds = agents::CorruptionKinds();
  for (std::size_t i = 0; i < kCorruptions; ++i) visit(kinds[i].name, figures.errors[i]);
}

ordered_json ToJson(const RobustnessFigures& figures) {
  ordered_json json{{"arm", ArmName(figures.arm)}};
  VisitFigures(figures, [&](const char* name, const auto& value) { json[name] = value; });
  return json;
}

// A number that is not finite stands as null.
bool Read(const nlohmann::json& json, double& value) {
  if (!json.is_number() && !json.is_null()) return false;
  value = json.is_null() ? RobustnessFigures::kUnknown : json.get<double>();
  return true;
}

bool Read(const nlohmann::json& json, int& value) {
  if (!json.is_number_integer()) return false;
  value = json.get<int>();
  return true;
}

bool Read(const nlohmann::json& json, agents::SeverityErrors& errors) {
  if (!json.is_array() || json.size() != errors.size()) return false;
  for (std::size_t i = 0; i < errors.size(); ++i) {
    if (!Read(json[i], errors[i])) return false;
  }
  return true;
}

bool Read(const nlohmann::json& json, RobustnessFigures& figures) {
  if (!json.is_object() || !json.contains("arm")) return false;
  const auto arm = std::ranges::find_if(
      kRobustnessArms, [&](RobustnessArm known) { return json["arm"] == ArmName(known); });
  bool read = arm != kRobustnessArms.end();
  if (read) figures.arm = *arm;
  VisitFigures(figures, [&](const char* name, auto& value) {
    read = read && json.contains(name) && Read(json[name], value);
  });
  return read;
}

}  // namespace

double RobustnessFigures::corrupted() const {
  double sum = 0.0;
  for (const agents::SeverityErrors& of : errors) {
    for (const double error : of) sum += error;
  }
  return sum / static_cast<double>(kCorruptions * agents::kSeverities);
}

const RobustnessFigures* RobustnessSeed::Find(RobustnessArm arm, int answers) const {
  const auto found = std::ranges::find_if(
      figures, [&](const RobustnessFigures& of) { return of.arm == arm && of.answers == answers; });
  return found != figures.end() ? &*found : nullptr;
}

ordered_json SettingsJson(const RobustnessSettings& settings) {
  ordered_json json{
      {"environment", settings.environment.id},
      {"configuration", sim::ParseJsonText(sim::ConfigText(settings.environment)).value},
      {"policy", std::filesystem::path(settings.policy).filename().string()},
      {"annotator", settings.annotator}};
  VisitFields(settings, [&](const Field<RobustnessSettings>& field, const auto& value) {
    json[std::string(field.name)] = value;
  });
  VisitFields(settings.student, [&](const Field<agents::StudentSettings>& field,
                                    const auto& value) { json[std::string(field.name)] = value; });
  return json;
}

std::string EncodeSeed(const RobustnessSeed& result, const RobustnessSettings& settings) {
  ordered_json json{{"seed", result.seed},
                    {"settings", SettingsJson(settings)},
                    {"hard_states", result.hard_states},
                    {"hard_hash", result.hard_hash}};
  ordered_json& figures = json["figures"] = ordered_json::array();
  for (const RobustnessFigures& of : result.figures) figures.push_back(ToJson(of));
  return json.dump(1) + "\n";
}

Result<RobustnessSeed> DecodeSeed(const std::string& text, const RobustnessSettings& settings,
                                  const std::string& file) {
  const Error damaged = BadInput(file + " is not the result of an experiment's seed; remove it.");
  const nlohmann::json json = sim::ParseJsonText(text).value;
  RobustnessSeed result;
  if (!json.is_object() || !json.contains("seed") || !json["seed"].is_number_unsigned() ||
      !json.contains("settings") || !json.contains("figures") || !json["figures"].is_array() ||
      !json.contains("hard_states") || !Read(json["hard_states"], result.hard_states) ||
      !json.contains("hard_hash") || !json["hard_hash"].is_string()) {
    return damaged;
  }
  if (json["settings"] != nlohmann::json(SettingsJson(settings))) {
    return BadInput(file +
                    " was made with other settings; give --out another folder, or the settings of "
                    "before.");
  }
  result.seed = json["seed"].get<std::uint32_t>();
  result.hard_hash = json["hard_hash"].get<std::string>();
  for (const nlohmann::json& figures : json["figures"]) {
    if (!Read(figures, result.figures.emplace_back())) return damaged;
  }
  for (const RobustnessArm arm : kRobustnessArms) {
    if (result.Find(arm, settings.answers) == nullptr) return damaged;
  }
  return result;
}

}  // namespace lookout::app
