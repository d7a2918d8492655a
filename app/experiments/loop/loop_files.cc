#include "app/experiments/loop/loop_files.h"

#include <fmt/format.h>

#include <cmath>
#include <functional>
#include <nlohmann/json.hpp>
#include <vector>

#include "app/experiments/figure_text.h"
#include "app/runs/formats/svg_plot.h"

namespace lookout::app {
namespace {

using nlohmann::ordered_json;
using EstimateOf = std::function<const agents::Estimate&(const LoopRound&)>;

std::string Cells(const agents::Estimate& estimate) {
  return FigureText(estimate.value) + "," + FigureText(estimate.low) + "," +
         FigureText(estimate.high);
}

SvgLine LineOf(const char* label, std::span<const LoopRound> rounds, const EstimateOf& of) {
  SvgLine line{.label = label, .x = {}, .y = {}, .faint = {}, .low = {}, .high = {}};
  for (const LoopRound& round : rounds) {
    const agents::Estimate& estimate = of(round);
    line.x.push_back(static_cast<double>(round.steps));
    line.y.push_back(estimate.value);
    line.low.push_back(estimate.low);
    line.high.push_back(estimate.high);
  }
  return line;
}

}  // namespace

std::string LoopCsv(std::span<const LoopRound> rounds) {
  std::string csv =
      "round,steps,limit,return,return_low,return_high,true_cost,true_low,true_high,meant_cost,"
      "meant_low,meant_high,learned_cost,learned_low,learned_high,audited_cost,audited_low,"
      "audited_high,refitted_cost,answers,viewing_minutes\n";
  for (const LoopRound& round : rounds) {
    csv += fmt::format("{},{},{},{},{},{},{},{},{},{},{}\n", round.round, round.steps,
                       FigureText(round.limit), Cells(round.figures.total_reward),
                       Cells(round.figures.true_cost), Cells(round.figures.meant_cost),
                       Cells(round.figures.learned_cost), Cells(round.audit.audited),
                       FigureText(round.refitted_cost), round.answers,
                       FigureText(round.viewing_minutes));
  }
  return csv;
}

std::vector<int> UnconstrainedRounds(std::span<const LoopRound> rounds) {
  std::vector<int> numbers;
  for (const LoopRound& round : rounds) {
    if (round.round > 0 && std::isnan(round.limit)) numbers.push_back(round.round);
  }
  return numbers;
}

std::string LoopSvg(const LoopSettings& settings, std::span<const LoopRound> rounds) {
  SvgPanel cost{.title = "Cost per episode",
                .x_label = "steps",
                .y_label = "cost",
                .references = {{"limit", settings.training.cost_limit}},
                .lines = {}};
  cost.lines.push_back(LineOf("true", rounds, [](const LoopRound& r) -> const agents::Estimate& {
    return r.figures.true_cost;
  }));
  cost.lines.push_back(LineOf("learned", rounds, [](const LoopRound& r) -> const agents::Estimate& {
    return r.figures.learned_cost;
  }));
  cost.lines.push_back(LineOf("audited", rounds, [](const LoopRound& r) -> const agents::Estimate& {
    return r.audit.audited;
  }));
  SvgPanel total{.title = "Return per episode",
                 .x_label = "steps",
                 .y_label = "return",
                 .references = {},
                 .lines = {}};
  total.lines.push_back(LineOf("return", rounds, [](const LoopRound& r) -> const agents::Estimate& {
    return r.figures.total_reward;
  }));
  return SvgFigure(settings.environment.id + ", " + settings.annotator,
                   {{std::move(cost), std::move(total)}});
}

std::string LoopJson(const LoopSettings& settings, std::span<const LoopRound> rounds,
                     const std::string& command) {
  ordered_json json{
      {"command", command}, {"version", LOOKOUT_VERSION}, {"settings", SettingsJson(settings)}};
  ordered_json& list = json["rounds"] = ordered_json::array();
  for (const LoopRound& round : rounds) list.push_back(FiguresJson(round));
  json["unconstrained_rounds"] = UnconstrainedRounds(rounds);
  return json.dump(1) + "\n";
}

}  // namespace lookout::app
