#include "app/experiments/labels/labels_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <nlohmann/json.hpp>
#include <vector>

#include "app/experiments/figure_json.h"
#include "app/experiments/figure_text.h"
#include "app/runs/formats/svg_plot.h"

namespace lookout::app {
namespace {

using agents::Estimate;
using nlohmann::ordered_json;

std::string RowName(const CellKey& key) {
  const std::string name(ChoiceName(key.row));
  return key.row == CostRow::kRule ? name
                                   : fmt::format("{}, {:g} % flips", name, 100.0 * key.flips);
}

// "rule |  |  |" or "queue | 700 | 10 %".
std::string RowCells(const CellKey& key) {
  if (key.row == CostRow::kRule) return "rule |  | ";
  return fmt::format("{} | {:g} % | {}", ChoiceName(key.row), 100.0 * key.flips, key.answers);
}

std::string MeansTable(const LabelsSummary& summary) {
  std::string text =
      "| cost from | flips | answers | minutes | limit | seeds | return | true cost | share of "
      "rule's return, % | learned / true | audited | AUC | missed, % | ECE |\n"
      "|---|---|---|---|---|---|---|---|---|---|---|---|---|---|\n";
  for (const LabelsLine& line : summary.lines) {
    text += fmt::format(
        "| {} | {} | {:g} | {} | {} | {} | {} | {} | {} | {} | {} | {} |\n", RowCells(line.key),
        line.viewing_minutes > 0.0 ? fmt::format("{:.1f}", line.viewing_minutes) : "",
        line.key.limit, line.seeds, FigureText(line.total_reward, 1), FigureText(line.true_cost, 1),
        FigureText(line.share, 0, 100.0), FigureText(line.ratio, 2),
        FigureText(line.audited_cost, 1), FigureText(line.auc, 3),
        FigureText(line.missed, 1, 100.0), FigureText(line.calibration_error, 3));
  }
  return text;
}

// Which agents had no cost to be held to; nothing if all had one.
std::string WithoutModelText(const LabelsSummary& summary) {
  std::string rows;
  for (const LabelsLine& line : summary.lines) {
    if (line.without_model == 0) continue;
    rows += fmt::format("{}{}, {} answers, limit {:g}: {} of {} seeds", rows.empty() ? "" : "; ",
                        RowName(line.key), line.key.answers, line.key.limit, line.without_model,
                        line.seeds);
  }
  if (rows.empty()) return {};
  return "\nTrained without a constraint, as there was no cost model to be had from their "
         "answers: " +
         rows + ".\n";
}

std::string MatchedTable(const LabelsPlan& plan, const LabelsSummary& summary) {
  if (plan.limits.size() < 2) {
    return fmt::format(
        "One limit alone: returns at a matched true cost of {:g} are not known; --limits with some "
        "below and above tells them.\n",
        plan.matched_cost);
  }
  std::string text = fmt::format(
      "At a true cost of {:g}, on the lines between the limits:\n\n"
      "| cost from | flips | answers | return | share of rule's return, % "
      "|\n|---|---|---|---|---|\n",
      plan.matched_cost);
  for (const MatchedLine& line : summary.matched) {
    text += fmt::format("| {} | {} | {} |\n", RowCells(line.key), FigureText(line.total_reward, 1),
                        FigureText(line.share, 0, 100.0));
  }
  return text;
}

ordered_json SeedsJson(const LabelsSettings& settings, const LabelsPlan& plan) {
  ordered_json list = ordered_json::array();
  for (int i = 0; i < plan.seeds; ++i) {
    const EpisodeSeeds seeds = EpisodeSeedsOf(settings, static_cast<std::uint32_t>(i));
    list.push_back({{"training", i},
                    {"asked_from", seeds.pool},
                    {"evaluated_from", seeds.evaluation},
                    {"each", seeds.each}});
  }
  return list;
}

std::string SeedsText(const LabelsSettings& settings, const LabelsPlan& plan) {
  const EpisodeSeeds first = EpisodeSeedsOf(settings, 0);
  return fmt::format(
      "Training seeds 0 to {}. Of seed 0, answers are about episodes of seeds {} to {}, agents are "
      "measured on {} episodes from seed {} on, their actions sampled; those of the other seeds "
      "lie "
      "elsewhere and are in the JSON. No two of these, and none that training starts from, are the "
      "same. Nothing is selected: every agent is the one after the last step. In brackets: 95 % "
      "intervals, over the seeds, of one seed over its episodes; with few seeds they are too "
      "narrow. "
      "The audit takes the flips for known.\n",
      plan.seeds - 1, first.pool, first.pool + first.each - 1, settings.evaluation_episodes,
      first.evaluation);
}

struct Measure {
  const char* name;
  std::function<const Estimate&(const LabelsLine&)> of;
  bool rule = true;  // whether the rule's agents have it
};

double NearestLimit(const LabelsPlan& plan) {
  return *std::ranges::min_element(
      plan.limits, {}, [&](double limit) { return std::abs(limit - plan.matched_cost); });
}

SvgLine& LineNamed(const std::string& label, SvgPanel& panel) {
  const auto line = std::ranges::find(panel.lines, label, &SvgLine::label);
  if (line != panel.lines.end()) return *line;
  panel.lines.push_back({.label = label, .x = {}, .y = {}, .faint = {}, .low = {}, .high = {}});
  return panel.lines.back();
}

void AddPoint(double x, const Estimate& estimate, SvgLine& line) {
  line.x.push_back(x);
  line.y.push_back(estimate.value);
  line.low.push_back(std::isnan(estimate.low) ? estimate.value : estimate.low);
  line.high.push_back(std::isnan(estimate.high) ? estimate.value : estimate.high);
}

// Of one number of answers there is nothing to be seen over them.
bool IsOverLimits(const LabelsPlan& plan) {
  return plan.budgets.size() < 2 && plan.limits.size() > 1;
}

void AddOverAnswers(const LabelsLine& line, const Estimate& estimate, const LabelsPlan& plan,
                    SvgLine& drawn) {
  constexpr double kAside = 0.1;
  const bool is_rule = line.key.row == CostRow::kRule;
  const bool alone = plan.budgets.size() < 2;
  const double first = is_rule ? plan.budgets.front() : line.key.answers;
  const double last = is_rule ? plan.budgets.back() : line.key.answers;
  AddPoint(alone ? (1.0 - kAside) * first : first, estimate, drawn);
  if (alone || is_rule) AddPoint(alone ? (1.0 + kAside) * last : last, estimate, drawn);
}

SvgPanel PanelOf(const Measure& measure, const LabelsPlan& plan, const LabelsSummary& summary) {
  const bool over_limits = IsOverLimits(plan);
  SvgPanel panel{.title = measure.name,
                 .x_label = over_limits ? "limit" : "answers",
                 .y_label = measure.name,
                 .references = {},
                 .lines = {}};
  for (const LabelsLine& line : summary.lines) {
    const Estimate& estimate = measure.of(line);
    const bool is_rule = line.key.row == CostRow::kRule;
    if ((is_rule && !measure.rule) || std::isnan(estimate.value)) continue;
    if (over_limits) {
      AddPoint(line.key.limit, estimate, LineNamed(RowName(line.key), panel));
    } else if (line.key.limit == NearestLimit(plan)) {
      AddOverAnswers(line, estimate, plan, LineNamed(RowName(line.key), panel));
    }
  }
  return panel;
}

// What an agent earns with what it costs, of one number of answers at several limits.
SvgPanel ReturnOverCost(const LabelsSummary& summary) {
  SvgPanel panel{.title = "return",
                 .x_label = "true cost",
                 .y_label = "return",
                 .references = {},
                 .lines = {}};
  for (const LabelsLine& line : summary.lines) {
    const std::string name = RowName(line.key);
    AddPoint(line.true_cost.value, line.total_reward, LineNamed(name, panel));
  }
  return panel;
}

}  // namespace

std::string LabelsTable(const LabelsSettings& settings, const LabelsPlan& plan,
                        const LabelsSummary& summary) {
  return MeansTable(summary) + WithoutModelText(summary) + "\n" + MatchedTable(plan, summary) +
         "\n" + SeedsText(settings, plan);
}

std::string LabelsCsv(std::span<const LabelsCell> cells) {
  std::string csv =
      "row,flips,answers,limit,seed,unsafe_answers,viewing_minutes,return,true_cost,meant_cost,"
      "learned_cost,audited_cost,audited_low,audited_high,auc,missed,calibration_error\n";
  for (const LabelsCell& cell : cells) {
    const agents::EpisodeBootstrap mean(static_cast<int>(cell.episodes.total_reward.size()), 0, 1);
    const auto of = [&](const std::vector<double>& values) {
      return values.empty() ? "" : FigureText(agents::MeanOver(values, mean).value);
    };
    csv += fmt::format(
        "{},{:g},{},{:g},{},{},{},{},{},{},{},{},{},{},{},{},{}\n", ChoiceName(cell.key.row),
        cell.key.flips, cell.answers.answers, cell.key.limit, cell.key.seed,
        cell.answers.unsafe_answers, FigureText(cell.answers.viewing_minutes),
        of(cell.episodes.total_reward), of(cell.episodes.true_cost), of(cell.episodes.meant_cost),
        of(cell.episodes.learned_cost), FigureText(cell.audit.audited.value),
        FigureText(cell.audit.audited.low), FigureText(cell.audit.audited.high),
        FigureText(cell.auc), FigureText(cell.missed), FigureText(cell.calibration_error));
  }
  return csv;
}

std::string LabelsSvg(const LabelsSettings& settings, const LabelsPlan& plan,
                      const LabelsSummary& summary) {
  const Measure share{"share of the rule's return",
                      [](const LabelsLine& line) -> const Estimate& { return line.share; }};
  const Measure cost{"true cost",
                     [](const LabelsLine& line) -> const Estimate& { return line.true_cost; }};
  const Measure ratio{"learned / true cost",
                      [](const LabelsLine& line) -> const Estimate& { return line.ratio; },
                      /*rule=*/false};
  std::vector<SvgPanel> panels;
  for (const Measure& measure : {share, cost, ratio}) {
    panels.push_back(PanelOf(measure, plan, summary));
  }
  panels[0].references = {{"95 %", 0.95}};
  panels[2].references = {{"as it is", 1.0}};
  if (IsOverLimits(plan)) {
    panels[0] = ReturnOverCost(summary);
  } else {
    panels[1].references = {{"limit", NearestLimit(plan)}};
  }
  return SvgFigure(settings.environment.id + ", " + settings.annotator, {std::move(panels)});
}

std::string LabelsJson(const LabelsSettings& settings, const LabelsPlan& plan,
                       const LabelsSummary& summary, const std::string& command) {
  ordered_json json{{"command", command},
                    {"version", LOOKOUT_VERSION},
                    {"settings", SettingsJson(settings)},
                    {"matched_cost", plan.matched_cost},
                    {"seeds", SeedsJson(settings, plan)}};
  ordered_json& lines = json["rows"] = ordered_json::array();
  for (const LabelsLine& line : summary.lines) {
    lines.push_back({{"cost_from", ChoiceName(line.key.row)},
                     {"flips", line.key.flips},
                     {"answers", line.answers},
                     {"viewing_minutes", line.viewing_minutes},
                     {"limit", line.key.limit},
                     {"seeds", line.seeds},
                     {"without_model", line.without_model},
                     {"return", FigureJson(line.total_reward)},
                     {"true_cost", FigureJson(line.true_cost)},
                     {"learned_cost", FigureJson(line.learned_cost)},
                     {"share_of_rule", FigureJson(line.share)},
                     {"learned_over_true", FigureJson(line.ratio)},
                     {"audited_cost", FigureJson(line.audited_cost)},
                     {"auc", FigureJson(line.auc)},
                     {"missed", FigureJson(line.missed)},
                     {"calibration_error", FigureJson(line.calibration_error)}});
  }
  ordered_json& matched = json["at_matched_cost"] = ordered_json::array();
  for (const MatchedLine& line : summary.matched) {
    matched.push_back({{"cost_from", ChoiceName(line.key.row)},
                       {"flips", line.key.flips},
                       {"answers", line.key.answers},
                       {"return", FigureJson(line.total_reward)},
                       {"share_of_rule", FigureJson(line.share)}});
  }
  return json.dump(1) + "\n";
}

}  // namespace lookout::app
