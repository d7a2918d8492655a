#include "app/experiments/labels/labels_cell.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <string_view>

#include "agents/rl/settings/settings.h"
#include "app/experiments/figure_json.h"
#include "app/experiments/study_file.h"

namespace lookout::app {
namespace {

using nlohmann::ordered_json;

constexpr char kWhat[] = "of an experiment on labels";

// Each names its figures once, for writing and for reading.
template <typename Figures, typename Visit>
void VisitAnswers(Figures& figures, Visit&& visit) {
  visit("answers", figures.answers);
  visit("unsafe_answers", figures.unsafe_answers);
  visit("viewing_minutes", figures.viewing_minutes);
  visit("both_verdicts", figures.both_verdicts);
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
  ordered_json json = SubjectJson(settings.environment, settings.policy, settings.annotator);
  json["training"] = agents::ExperimentKey(settings.training);
  json["steps"] = settings.training.total_steps;
  AddFields(settings, json);
  return json;
}

std::string EncodeCell(const LabelsCell& cell, const LabelsSettings& settings) {
  ordered_json json{{"settings", SettingsJson(settings)}};
  VisitCell(cell, [&](const char* name, const auto& value) { json[name] = FigureJson(value); });
  return json.dump() + "\n";
}

Result<LabelsCell> DecodeCell(const std::string& text, const CellKey& key,
                              const LabelsSettings& settings, const std::string& file) {
  const auto json = OpenStudyFile(text, SettingsJson(settings), file, kWhat);
  if (!json) return json.error();
  LabelsCell cell{.key = key};
  FigureReader reader(*json);
  VisitCell(cell, reader);
  if (!reader.ok() || !IsWhole(cell.episodes)) {
    return DamagedStudyFile(file, "an agent of an experiment on labels");
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
  const auto json = OpenStudyFile(text, SettingsJson(settings), file, kWhat);
  if (!json) return json.error();
  AnswersFigures figures;
  FigureReader reader(*json);
  VisitAnswers(figures, reader);
  if (!reader.ok()) return DamagedStudyFile(file, "about answers");
  return figures;
}

}  // namespace lookout::app
