#include "app/experiments/robustness/robustness_result.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "agents/feedback/robustness/corruptions.h"
#include "app/experiments/figure_json.h"
#include "app/experiments/seed_files.h"
#include "app/experiments/study_file.h"

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

bool Read(const nlohmann::json& json, RobustnessFigures& figures) {
  if (!json.is_object() || !json.contains("arm")) return false;
  const auto arm = std::ranges::find_if(
      kRobustnessArms, [&](RobustnessArm known) { return json["arm"] == ArmName(known); });
  if (arm == kRobustnessArms.end()) return false;
  figures.arm = *arm;
  FigureReader reader(json);
  VisitFigures(figures, reader);
  return reader.ok();
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
  ordered_json json = SubjectJson(settings.environment, settings.policy, settings.annotator);
  AddFields(settings, json);
  AddFields(settings.student, json);
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
  const Error damaged = DamagedStudyFile(file, kSeedFile);
  const auto json = OpenStudyFile(text, SettingsJson(settings), file, kSeedFile);
  if (!json) return json.error();
  RobustnessSeed result;
  if (!json->contains("seed") || !(*json)["seed"].is_number_unsigned() ||
      !json->contains("figures") || !(*json)["figures"].is_array() ||
      !json->contains("hard_states") || !ReadFigure((*json)["hard_states"], result.hard_states) ||
      !json->contains("hard_hash") || !(*json)["hard_hash"].is_string()) {
    return damaged;
  }
  result.seed = (*json)["seed"].get<std::uint32_t>();
  result.hard_hash = (*json)["hard_hash"].get<std::string>();
  for (const nlohmann::json& figures : (*json)["figures"]) {
    if (!Read(figures, result.figures.emplace_back())) return damaged;
  }
  for (const RobustnessArm arm : kRobustnessArms) {
    if (result.Find(arm, settings.answers) == nullptr) return damaged;
  }
  return result;
}

}  // namespace lookout::app
