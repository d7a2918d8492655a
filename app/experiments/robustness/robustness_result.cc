#include "app/experiments/robustness/robustness_result.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>

#include "agents/feedback/robustness/corruptions.h"
#include "app/experiments/figure_json.h"
#include "app/experiments/seed_files.h"
#include "app/experiments/study_file.h"

namespace lookout::app {
namespace {

using nlohmann::ordered_json;

constexpr FigureRange kError = kShare.OrUnknown();

// Names each figure once, with what it can be, for writing and for reading.
template <typename Figures, typename Visit>
void VisitFigures(Figures& figures, Visit&& visit) {
  visit("answers", figures.answers, kAtLeastZero);
  visit("clean", figures.clean, kError);
  visit("misses", figures.misses, kError);
  visit("corrupted_misses", figures.corrupted_misses, kError);
  visit("hard_error", figures.hard_error, kError);
  visit("cost_ratio", figures.cost_ratio, kAtLeastZero.OrUnknown());
  visit("bearing_flips", figures.flips[0], kError);
  visit("noise_flips", figures.flips[1], kError);
  const auto kinds = agents::CorruptionKinds();
  for (std::size_t i = 0; i < kCorruptions; ++i) visit(kinds[i].name, figures.errors[i], kError);
}

ordered_json ToJson(const RobustnessFigures& figures) {
  ordered_json json{{"arm", ArmName(figures.arm)}};
  VisitFigures(figures, [&](const char* name, const auto& value, const FigureRange&) {
    json[name] = FigureJson(value);
  });
  return json;
}

// Returns what is wrong, or nothing.
std::string Read(const nlohmann::json& json, RobustnessFigures& figures) {
  if (!json.is_object() || !json.contains("arm")) return "it lacks 'arm'";
  const auto arm = std::ranges::find_if(
      kRobustnessArms, [&](RobustnessArm known) { return json["arm"] == ArmName(known); });
  if (arm == kRobustnessArms.end()) return "its 'arm' is none of the experiment's";
  figures.arm = *arm;
  FigureReader reader(json);
  VisitFigures(figures, reader);
  return reader.problem();
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
  const auto json = OpenStudyFile(text, SettingsJson(settings), file, kSeedFile);
  if (!json) return json.error();
  RobustnessSeed result;
  FigureReader reader(*json);
  reader("seed", result.seed, kAtLeastZero);
  reader("hard_states", result.hard_states, kAtLeastZero);
  reader.Expect(json->contains("hard_hash") && (*json)["hard_hash"].is_string(),
                "it lacks 'hard_hash'");
  reader.Expect(json->contains("figures") && (*json)["figures"].is_array(), "it lacks 'figures'");
  if (!reader.problem().empty()) return DamagedStudyFile(file, reader.problem());
  result.hard_hash = (*json)["hard_hash"].get<std::string>();
  for (const nlohmann::json& figures : (*json)["figures"]) {
    const std::string problem = Read(figures, result.figures.emplace_back());
    if (!problem.empty()) return DamagedStudyFile(file, problem);
  }
  for (const RobustnessArm arm : kRobustnessArms) {
    if (result.Find(arm, settings.answers) != nullptr) continue;
    return DamagedStudyFile(file, fmt::format("it lacks the arm '{}'", ArmName(arm)));
  }
  return result;
}

}  // namespace lookout::app
