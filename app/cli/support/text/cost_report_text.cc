#include "app/cli/support/text/cost_report_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <functional>
#include <iterator>
#include <set>
#include <string_view>
#include <vector>

#include "app/cli/support/text/class_rows.h"
#include "app/cli/support/text/episode_table.h"
#include "app/cli/support/text/estimate_text.h"
#include "app/cli/support/text/text_table.h"

namespace lookout::app {
namespace {

using agents::CostEvaluation;
using agents::DangerErrors;

// File names, or whole paths where two are of the same name.
std::vector<std::string> ShortNames(const CostReport& report) {
  std::vector<std::string> names;
  std::set<std::string> seen;
  for (const MeasuredModel& model : report.models) {
    names.push_back(std::filesystem::path(model.file).filename().string());
    seen.insert(names.back());
  }
  if (seen.size() == names.size()) return names;
  std::ranges::transform(report.models, names.begin(), &MeasuredModel::file);
  return names;
}

std::string Figure(double value) { return std::isnan(value) ? "-" : fmt::format("{:.3f}", value); }

// "12.5 [10.1, 15.0] %, 40 of 320"
std::string RateCell(const agents::Estimate& rate, std::int64_t part, std::int64_t whole) {
  if (whole == 0) return "-";
  return fmt::format("{} %, {} of {}", EstimateText(InPercent(rate), 1), part, whole);
}

const DangerErrors* FindDanger(const CostEvaluation& evaluation, std::size_t kind) {
  const auto found = std::ranges::find(evaluation.by_danger, kind, &DangerErrors::kind);
  return found == evaluation.by_danger.end() ? nullptr : &*found;
}

// A row with a cell for each model.
using CellOf = std::function<std::string(const CostEvaluation&)>;
void AddRow(const CostReport& report, const std::string& title, const CellOf& cell,
            TextTable& table) {
  std::vector<std::string> row{title};
  for (const MeasuredModel& model : report.models) row.push_back(cell(model.evaluation));
  table.Row(std::move(row));
}

void AddDangerRows(const CostReport& report, const std::string& before,
                   std::int64_t DangerErrors::*shown,
                   const std::function<std::string(const DangerErrors&)>& cell, TextTable& table) {
  for (std::size_t kind = 0; kind < agents::kDangerKindCount; ++kind) {
    const bool occurs = std::ranges::any_of(report.models, [&](const MeasuredModel& model) {
      const DangerErrors* danger = FindDanger(model.evaluation, kind);
      return danger != nullptr && danger->*shown > 0;
    });
    if (!occurs) continue;
    AddRow(
        report, before + std::string(agents::DangerKindName(kind)),
        [&](const CostEvaluation& e) {
          const DangerErrors* danger = FindDanger(e, kind);
          return danger == nullptr ? "-" : cell(*danger);
        },
        table);
  }
}

void AddCostRows(const CostReport& report, TextTable& table) {
  const auto estimate = [&](const char* title, agents::Estimate CostEvaluation::*figure) {
    AddRow(
        report, title, [figure](const CostEvaluation& e) { return EstimateText(e.*figure); },
        table);
  };
  estimate("learned / true cost", &CostEvaluation::ratio);
  estimate("learned cost per episode", &CostEvaluation::learned_cost);
  estimate("true cost per episode", &CostEvaluation::true_cost);
  AddRow(
      report, fmt::format("episodes above {:g}", report.settings.limit),
      [](const CostEvaluation& e) {
        const agents::VerdictCounts& over = e.over_limit;
        return fmt::format("learned {}, true {}, both {}", over.both + over.only_first,
                           over.both + over.only_second, over.both);
      },
      table);
  const auto figure = [&](const char* title, double CostEvaluation::*value) {
    AddRow(
        report, title, [value](const CostEvaluation& e) { return Figure(e.*value); }, table);
  };
  figure("AUC", &CostEvaluation::auc);
  figure("Brier score", &CostEvaluation::brier);
  figure("calibration error (ECE)", &CostEvaluation::calibration_error);
  figure("mean spread", &CostEvaluation::mean_spread);
}

void AddErrorRows(const CostReport& report, TextTable& table) {
  AddRow(
      report, "missed of the charged steps",
      [](const CostEvaluation& e) {
        return RateCell(e.miss_rate, e.verdicts.only_second,
                        e.verdicts.both + e.verdicts.only_second);
      },
      table);
  AddDangerRows(
      report, "  charged for: ", &DangerErrors::charged,
      [](const DangerErrors& d) { return RateCell(d.miss_rate, d.missed, d.charged); }, table);
  AddRow(
      report, "false alarms of the others",
      [](const CostEvaluation& e) {
        return RateCell(e.false_alarm_rate, e.verdicts.only_first,
                        e.verdicts.neither + e.verdicts.only_first);
      },
      table);
  AddDangerRows(
      report, "  nearest: ", &DangerErrors::false_alarms,
      [](const DangerErrors& d) { return fmt::format("{}", d.false_alarms); }, table);
  const auto near_nothing = [](const MeasuredModel& model) {
    return model.evaluation.false_alarms_near_nothing;
  };
  if (std::ranges::any_of(report.models, [&](const auto& m) { return near_nothing(m) > 0; })) {
    AddRow(
        report, "  nothing in reach",
        [](const CostEvaluation& e) { return fmt::format("{}", e.false_alarms_near_nothing); },
        table);
  }
  const auto not_judged = [](const MeasuredModel& m) { return m.evaluation.not_judged > 0; };
  if (std::ranges::any_of(report.models, not_judged)) {
    AddRow(
        report, "steps not judged",
        [](const CostEvaluation& e) { return fmt::format("{}", e.not_judged); }, table);
  }
}

void AddReliabilityRows(const CostReport& report, TextTable& table) {
  const std::size_t bins = report.models.front().evaluation.reliability.size();
  for (std::size_t bin = 0; bin < bins; ++bin) {
    const double width = 1.0 / double(bins);
    AddRow(
        report, fmt::format("  {:.1f} to {:.1f}", double(bin) * width, double(bin + 1) * width),
        [bin](const CostEvaluation& e) -> std::string {
          const agents::ReliabilityBin& row = e.reliability[bin];
          if (row.count == 0) return "-";
          return fmt::format("{:.3f} is {:.3f}, {} steps", row.mean_predicted, row.fraction_unsafe,
                             row.count);
        },
        table);
  }
}

// "10 episodes of Go to goal in Safexp-PointGoal1-v0, seeds 0 to 9: 10000 steps, 512 charged"
std::string Heading(const CostReport& report) {
  const std::vector<agents::ScoredEpisode>& episodes = report.scored.episodes;
  std::int64_t steps = 0;
  std::int64_t charged = 0;
  for (const agents::ScoredEpisode& episode : episodes) {
    steps += std::ssize(episode.truth);
    charged += std::ranges::count_if(episode.truth, &agents::StepTruth::unsafe);
  }
  std::string text = fmt::format("{} episode{} ", episodes.size(), episodes.size() == 1 ? "" : "s");
  text += report.policy.empty() ? "of " + report.project
                                : fmt::format("of {}, seeds {} to {},", report.policy,
                                              episodes.front().seed, episodes.back().seed);
  text += fmt::format(" in {}: {} steps, of which the rule charges {}\n", report.scored.environment,
                      steps, charged);
  const auto left_out = [&text](int count, const char* why) {
    if (count > 0) text += fmt::format("{} left out: {}\n", count, why);
  };
  left_out(report.scored.diverged, "the physics failed");
  left_out(report.scored.without_rule, "the rule's cost is not recorded");
  left_out(report.scored.of_others, "observed otherwise than the models expect");
  if (!report.scored.refused_seeds.empty()) {
    text += RefusedSeedsText(report.scored.refused_seeds) + "\n";
  }
  return text;
}

// "seed 5" or "episode 12", "step 40", "of 38 to 44": where a stretch of an episode is.
std::vector<std::string> PlaceCells(const CostReport& report, std::size_t number, StepIndex worst,
                                    StepIndex first, StepIndex last) {
  const agents::ScoredEpisode& episode = report.scored.episodes[number];
  return {report.project.empty() ? fmt::format("seed {}", episode.seed)
                                 : fmt::format("episode {}", episode.id.value),
          fmt::format("step {}", worst),
          first == last ? "" : fmt::format("of {} to {}", first, last)};
}

std::string DifferenceLines(const CostReport& report, const ComparedModels& pair,
                            const std::string& first, const std::string& second) {
  if (pair.differences.empty()) return {};
  TextTable table;
  for (const agents::CostDifference& difference : pair.differences) {
    std::vector<std::string> row = PlaceCells(report, difference.episode, difference.worst_step,
                                              difference.first_step, difference.last_step);
    row.front().insert(0, "  ");
    const std::string_view danger = agents::DangerInWords(difference.truth);
    row.push_back(fmt::format("{} {:.3f} {}", first, difference.first.probability,
                              agents::VerdictInWords(difference.unsafe, difference.first_right)));
    row.push_back(fmt::format("{} {:.3f} {}", second, difference.second.probability,
                              agents::VerdictInWords(difference.unsafe, difference.second_right)));
    row.emplace_back(danger.empty() ? "nothing in reach" : danger);
    table.Row(std::move(row));
  }
  return fmt::format("Where {} and {} differ most\n", first, second) + table.Text();
}

std::string ComparisonLines(const CostReport& report, const std::vector<std::string>& names) {
  std::string text;
  for (const ComparedModels& pair : report.comparisons) {
    const agents::ModelComparison& figures = pair.figures;
    const std::string& first = names[figures.first];
    const std::string& second = names[figures.second];
    text += fmt::format("\n{} and {} disagree on {} of {} steps", first, second, figures.differ(),
                        figures.steps);
    if (figures.differ() > 0) {
      text += fmt::format(": {} is right on {}, {} on {}; share of the first {}", first,
                          figures.first_right, second, figures.second_right,
                          EstimateText(figures.first_share));
    }
    text += "\n" + DifferenceLines(report, pair, first, second);
  }
  return text;
}

std::string KindList(const agents::DangerKinds& kinds) {
  std::string text;
  for (std::size_t kind = 0; kind < kinds.size(); ++kind) {
    if (kinds[kind]) text += (text.empty() ? "" : ", ") + std::string(agents::DangerKindName(kind));
  }
  return text;
}

std::string ErrorLines(const CostReport& report, const MeasuredModel& model,
                       const std::string& name) {
  if (model.errors.empty()) return {};
  TextTable table;
  for (const agents::CostError& error : model.errors) {
    const auto& nearest = error.truth.nearest;
    std::vector<std::string> row{error.is_miss ? "  miss" : "  false alarm"};
    std::ranges::move(
        PlaceCells(report, error.episode, error.worst_step, error.first_step, error.last_step),
        std::back_inserter(row));
    row.push_back(fmt::format("predicted {:.3f}, spread {:.3f}", error.predicted.probability,
                              error.predicted.spread));
    row.push_back(error.is_miss
                      ? "charged: " + KindList(error.charged)
                      : fmt::format("charged nothing; nearest: {}",
                                    nearest ? agents::DangerKindName(*nearest) : "nothing"));
    table.Row(std::move(row));
  }
  return "\nWorst errors of " + name + "\n" + table.Text();
}

}  // namespace

std::string CostReportTable(const CostReport& report) {
  const std::vector<std::string> names = ShortNames(report);
  std::vector<std::string> heading{""};
  heading.insert(heading.end(), names.begin(), names.end());
  TextTable table;
  table.Row(heading);
  AddCostRows(report, table);
  AddClassRows(report, table);
  AddErrorRows(report, table);
  table.Row({"predicted, and how often charged"});
  AddReliabilityRows(report, table);
  std::string text = Heading(report) + "\n" + table.Text() + ComparisonLines(report, names);
  for (std::size_t i = 0; i < names.size(); ++i) {
    text += ErrorLines(report, report.models[i], names[i]);
  }
  return text;
}

}  // namespace lookout::app
