#include "app/demo/demo_summary.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "agents/feedback/evaluation/cost_evaluation.h"

namespace lookout::app {
namespace {

using nlohmann::ordered_json;

ordered_json Json(const agents::Estimate& estimate) {
  return {{"mean", estimate.value}, {"low", estimate.low}, {"high", estimate.high}};
}

ordered_json Json(const AgentFigures& figures) {
  return {{"agent", figures.agent},
          {"episodes", figures.episodes},
          {"return", Json(figures.total_reward)},
          {"true_cost", Json(figures.true_cost)},
          {"learned_cost", Json(figures.learned_cost)},
          {"learned_over_true", Json(figures.ratio)}};
}

std::string InWords(const agents::Estimate& estimate) {
  return fmt::format("{:.1f} [{:.1f}, {:.1f}]", estimate.value, estimate.low, estimate.high);
}

ordered_json Json(const agents::CostModelReport& report) {
  return {{"labelled_unsafe_steps", report.unsafe_rows},
          {"labelled_safe_steps", report.safe_rows},
          {"held_out_auc", report.auc},
          {"held_out_brier", report.brier},
          {"expected_calibration_error", report.expected_calibration_error},
          {"fit_seconds", report.seconds}};
}

ordered_json Json(const std::vector<agents::IterationReport>& history) {
  ordered_json rows = ordered_json::array();
  for (const agents::IterationReport& report : history) {
    rows.push_back({{"iteration", report.iteration},
                    {"steps", report.steps},
                    {"return", report.mean_return},
                    {"true_cost", report.mean_true_cost},
                    {"learned_cost", report.mean_learned_cost},
                    {"multiplier", report.multiplier},
                    {"kl", report.kl}});
  }
  return rows;
}

}  // namespace

AgentFigures FiguresOf(const std::string& agent, std::span<const agents::ScoredEpisode> scored) {
  const agents::EvaluationSettings settings;
  const agents::CostEvaluation evaluation = agents::EvaluateCostModel(scored, 0, settings);
  const agents::EpisodeBootstrap bootstrap(static_cast<int>(scored.size()), settings.bootstrap,
                                           settings.seed);
  std::vector<double> returns;
  for (const agents::ScoredEpisode& episode : scored) returns.push_back(episode.total_reward);
  return {.agent = agent,
          .episodes = evaluation.episodes,
          .total_reward = agents::MeanOver(returns, bootstrap),
          .true_cost = evaluation.true_cost,
          .learned_cost = evaluation.learned_cost,
          .ratio = evaluation.ratio};
}

std::string InWords(const AgentFigures& figures) {
  return fmt::format("return {}, true cost {}, learned cost {} per episode",
                     InWords(figures.total_reward), InWords(figures.true_cost),
                     InWords(figures.learned_cost));
}

std::string ToJson(const DemoSummary& summary) {
  const ordered_json json = {{"environment", summary.options.environment},
                             {"seed", summary.options.seed},
                             {"cost_limit", summary.options.cost_limit},
                             {"annotator_error", summary.options.annotator_error},
                             {"marks", summary.marks},
                             {"contradictory_steps", summary.labels.contradictory},
                             {"cost_model", Json(summary.model)},
                             {"before", Json(summary.before)},
                             {"after", Json(summary.after)},
                             {"control", Json(summary.control)},
                             {"training", Json(summary.training)},
                             {"control_training", Json(summary.control_training)},
                             {"video", summary.video},
                             {"seconds", summary.seconds}};
  return json.dump(2) + "\n";
}

}  // namespace lookout::app
