#include "app/experiments/robustness/robustness_files.h"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <vector>

#include "app/experiments/figure_json.h"
#include "app/experiments/figure_text.h"
#include "app/experiments/robustness/disturbances.h"
#include "app/runs/formats/svg_plot.h"

namespace lookout::app {
namespace {

using nlohmann::ordered_json;

void Add(double x, const agents::Estimate& estimate, SvgLine& line) {
  line.x.push_back(x);
  line.y.push_back(estimate.value);
  line.low.push_back(estimate.low);
  line.high.push_back(estimate.high);
}

SvgLine Named(const char* label) {
  return {.label = label, .x = {}, .y = {}, .faint = {}, .low = {}, .high = {}};
}

SvgPanel BySeverity(const RobustnessSummary& summary) {
  SvgPanel panel{.title = "Error by severity, mean over ten disturbances",
                 .x_label = "severity (0: as it is)",
                 .y_label = "1 - balanced accuracy",
                 .references = {},
                 .lines = {}};
  for (const ArmSummary& arm : summary.arms) {
    SvgLine& line = panel.lines.emplace_back(Named(ArmName(arm.arm)));
    for (std::size_t s = 0; s < arm.by_severity.size(); ++s) {
      Add(static_cast<double>(s), arm.by_severity[s], line);
    }
  }
  return panel;
}

SvgPanel ByCorruption(const RobustnessSummary& summary) {
  std::string names;
  for (std::size_t i = 0; i < kDisturbances; ++i) {
    names += fmt::format("{}{} {}", i == 0 ? "" : ", ", i + 1, DisturbanceName(i));
  }
  SvgPanel panel{.title = "Corruption error, plain = 1",
                 .x_label = names,
                 .y_label = "CE",
                 .references = {{"plain", 1.0}, {"goal", 0.7}},
                 .lines = {}};
  for (const ArmSummary& arm : summary.arms) {
    if (arm.arm == RobustnessArm::kPlain) continue;
    SvgLine& line = panel.lines.emplace_back(Named(ArmName(arm.arm)));
    for (std::size_t i = 0; i < kDisturbances; ++i) {
      Add(static_cast<double>(i + 1), arm.corruption_error[i], line);
    }
  }
  return panel;
}

agents::Estimate Log10(const agents::Estimate& of) {
  const auto log = [](double value) { return value > 0.0 ? std::log10(value) : std::nan(""); };
  return {log(of.value), log(of.low), log(of.high)};
}

SvgPanel Scaling(const RobustnessSummary& summary, const std::string& measure, const char* title) {
  SvgPanel panel{.title = title,
                 .x_label = "log10 of answers",
                 .y_label = "log10 of the error",
                 .references = {},
                 .lines = {}};
  for (const ScalingCurve& curve : summary.curves) {
    if (measure != curve.measure) continue;
    SvgLine& line = panel.lines.emplace_back(Named(ArmName(curve.arm)));
    for (std::size_t i = 0; i < curve.answers.size(); ++i) {
      if (!(curve.error[i].value > 0.0)) continue;
      Add(std::log10(curve.answers[i]), Log10(curve.error[i]), line);
    }
  }
  return panel;
}

ordered_json ToJson(const ArmSummary& arm) {
  ordered_json json{{"clean_error", FigureJson(arm.clean)},
                    {"corrupted_error", FigureJson(arm.corrupted)},
                    {"misses", FigureJson(arm.misses)},
                    {"corrupted_misses", FigureJson(arm.corrupted_misses)},
                    {"hard_error", FigureJson(arm.hard_error)},
                    {"cost_ratio", FigureJson(arm.cost_ratio)},
                    {"mean_corruption_error", FigureJson(arm.mean_corruption_error)},
                    {"mean_corruption_error_of_sensors", FigureJson(arm.sensors_error)},
                    {"mean_corruption_error_without_bearing", FigureJson(arm.without_bearing)},
                    {"relative_corruption_error", FigureJson(arm.relative_error)},
                    {"mean_flip_rate", FigureJson(arm.flip_rate)}};
  for (std::size_t i = 0; i < kDisturbances; ++i) {
    json["corruption_error"][DisturbanceName(i)] = FigureJson(arm.corruption_error[i]);
  }
  for (const agents::Estimate& of : arm.by_severity) {
    json["error_by_severity"].push_back(FigureJson(of));
  }
  return json;
}

ordered_json ToJson(const ScalingCurve& curve) {
  ordered_json json{
      {"arm", ArmName(curve.arm)},        {"measure", curve.measure},
      {"answers", curve.answers},         {"exponent", FigureJson(curve.exponent)},
      {"floor", FigureJson(curve.floor)}, {"answers_to_halve", FigureJson(curve.to_halve)}};
  for (const agents::Estimate& of : curve.error) json["error"].push_back(FigureJson(of));
  return json;
}

// "as_it_is" and of every shift a list by severity.
ordered_json PlayJson(const std::vector<PlaySummary>& play) {
  const auto one = [](const PlaySummary& of) {
    return ordered_json{{"total_reward", FigureJson(of.total_reward)},
                        {"true_cost", FigureJson(of.true_cost)}};
  };
  ordered_json json{{"as_it_is", one(play[0])}};
  for (std::size_t shift = 0; shift < kWorldShifts; ++shift) {
    for (std::size_t s = 0; s < agents::kSeverities; ++s) {
      json[WorldShiftKinds()[shift].name].push_back(one(play[PlayIndex(shift, s)]));
    }
  }
  return json;
}

}  // namespace

std::string RobustnessCsv(std::span<const RobustnessSeed> results) {
  std::string csv =
      "seed,arm,answers,clean,corrupted,misses,corrupted_misses,hard_error,cost_ratio,"
      "bearing_flips,noise_flips";
  for (std::size_t i = 0; i < kDisturbances; ++i) {
    for (std::size_t s = 1; s <= agents::kSeverities; ++s) {
      csv += fmt::format(",{}_{}", DisturbanceName(i), s);
    }
  }
  csv += "\n";
  for (const RobustnessSeed& seed : results) {
    for (const RobustnessFigures& of : seed.figures) {
      csv +=
          fmt::format("{},{},{},{},{},{},{},{},{},{},{}", seed.seed, ArmName(of.arm), of.answers,
                      FigureText(of.clean), FigureText(of.corrupted()), FigureText(of.misses),
                      FigureText(of.corrupted_misses), FigureText(of.hard_error),
                      FigureText(of.cost_ratio), FigureText(of.flips[0]), FigureText(of.flips[1]));
      for (const agents::SeverityErrors& errors : of.errors) {
        for (const double error : errors) csv += "," + FigureText(error);
      }
      csv += "\n";
    }
  }
  return csv;
}

std::string RobustnessSvg(const RobustnessSettings& settings, const RobustnessSummary& summary) {
  return SvgFigure(fmt::format("{}, {}, {} answers", settings.environment.id, settings.annotator,
                               settings.answers),
                   {{BySeverity(summary), ByCorruption(summary)},
                    {Scaling(summary, "clean", "Clean error and the amount of data"),
                     Scaling(summary, "corrupted", "Corrupted error and the amount of data"),
                     Scaling(summary, "hard", "Hard states and the amount of data")}});
}

std::string RobustnessJson(const RobustnessSettings& settings,
                           std::span<const RobustnessSeed> results,
                           const RobustnessSummary& summary, const std::string& command) {
  ordered_json json{{"command", command},
                    {"version", LOOKOUT_VERSION},
                    {"settings", SettingsJson(settings)},
                    {"seeds", results.size()}};
  for (const RobustnessSeed& seed : results) {
    json["hard_states"].push_back({{"states", seed.hard_states}, {"hash", seed.hard_hash}});
  }
  for (const ArmSummary& arm : summary.arms) json["arms"][ArmName(arm.arm)] = ToJson(arm);
  for (const ScalingCurve& curve : summary.curves) json["scaling"].push_back(ToJson(curve));
  json["play"] = PlayJson(summary.play);
  return json.dump(1) + "\n";
}

}  // namespace lookout::app
