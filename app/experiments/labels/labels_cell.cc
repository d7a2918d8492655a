#include "app/experiments/labels/labels_cell.h"

#include <fmt/format.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string_view>

#include "agents/rl/settings/settings.h"
#include "app/experiments/figure_json.h"
#include "sim/config/config_file.h"
#include "sim/config/json_text.h"

namespace lookout::app {
namespace {

using nlohmann::ordered_json;

// Each names its figures once, for writing and for reading.
template <typename Figures, typename Visit>
void VisitAnswers(Figures& figures, Visit&& visit) {
  visit("answers", figures.answers);
  visit("unsafe_answers", figures.unsafe_answers);
  visit("viewing_minutes", figures.viewing_minutes);
}

template <typename Cell, typename Visit>
void VisitCell(Cell& cell, Visit&& visit) {
  VisitAnswers(cell.answers, visit);
  visit("auc", cell.auc);
  visit("missed", cell.missed);
  visit("calibration_error", cell.calibration_error);
  visit("audited_cost", cell.audit.audited);
  visit("audit_clips", cell.audit.clips);
  visit("audit_answers", cell.audit.answers);
  visit("audit_unsafe_clips", cell.audit.unsafe_clips);
  visit("returns", cell.episodes.total_reward);
  visit("true_costs", cell.episodes.true_cost);
  visit("meant_costs", cell.episodes.meant_cost);
  visit("learned_costs", cell.episodes.learned_cost);
}

// The object, if it was made with these settings.
Result<nlohmann::json> Open(const std::string& text, const LabelsSettings& settings,
                            const std::string& file) {
  nlohmann::json json = sim::ParseJsonText(text).value;
  if (!json.is_object() || !json.contains("settings")) {
    return BadInput(file + " is not of an experiment on labels; remove it.");
  }
  if (json["settings"] != nlohmann::json(SettingsJson(settings))) {
    return BadInput(file +
                    " was made with other settings; give --out another folder, or the settings of "
                    "before.");
  }
  return json;
}

// Of as many episodes each, the learned cost perhaps of none.
bool IsWhole(const EpisodeSums& sums) {
  const std::size_t episodes = sums.total_reward.size();
  return episodes > 0 && sums.true_cost.size() == episodes && sums.meant_cost.size() == episodes &&
         (sums.learned_cost.empty() || sums.learned_cost.size() == episodes);
}

}  // namespace

std::string FileNameOf(const CellKey& key) {
  if (key.row == CostRow::kRule) {
    return fmt::format("cell-rule-limit{:g}-seed{}.json", key.limit, key.seed);
  }
  return fmt::format("cell-{}-flips{:g}-{}-limit{:g}-seed{}.json", ChoiceName(key.row), key.flips,
                     key.answers, key.limit, key.seed);
}

ordered_json SettingsJson(const LabelsSettings& settings) {
  ordered_json json{
      {"environment", settings.environment.id},
      {"configuration", sim::ParseJsonText(sim::ConfigText(settings.environment)).value},
      {"policy", std::filesystem::path(settings.policy).filename().string()},
      {"annotator", settings.annotator},
      {"training", agents::ExperimentKey(settings.training)},
      {"steps", settings.training.total_steps}};
  VisitFields(settings, [&](const Field<LabelsSettings>& field, const auto& value) {
    json[std::string(field.name)] = value;
  });
  return json;
}

std::string EncodeCell(const LabelsCell& cell, const LabelsSettings& settings) {
  ordered_json json{{"settings", SettingsJson(settings)}};
  VisitCell(cell, [&](const char* name, const auto& value) { json[name] = FigureJson(value); });
  return json.dump() + "\n";
}

Result<LabelsCell> DecodeCell(const std::string& text, const CellKey& key,
                              const LabelsSettings& settings, const std::string& file) {
  const auto json = Open(text, settings, file);
  if (!json) return json.error();
  LabelsCell cell{.key = key};
  bool read = true;
  VisitCell(cell, [&](const char* name, auto& value) {
    read = read && json->contains(name) && ReadFigure((*json)[name], value);
  });
  if (!read || !IsWhole(cell.episodes)) {
    return BadInput(file + " is not an agent of an experiment on labels; remove it.");
  }
  return cell;
}

std::string EncodeAnswers(const AnswersFigures& figures, const LabelsSettings& settings) {
  ordered_json json{{"settings", SettingsJson(settings)}};
  VisitAnswers(figures,
               [&](const char* name, const auto& value) { json[name] = FigureJson(value); });
  return json.dump(1) + "\n";
}

Result<AnswersFigures> DecodeAnswers(const std::string& text, const LabelsSettings& settings,
                                     const std::string& file) {
  const auto json = Open(text, settings, file);
  if (!json) return json.error();
  AnswersFigures figures;
  bool read = true;
  VisitAnswers(figures, [&](const char* name, auto& value) {
    read = read && json->contains(name) && ReadFigure((*json)[name], value);
  });
  if (!read) return BadInput(file + " is not about answers; remove it.");
  return figures;
}

}  // namespace lookout::app
