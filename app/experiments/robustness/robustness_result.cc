#include "app/experiments/robustness/robustness_result.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <string>

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
  for (std::size_t i = 0; i < kDisturbances; ++i) {
    visit(DisturbanceName(i), figures.errors[i], kError);
  }
}

template <typename Figures, typename Visit>
void VisitPlay(Figures& play, Visit&& visit) {
  visit("total_reward", play.total_reward, kAnyNumber);
  visit("true_cost", play.true_cost, kAtLeastZero);
}

ordered_json ToJson(const RobustnessFigures& figures) {
  ordered_json json{{"arm", ArmName(figures.arm)}};
  VisitFigures(figures, [&](const char* name, const auto& value, const FigureRange&) {
    json[name] = FigureJson(value);
  });
  return json;
}

std::string ReadPlay(const nlohmann::json& json, PlayFigures& play) {
  FigureReader reader(json);
  VisitPlay(play, reader);
  return reader.problem();
}

// Returns what is wrong, or nothing.
std::string Read(const nlohmann::json& json, RobustnessFigures& figures) {
  FigureReader reader(json);
  reader.OneOf("arm", kRobustnessArms, ArmName, figures.arm);
  VisitFigures(figures, reader);
  return reader.problem();
}

}  // namespace

double MeanOfKnown(std::span<const double> values) {
  double sum = 0.0;
  double known = 0.0;
  for (const double value : values) {
    if (std::isnan(value)) continue;
    sum += value;
    known += 1.0;
  }
  return known > 0.0 ? sum / known : RobustnessFigures::kUnknown;
}

double RobustnessFigures::corrupted() const {
  std::vector<double> counted;
  for (std::size_t i = 0; i < kCounted; ++i) {
    counted.insert(counted.end(), errors[i].begin(), errors[i].end());
  }
  return MeanOfKnown(counted);
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
  ordered_json& play = json["play"] = ordered_json::array();
  for (const PlayFigures& of : result.play) {
    ordered_json& one = play.emplace_back(ordered_json::object());
    VisitPlay(of, [&](const char* name, double value, const FigureRange&) { one[name] = value; });
  }
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
  reader.Members("figures", result.figures, Read);
  reader.Members("play", result.play, ReadPlay);
  reader.Expect(result.play.size() == kPlays,
                fmt::format("'play' has {} figures, not {}", result.play.size(), kPlays));
  if (!reader.problem().empty()) return DamagedStudyFile(file, reader.problem());
  result.hard_hash = (*json)["hard_hash"].get<std::string>();
  for (const RobustnessArm arm : kRobustnessArms) {
    if (result.Find(arm, settings.answers) != nullptr) continue;
    return DamagedStudyFile(file, fmt::format("it lacks the arm '{}'", ArmName(arm)));
  }
  return result;
}

}  // namespace lookout::app
