#include "app/experiments/attacks/attacks_result.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>

#include "app/experiments/figure_json.h"
#include "app/experiments/seed_files.h"
#include "app/experiments/study_file.h"

namespace lookout::app {
namespace {

using nlohmann::ordered_json;

// Names each figure once, with what it can be, for writing and for reading.
template <typename Figures, typename Visit>
void VisitFigures(Figures& figures, Visit&& visit) {
  visit("round", figures.round, kAtLeastZero);
  visit("fooled", figures.fooled, kShare);
  visit("lowest", figures.lowest, kShare.OrUnknown());
  visit("even_misses", figures.even_misses, kShare.OrUnknown());
  visit("auc", figures.auc, kShare.OrUnknown());
  visit("cost_ratio", figures.cost_ratio, kAtLeastZero.OrUnknown());
}

// Returns what is wrong, or nothing.
std::string Read(const nlohmann::json& json, AttacksFigures& figures) {
  FigureReader reader(json);
  reader.OneOf("arm", kAttacksArms, ArmName, figures.arm);
  VisitFigures(figures, reader);
  return reader.problem();
}

}  // namespace

const char* ArmName(AttacksArm arm) { return arm == AttacksArm::kFound ? "found" : "even"; }

const AttacksFigures* AttacksSeed::Find(AttacksArm arm, int round) const {
  const auto found = std::ranges::find_if(
      figures, [&](const AttacksFigures& of) { return of.arm == arm && of.round == round; });
  return found != figures.end() ? &*found : nullptr;
}

ordered_json SettingsJson(const AttacksSettings& settings) {
  ordered_json json = SubjectJson(settings.environment, settings.policy, settings.annotator);
  AddFields(settings, json);
  AddFields(settings.attack, json);
  AddFields(settings.attack.search, json);
  return json;
}

std::string EncodeSeed(const AttacksSeed& result, const AttacksSettings& settings) {
  ordered_json json{{"seed", result.seed}, {"settings", SettingsJson(settings)}};
  ordered_json& figures = json["figures"] = ordered_json::array();
  for (const AttacksFigures& of : result.figures) {
    ordered_json& one = figures.emplace_back(ordered_json{{"arm", ArmName(of.arm)}});
    VisitFigures(of, [&](const char* name, const auto& value, const FigureRange&) {
      one[name] = FigureJson(value);
    });
  }
  return json.dump(1) + "\n";
}

Result<AttacksSeed> DecodeSeed(const std::string& text, const AttacksSettings& settings,
                               const std::string& file) {
  const auto json = OpenStudyFile(text, SettingsJson(settings), file, kSeedFile);
  if (!json) return json.error();
  AttacksSeed result;
  FigureReader reader(*json);
  reader("seed", result.seed, kAtLeastZero);
  reader.Members("figures", result.figures, Read);
  if (!reader.problem().empty()) return DamagedStudyFile(file, reader.problem());
  for (const AttacksArm arm : kAttacksArms) {
    for (int round = 0; round <= settings.rounds; ++round) {
      if (result.Find(arm, round) != nullptr) continue;
      return DamagedStudyFile(file, fmt::format("it lacks round {} of '{}'", round, ArmName(arm)));
    }
  }
  return result;
}

}  // namespace lookout::app
