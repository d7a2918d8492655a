#include "app/experiments/attacks/attacks_report.h"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "app/experiments/figure_json.h"
#include "app/experiments/figure_text.h"
#include "app/runs/formats/svg_plot.h"

namespace lookout::app {
namespace {

using nlohmann::ordered_json;

constexpr int kDraws = 1000;
constexpr std::uint32_t kDrawSeed = 1;

// Each figure once.
template <typename Visit>
void VisitEstimates(RoundSummary& summary, Visit&& visit) {
  visit("fooled", summary.fooled, &AttacksFigures::fooled);
  visit("lowest", summary.lowest, &AttacksFigures::lowest);
  visit("even_misses", summary.even_misses, &AttacksFigures::even_misses);
  visit("auc", summary.auc, &AttacksFigures::auc);
  visit("cost_ratio", summary.cost_ratio, &AttacksFigures::cost_ratio);
}

SvgPanel Panel(std::span<const RoundSummary> rounds, const char* title, const char* y_label,
               agents::Estimate RoundSummary::*of) {
  SvgPanel panel{.title = title,
                 .x_label = "rounds of labelling what was found",
                 .y_label = y_label,
                 .references = {},
                 .lines = {}};
  for (const AttacksArm arm : kAttacksArms) {
    SvgLine& line = panel.lines.emplace_back();
    line.label = arm == AttacksArm::kFound ? "what the search found" : "as many drawn evenly";
    for (const RoundSummary& round : rounds) {
      if (round.arm != arm) continue;
      line.x.push_back(round.round);
      line.y.push_back((round.*of).value);
      line.low.push_back((round.*of).low);
      line.high.push_back((round.*of).high);
    }
  }
  return panel;
}

}  // namespace

std::vector<RoundSummary> Summarise(const AttacksSettings& settings,
                                    std::span<const AttacksSeed> results) {
  const agents::EpisodeBootstrap bootstrap(static_cast<int>(results.size()), kDraws, kDrawSeed);
  std::vector<RoundSummary> rounds;
  for (const AttacksArm arm : kAttacksArms) {
    for (int round = 0; round <= settings.rounds; ++round) {
      RoundSummary& summary = rounds.emplace_back();
      summary.arm = arm;
      summary.round = round;
      VisitEstimates(summary,
                     [&](const char*, agents::Estimate& estimate, double AttacksFigures::*figure) {
                       std::vector<double> values;
                       for (const AttacksSeed& seed : results)
                         values.push_back(seed.Find(arm, round)->*figure);
                       estimate = agents::MeanOver(values, bootstrap);
                     });
    }
  }
  return rounds;
}

std::string AttacksText(std::span<const RoundSummary> rounds) {
  std::string text = fmt::format("{:<7} {:<6} {:<20} {:<22} {:<22} {:<24} {}\n", "labels", "round",
                                 "fooled, % of searches", "lowest probability", "missed evenly, %",
                                 "AUC on play", "learned/true");
  for (const RoundSummary& of : rounds) {
    text += fmt::format("{:<7} {:<6} {:<20} {:<22} {:<22} {:<24} {}\n", ArmName(of.arm), of.round,
                        FigureText(of.fooled, 0, 100.0), FigureText(of.lowest, 3),
                        FigureText(of.even_misses, 2, 100.0), FigureText(of.auc, 4),
                        FigureText(of.cost_ratio, 2));
  }
  return text;
}

std::string AttacksCsv(std::span<const AttacksSeed> results) {
  std::string csv = "seed,labels,round,fooled,lowest,even_misses,auc,cost_ratio\n";
  for (const AttacksSeed& seed : results) {
    for (const AttacksFigures& of : seed.figures) {
      csv += fmt::format("{},{},{},{},{},{},{},{}\n", seed.seed, ArmName(of.arm), of.round,
                         FigureText(of.fooled), FigureText(of.lowest), FigureText(of.even_misses),
                         FigureText(of.auc), FigureText(of.cost_ratio));
    }
  }
  return csv;
}

std::string AttacksSvg(const AttacksSettings& settings, std::span<const RoundSummary> rounds) {
  return SvgFigure(
      fmt::format("{}: {} answers, then {} a round", settings.environment.id, settings.answers,
                  settings.finds),
      {{Panel(rounds, "Searches that find a danger it calls safe", "share", &RoundSummary::fooled),
        Panel(rounds, "The worst danger of a search", "predicted probability",
              &RoundSummary::lowest)}});
}

std::string AttacksJson(const AttacksSettings& settings, std::span<const AttacksSeed> results,
                        std::span<const RoundSummary> rounds, const std::string& command) {
  ordered_json json{{"command", command},
                    {"version", LOOKOUT_VERSION},
                    {"settings", SettingsJson(settings)},
                    {"seeds", results.size()}};
  for (RoundSummary of : rounds) {
    ordered_json& row =
        json["rounds"].emplace_back(ordered_json{{"labels", ArmName(of.arm)}, {"round", of.round}});
    VisitEstimates(of, [&](const char* name, const agents::Estimate& estimate,
                           double AttacksFigures::*) { row[name] = FigureJson(estimate); });
  }
  return json.dump(1) + "\n";
}

}  // namespace lookout::app
