#include "app/experiments/queries/study_files.h"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>

#include "app/experiments/figure_json.h"
#include "app/experiments/figure_text.h"
#include "app/runs/formats/svg_plot.h"

namespace lookout::app {
namespace {

using nlohmann::ordered_json;

constexpr const char* kLabels[] = {"the queue", "drawn by chance"};

// From so many labels on.
SvgLine LineOf(const ErrorCurve& curve, const char* label, double from_labels) {
  SvgLine line{.label = label, .x = {}, .y = {}, .faint = {}, .low = {}, .high = {}};
  for (std::size_t i = 0; i < curve.labels.size(); ++i) {
    if (curve.labels[i] < from_labels) continue;
    line.x.push_back(curve.labels[i]);
    line.y.push_back(curve.error[i].value);
    line.low.push_back(curve.error[i].low);
    line.high.push_back(curve.error[i].high);
  }
  return line;
}

SvgPanel PanelOf(const MeasureSummary& summary, double from_labels) {
  SvgPanel panel{.title = fmt::format("Held-out {}", summary.measure.name),
                 .x_label = "labelled clips",
                 .y_label = summary.measure.name,
                 .references = {},
                 .lines = {}};
  if (from_labels > 0.0) panel.title += fmt::format(", from {:.0f} clips on", from_labels);
  for (const Strategy strategy : kStrategies) {
    const auto index = static_cast<std::size_t>(strategy);
    panel.lines.push_back(LineOf(summary.curves[index], kLabels[index], from_labels));
  }
  return panel;
}

ordered_json ToJson(const ErrorCurve& curve) {
  ordered_json rows = ordered_json::array();
  for (std::size_t i = 0; i < curve.labels.size(); ++i) {
    ordered_json row{{"labels", curve.labels[i]}};
    row.update(FigureJson(curve.error[i]));
    rows.push_back(std::move(row));
  }
  return rows;
}

ordered_json ToJson(const MeasureSummary& summary) {
  ordered_json needed = ordered_json::array();
  for (const LabelsNeeded& at : summary.needed) {
    needed.push_back({{"random_labels", at.at_labels},
                      {"error", at.error},
                      {"queue_labels", at.queue_labels},
                      {"ratio", FigureJson(at.ratio)}});
  }
  ordered_json curves;
  for (const Strategy strategy : kStrategies) {
    curves[StrategyName(strategy)] = ToJson(summary.curves[static_cast<std::size_t>(strategy)]);
  }
  return {{"labels_needed", std::move(needed)}, {"curves", std::move(curves)}};
}

// The labels after which it was first enough, of a sitting.
std::optional<int> EnoughAt(const std::vector<RoundFigures>& rounds) {
  for (const RoundFigures& round : rounds) {
    if (round.enough) return round.labels;
  }
  return std::nullopt;
}

}  // namespace

std::string StudyCsv(std::span<const SeedResult> results) {
  std::string csv =
      "seed,strategy,labels,unsafe_clips,auc,cost_ratio,cost_error,agreement,audited_unsafe,"
      "audited_missed,"
      "enough\n";
  for (const SeedResult& result : results) {
    for (const Strategy strategy : kStrategies) {
      for (const RoundFigures& round : result.of(strategy)) {
        csv += fmt::format("{},{},{},{},{},{},{},{},{},{},{}\n", result.seed,
                           StrategyName(strategy), round.labels, round.unsafe_clips,
                           FigureText(round.auc), FigureText(round.cost_ratio),
                           FigureText(round.cost_error), FigureText(round.agreement),
                           round.audited_unsafe, round.audited_missed, round.enough ? 1 : 0);
      }
    }
  }
  return csv;
}

std::string StudySvg(const StudySettings& settings, std::span<const MeasureSummary> summaries) {
  std::vector<std::vector<SvgPanel>> rows(2);
  for (const MeasureSummary& summary : summaries) {
    rows[0].push_back(PanelOf(summary, 0.0));
    rows[1].push_back(PanelOf(summary, std::floor(summary.curves[0].labels.back() / 3.0)));
  }
  return SvgFigure(settings.environment.id + ", " + settings.annotator, rows);
}

std::string StudyJson(const StudySettings& settings, std::span<const SeedResult> results,
                      std::span<const MeasureSummary> summaries, const std::string& command) {
  ordered_json json{{"command", command},
                    {"version", LOOKOUT_VERSION},
                    {"settings", SettingsJson(settings)},
                    {"seeds", results.size()}};
  for (const MeasureSummary& summary : summaries) json[summary.measure.key] = ToJson(summary);
  ordered_json& enough = json["enough_after_labels"];
  for (const Strategy strategy : kStrategies) {
    ordered_json& of_strategy = enough[StrategyName(strategy)] = ordered_json::array();
    for (const SeedResult& result : results) {
      const std::optional<int> labels = EnoughAt(result.of(strategy));
      of_strategy.push_back(labels ? ordered_json(*labels) : ordered_json(nullptr));
    }
  }
  return json.dump(1) + "\n";
}

std::string StudyText(std::span<const SeedResult> results,
                      std::span<const MeasureSummary> summaries) {
  std::string text;
  for (const MeasureSummary& summary : summaries) {
    for (const LabelsNeeded& at : summary.needed) {
      text += fmt::format("{}: {:.4f} after {} clips by chance; the queue ", summary.measure.name,
                          at.error, at.at_labels);
      if (std::isnan(at.queue_labels)) {
        text += "does not get there with all its labels";
      } else {
        text += fmt::format("needs {:.0f}, {:.2f} times fewer", at.queue_labels, at.ratio.value);
      }
      if (!std::isnan(at.ratio.low)) {
        text += fmt::format(" (95 % interval {:.2f} to {:.2f})", at.ratio.low, at.ratio.high);
      }
      text += "\n";
    }
  }
  return text + fmt::format("{} seeds; 0 times fewer: it does not get there.\n", results.size());
}

}  // namespace lookout::app
