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

constexpr char kWhat[] = "the result of an experiment on labels";

// Each names its figures once, with what they can be, for writing and for reading.
template <typename Figures, typename Visit>
void VisitAnswers(Figures& figures, Visit&& visit) {
  visit("answers", figures.answers, kAtLeastZero);
  visit("unsafe_answers", figures.unsafe_answers, kAtLeastZero);
  visit("viewing_minutes", figures.viewing_minutes, kAtLeastZero);
  visit("both_verdicts", figures.both_verdicts, kAnyNumber);
}

template <typename Cell, typename Visit>
void VisitCell(Cell& cell, Visit&& visit) {
  VisitAnswers(cell.answers, visit);
  visit("auc", cell.auc, kShare.OrUnknown());
  visit("missed", cell.missed, kShare.OrUnknown());
  visit("calibration_error", cell.calibration_error, kShare.OrUnknown());
  visit("audited_cost", cell.audit.audited, kAtLeastZero);
  visit("audit_clips", cell.audit.clips, kAtLeastZero);
  visit("audit_answers", cell.audit.answers, kAtLeastZero);
  visit("audit_unsafe_clips", cell.audit.unsafe_clips, kAtLeastZero);
  visit("returns", cell.episodes.total_reward, kAnyNumber);
  visit("true_costs", cell.episodes.true_cost, kAtLeastZero);
  visit("meant_costs", cell.episodes.meant_cost, kAtLeastZero);
  visit("learned_costs", cell.episodes.learned_cost, kAtLeastZero);
}

void ExpectAnswers(const AnswersFigures& figures, FigureReader& reader) {
  reader.Expect(figures.unsafe_answers <= figures.answers,
                "more of its answers are unsafe than there are");
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
    return fmt::format("cell-rule-limit{}-seed{}.json", NumberText(key.limit), key.seed);
  }
  return fmt::format("cell-{}-flips{}-{}-limit{}-seed{}.json", ChoiceName(key.row),
                     NumberText(key.flips), key.answers, NumberText(key.limit), key.seed);
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
  VisitCell(cell, [&](const char* name, const auto& value, const FigureRange&) {
    json[name] = FigureJson(value);
  });
  return json.dump() + "\n";
}

Result<LabelsCell> DecodeCell(const std::string& text, const CellKey& key,
                              const LabelsSettings& settings, const std::string& file) {
  const auto json = OpenStudyFile(text, SettingsJson(settings), file, kWhat);
  if (!json) return json.error();
  LabelsCell cell{.key = key};
  FigureReader reader(*json);
  VisitCell(cell, reader);
  ExpectAnswers(cell.answers, reader);
  reader.Expect(cell.audit.unsafe_clips <= cell.audit.clips,
                "more of its clips are unsafe than there are");
  reader.Expect(IsWhole(cell.episodes), "its lists are not of as many episodes each");
  if (!reader.problem().empty()) return DamagedStudyFile(file, reader.problem());
  return cell;
}

std::string EncodeAnswers(const AnswersFigures& figures, const LabelsSettings& settings) {
  ordered_json json{{"settings", SettingsJson(settings)}};
  VisitAnswers(figures, [&](const char* name, const auto& value, const FigureRange&) {
    json[name] = FigureJson(value);
  });
  return json.dump(1) + "\n";
}

Result<AnswersFigures> DecodeAnswers(const std::string& text, const LabelsSettings& settings,
                                     const std::string& file) {
  const auto json = OpenStudyFile(text, SettingsJson(settings), file, kWhat);
  if (!json) return json.error();
  AnswersFigures figures;
  FigureReader reader(*json);
  VisitAnswers(figures, reader);
  ExpectAnswers(figures, reader);
  if (!reader.problem().empty()) return DamagedStudyFile(file, reader.problem());
  return figures;
}

}  // namespace lookout::app
