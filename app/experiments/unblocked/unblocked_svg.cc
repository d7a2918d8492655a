#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

#include "app/experiments/unblocked/unblocked_report.h"
#include "app/runs/formats/svg_plot.h"

namespace lookout::app {
namespace {

constexpr int kCurveDraws = 1000;

SvgLine Named(const char* label) {
  return {.label = label, .x = {}, .y = {}, .faint = {}, .low = {}, .high = {}};
}

void Add(double x, const agents::Estimate& estimate, SvgLine& line) {
  line.x.push_back(x);
  line.y.push_back(estimate.value);
  line.low.push_back(estimate.low);
  line.high.push_back(estimate.high);
}

using Curve = std::vector<double> UnblockedRound::*;

// The mean over the seeds, iteration by iteration; iterations without an episode are left out.
SvgLine AlongTraining(const UnblockedStudySettings& settings,
                      std::span<const UnblockedSeed> results, std::size_t round, Curve curve,
                      const char* label) {
  SvgLine line = Named(label);
  for (std::size_t i = 0;; ++i) {
    std::vector<double> values;
    bool more = false;
    for (const UnblockedSeed& seed : results) {
      if (round >= seed.rounds.size() || i >= (seed.rounds[round].*curve).size()) continue;
      more = true;
      const double value = (seed.rounds[round].*curve)[i];
      if (!std::isnan(value)) values.push_back(value);
    }
    if (!more) return line;
    const double steps = double(i + 1) * settings.iteration_steps;
    Add(steps, agents::MeanOver(values, {static_cast<int>(values.size()), kCurveDraws, 1}), line);
  }
}

SvgPanel TrainingPanel(const UnblockedStudySettings& settings,
                       std::span<const UnblockedSeed> results, std::size_t round) {
  SvgPanel panel{.title = round == 0 ? "Round 0: no cost" : fmt::format("Round {}", round),
                 .x_label = "steps of training",
                 .y_label = "cost per episode",
                 .references = {{"limit", settings.training.cost_limit}},
                 .lines = {}};
  panel.lines.push_back(
      AlongTraining(settings, results, round, &UnblockedRound::iteration_true, "true cost"));
  if (round > 0) {
    panel.lines.push_back(AlongTraining(settings, results, round,
                                        &UnblockedRound::iteration_learned, "learned cost"));
  }
  return panel;
}

SvgPanel ByRound(
    std::span<const UnblockedSummary> rounds, const char* title, const char* y_label,
    const std::vector<std::pair<const char*, agents::Estimate UnblockedSummary::*>>& figures) {
  SvgPanel panel{
      .title = title, .x_label = "round", .y_label = y_label, .references = {}, .lines = {}};
  for (const auto& [label, figure] : figures) {
    SvgLine& line = panel.lines.emplace_back(Named(label));
    for (const UnblockedSummary& of : rounds) {
      if (std::isnan((of.*figure).value)) continue;
      Add(of.round, of.*figure, line);
    }
  }
  return panel;
}

}  // namespace

std::string UnblockedSvg(const UnblockedStudySettings& settings,
                         std::span<const UnblockedSeed> results,
                         std::span<const UnblockedSummary> rounds) {
  std::vector<SvgPanel> training;
  for (std::size_t round = 0; round < rounds.size(); ++round) {
    training.push_back(TrainingPanel(settings, results, round));
  }
  return SvgFigure(
      fmt::format("{}: what is marked is left, and the next way is taken", settings.environment.id),
      {std::move(training),
       {ByRound(rounds, "Cost of the trained agents", "cost per episode",
                {{"true cost", &UnblockedSummary::true_cost},
                 {"learned cost", &UnblockedSummary::learned_cost},
                 {"new and unmarked", &UnblockedSummary::unmarked}}),
        ByRound(rounds, "Return of the trained agents", "return per episode",
                {{"return", &UnblockedSummary::total_reward}})}});
}

}  // namespace lookout::app
