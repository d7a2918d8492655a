#include "app/experiments/selection/selection_result.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "app/experiments/figure_json.h"
#include "app/experiments/seed_files.h"
#include "app/experiments/study_file.h"

namespace lookout::app {
namespace {

using nlohmann::ordered_json;

// Names each figure once, with what it can be, for writing and for reading.
template <typename Figures, typename Visit>
void VisitFigures(Figures& figures, Visit&& visit) {
  visit("generation", figures.generation, kAtLeastZero);
  visit("total_reward", figures.readings.total_reward, kAnyNumber);
  visit("true_cost", figures.readings.true_cost, kAtLeastZero);
}

ordered_json NamedJson(const ByInstrument& values) {
  ordered_json json = ordered_json::object();
  for (const Instrument instrument : kInstruments) {
    json[InstrumentName(instrument)] = values.of(instrument);
  }
  return json;
}

// Returns what is wrong, or nothing.
std::string ReadNamed(const nlohmann::json& json, const char* name, const FigureRange& range,
                      ByInstrument& values) {
  if (!json.contains(name)) return fmt::format("it lacks '{}'", name);
  FigureReader reader(json[name]);
  for (const Instrument instrument : kInstruments) {
    reader(InstrumentName(instrument), values.of(instrument), range.OrUnknown());
  }
  return reader.problem();
}

std::string Read(const nlohmann::json& json, SelectionFigures& figures) {
  FigureReader reader(json);
  reader.OneOf("row", kInstruments, InstrumentName, figures.row);
  VisitFigures(figures, reader);
  if (!reader.problem().empty()) return reader.problem();
  const std::string problem = ReadNamed(json, "reads", kAtLeastZero, figures.readings.reads);
  return problem.empty() ? ReadNamed(json, "unseen", kShare, figures.readings.unseen) : problem;
}

}  // namespace

std::vector<int> MeasuredGenerations(const SelectionSettings& settings) {
  std::vector<int> measured;
  for (int i = 0; i < settings.evolution.generations; i += settings.measure_every) {
    measured.push_back(i);
  }
  measured.push_back(settings.evolution.generations);
  return measured;
}

const SelectionFigures* SelectionSeed::Find(Instrument row, int generation) const {
  const auto found = std::ranges::find_if(figures, [&](const SelectionFigures& of) {
    return of.row == row && of.generation == generation;
  });
  return found != figures.end() ? &*found : nullptr;
}

ordered_json SettingsJson(const SelectionSettings& settings) {
  ordered_json json = SubjectJson(settings.environment, settings.policy, settings.annotator);
  for (const Instrument row : settings.rows) json["rows"].push_back(InstrumentName(row));
  AddFields(settings, json);
  AddFields(settings.evolution, json);
  return json;
}

ordered_json FiguresJson(const SelectionFigures& figures) {
  ordered_json json{{"row", InstrumentName(figures.row)}};
  VisitFigures(figures, [&](const char* name, const auto& value, const FigureRange&) {
    json[name] = FigureJson(value);
  });
  json["reads"] = NamedJson(figures.readings.reads);
  json["unseen"] = NamedJson(figures.readings.unseen);
  return json;
}

std::string EncodeSeed(const SelectionSeed& result, const SelectionSettings& settings) {
  ordered_json json{{"seed", result.seed}, {"settings", SettingsJson(settings)}};
  ordered_json& figures = json["figures"] = ordered_json::array();
  for (const SelectionFigures& of : result.figures) figures.push_back(FiguresJson(of));
  return json.dump(1) + "\n";
}

Result<SelectionSeed> DecodeSeed(const std::string& text, const SelectionSettings& settings,
                                 const std::string& file) {
  const auto json = OpenStudyFile(text, SettingsJson(settings), file, kSeedFile);
  if (!json) return json.error();
  SelectionSeed result;
  FigureReader reader(*json);
  reader("seed", result.seed, kAtLeastZero);
  reader.Members("figures", result.figures, Read);
  if (!reader.problem().empty()) return DamagedStudyFile(file, reader.problem());
  for (const Instrument row : settings.rows) {
    for (const int generation : MeasuredGenerations(settings)) {
      if (result.Find(row, generation) != nullptr) continue;
      return DamagedStudyFile(
          file, fmt::format("it lacks generation {} of '{}'", generation, InstrumentName(row)));
    }
  }
  return result;
}

}  // namespace lookout::app
