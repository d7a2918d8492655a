#include "agents/rl/runs/experiments.h"

#include <fmt/format.h>

#include <array>
#include <map>
#include <set>
#include <string_view>
#include <utility>

#include "agents/rl/settings/settings.h"
#include "sim/robots/robots.h"

namespace lookout::agents {
namespace {

using Values = std::map<std::string, double>;

std::string NumberText(double value) { return fmt::format("{:g}", value); }

Values SettingsByName(const TrainingSettings& settings) {
  Values values;
  VisitNumbers(settings, [&](const auto& field, auto value) {
    if (field.is_identity) values[std::string(field.name)] = static_cast<double>(value);
  });
  return values;
}

std::set<std::string> DifferingSettings(const std::vector<Values>& all) {
  std::set<std::string> differing;
  for (const Values& values : all) {
    for (const auto& [name, value] : values) {
      if (value != all.front().at(name)) differing.insert(name);
    }
  }
  return differing;
}

// The preset with these settings, but for the length of the run; empty if there is none.
std::string PresetOf(const Values& values) {
  for (const char* name : {"ray2019", "fast"}) {
    for (const sim::RobotKind robot : sim::AllRobots()) {
      Values preset = SettingsByName(*SettingsPreset(name, robot));
      preset["steps"] = values.at("steps");
      if (preset == values) return name;
    }
  }
  return {};
}

// True if that names them all, each by another preset; they differ in more settings than fit a
// line.
bool TellApartByPreset(const std::vector<Experiment*>& alike, const std::vector<Values>& all) {
  std::set<std::string> presets;
  for (const Values& values : all) presets.insert(PresetOf(values));
  if (presets.contains("") || presets.size() < all.size()) return false;
  for (std::size_t i = 0; i < alike.size(); ++i) alike[i]->label += ", " + PresetOf(all[i]);
  return true;
}

// Experiments that would be called alike are told apart by their presets, by the settings in which
// they differ among themselves, else by number.
void TellApart(const std::vector<Experiment*>& alike, std::span<const ExperimentRun> runs) {
  if (alike.size() < 2) return;
  std::vector<Values> all;
  for (const Experiment* experiment : alike) {
    all.push_back(SettingsByName(runs[experiment->runs.front()].settings));
  }
  if (TellApartByPreset(alike, all)) return;
  const std::set<std::string> differing = DifferingSettings(all);
  for (std::size_t i = 0; i < alike.size(); ++i) {
    std::string suffix;
    for (const std::string& setting : differing) {
      suffix += ", " + setting + " " + NumberText(all[i].at(setting));
    }
    alike[i]->label += suffix.empty() ? fmt::format(" ({})", i + 1) : suffix;
  }
}

}  // namespace

std::vector<Experiment> ExperimentsOf(std::span<const ExperimentRun> runs) {
  std::vector<Experiment> experiments;
  std::map<std::array<std::string, 3>, std::size_t> known;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    const auto [found, is_new] = known.try_emplace(
        {runs[i].environment, ExperimentKey(runs[i].settings), runs[i].beyond_settings},
        experiments.size());
    if (is_new) experiments.push_back({.label = AgentLabel(runs[i].settings)});
    experiments[found->second].runs.push_back(i);
  }
  std::map<std::pair<std::string, std::string>, std::vector<Experiment*>> by_name;
  for (Experiment& experiment : experiments) {
    by_name[{runs[experiment.runs.front()].environment, experiment.label}].push_back(&experiment);
  }
  for (const auto& [name, alike] : by_name) TellApart(alike, runs);
  return experiments;
}

}  // namespace lookout::agents
