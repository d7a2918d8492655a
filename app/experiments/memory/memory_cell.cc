#include "app/experiments/memory/memory_cell.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "agents/rl/settings/settings.h"
#include "app/experiments/figure_json.h"
#include "app/experiments/study_file.h"
#include "sim/config/config_file.h"
#include "sim/config/json_text.h"

namespace lookout::app {
namespace {

using nlohmann::ordered_json;

constexpr char kMemoryFile[] = "the result of an experiment on memory";

// Each figure once, with what it can be, for writing and for reading.
template <typename Cell, typename Visit>
void VisitMemoryCell(Cell& cell, Visit&& visit) {
  visit("parameters", cell.parameters, kAtLeastZero);
  visit("steps", cell.curve.steps, kAtLeastZero);
  visit("training_returns", cell.curve.total_reward, kAnyNumber.OrUnknown());
  visit("training_costs", cell.curve.cost, kAtLeastZero.OrUnknown());
  visit("wall_s", cell.curve.wall_s, kAtLeastZero);
  visit("processor_s", cell.curve.processor_s, kAtLeastZero);
  visit("returns", cell.total_reward, kAnyNumber);
  visit("costs", cell.cost, kAtLeastZero);
}

bool HasWholeCurve(const MemoryCurve& curve) {
  const std::size_t count = curve.steps.size();
  return count > 0 && curve.total_reward.size() == count && curve.cost.size() == count &&
         curve.wall_s.size() == count && curve.processor_s.size() == count;
}

std::string NameOf(const MemorySettings& settings, const MemoryKey& key) {
  return fmt::format("{}-{}-{}-seed{}", PlaceName(settings.worlds[key.world]),
                     ChoiceName(key.network), ChoiceName(key.step_size), key.seed);
}

}  // namespace

std::string FileNameOf(const MemorySettings& settings, const MemoryKey& key) {
  return "cell-" + NameOf(settings, key) + ".json";
}

std::string PolicyFileOf(const MemorySettings& settings, const MemoryKey& key) {
  return NameOf(settings, key) + ".policy";
}

ordered_json SettingsJson(const MemorySettings& settings, const MemoryKey& key) {
  const sim::EnvironmentConfig& world = settings.worlds[key.world];
  ordered_json json{{"environment", world.id},
                    {"configuration", sim::ParseJsonText(sim::ConfigText(world)).value},
                    {"training", agents::ExperimentKey(TrainingSettingsOf(settings, key))},
                    {"steps", settings.training.total_steps}};
  AddFields(settings, json);
  return json;
}

std::string EncodeCell(const MemoryCell& cell, const MemorySettings& settings) {
  ordered_json json{{"settings", SettingsJson(settings, cell.key)}};
  VisitMemoryCell(cell, [&](const char* name, const auto& value, const FigureRange&) {
    json[name] = FigureJson(value);
  });
  return json.dump() + "\n";
}

Result<MemoryCell> DecodeCell(const std::string& text, const MemoryKey& key,
                              const MemorySettings& settings, const std::string& file) {
  const auto json = OpenStudyFile(text, SettingsJson(settings, key), file, kMemoryFile);
  if (!json) return json.error();
  MemoryCell cell{.key = key};
  FigureReader reader(*json);
  VisitMemoryCell(cell, reader);
  reader.Expect(HasWholeCurve(cell.curve), "its curves are not of as many iterations each");
  reader.Expect(!cell.cost.empty() && cell.cost.size() == cell.total_reward.size(),
                "its lists are not of as many episodes each");
  if (!reader.problem().empty()) return DamagedStudyFile(file, reader.problem());
  return cell;
}

}  // namespace lookout::app
