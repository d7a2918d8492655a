#include "app/runs/report_figures.h"

#include <array>
#include <limits>

namespace lookout::app {
namespace {

using Entry = const LoggedIteration&;

double IterationSeconds(Entry e) { return e.report.sample_seconds + e.report.update_seconds; }

// What only a line search measures: NaN for an algorithm without one.
double AfterLineSearch(Entry e, double value) {
  return e.report.line_search_steps > 0 ? value : std::numeric_limits<double>::quiet_NaN();
}

// Column names are those of EpochLogger in openai/safety-starter-agents, tags those of
// PKU-Alignment/omnisafe, so that what reads theirs reads ours. They count epochs from 0, we
// from 1. BacktrackIters counts the steps that were refused; AcceptanceStep is the one taken, 0 if
// none was.
constexpr std::array kFigures{
    ReportFigure{"iteration", "Epoch", "Train/Epoch",
                 [](Entry e) { return double(e.report.iteration); }},
    ReportFigure{"return", "AverageEpRet", "Metrics/EpRet",
                 [](Entry e) { return e.report.mean_return; }},
    ReportFigure{"return_deviation", "StdEpRet", "Metrics/EpRet/Std",
                 [](Entry e) { return e.report.return_deviation; }},
    ReportFigure{"most_return", "MaxEpRet", "Metrics/EpRet/Max",
                 [](Entry e) { return e.report.most_return; }},
    ReportFigure{"least_return", "MinEpRet", "Metrics/EpRet/Min",
                 [](Entry e) { return e.report.least_return; }},
    ReportFigure{"cost", "AverageEpCost", "Metrics/EpCost",
                 [](Entry e) { return e.report.mean_true_cost; }},
    ReportFigure{"cost_deviation", "StdEpCost", "Metrics/EpCost/Std",
                 [](Entry e) { return e.report.true_cost_deviation; }},
    ReportFigure{"most_cost", "MaxEpCost", "Metrics/EpCost/Max",
                 [](Entry e) { return e.report.most_true_cost; }},
    ReportFigure{"least_cost", "MinEpCost", "Metrics/EpCost/Min",
                 [](Entry e) { return e.report.least_true_cost; }},
    ReportFigure{"length", "EpLen", "Metrics/EpLen", [](Entry e) { return e.report.mean_length; }},
    ReportFigure{"cumulative_cost", "CumulativeCost", nullptr,
                 [](Entry e) { return e.report.true_cost_rate * double(e.report.steps); }},
    ReportFigure{"cost_rate", "CostRate", "Metrics/CostRate",
                 [](Entry e) { return e.report.true_cost_rate; }},
    ReportFigure{"policy_loss", "LossPi", "Loss/Loss_pi",
                 [](Entry e) { return e.report.policy_loss; }},
    ReportFigure{"policy_loss_change", "DeltaLossPi", "Loss/Loss_pi/Delta",
                 [](Entry e) { return AfterLineSearch(e, -e.report.surrogate_gain); }},
    ReportFigure{"surrogate_cost_change", "DeltaSurrCost", "Loss/Loss_surr_cost/Delta",
                 [](Entry e) { return AfterLineSearch(e, e.report.surrogate_cost_change); }},
    ReportFigure{"value_loss", "LossV", "Loss/Loss_reward_critic",
                 [](Entry e) { return e.report.value_loss; }},
    ReportFigure{"cost_value_loss", "LossVC", "Loss/Loss_cost_critic",
                 [](Entry e) { return e.report.cost_value_loss; }},
    ReportFigure{"multiplier", "Penalty", "Metrics/LagrangeMultiplier",
                 [](Entry e) { return e.report.multiplier; }},
    ReportFigure{"policy_passes", "StopIter", "Train/StopIter",
                 [](Entry e) { return double(e.report.policy_epochs); }},
    ReportFigure{"cpo_case", "OptimCase", "Misc/OptimCase",
                 [](Entry e) { return double(agents::CpoCaseNumber(e.report.cpo_case)); }},
    ReportFigure{"line_search_steps", nullptr, nullptr,
                 [](Entry e) { return double(e.report.line_search_steps); }},
    ReportFigure{nullptr, "BacktrackIters", nullptr,
                 [](Entry e) { return AfterLineSearch(e, e.report.line_search_steps - 1.0); }},
    ReportFigure{nullptr, nullptr, "Misc/AcceptanceStep",
                 [](Entry e) {
                   return AfterLineSearch(
                       e, e.report.line_search_failed ? 0.0 : e.report.line_search_steps);
                 }},
    ReportFigure{"entropy", "Entropy", "Train/Entropy", [](Entry e) { return e.report.entropy; }},
    ReportFigure{"kl", "KL", "Train/KL", [](Entry e) { return e.report.kl; }},
    ReportFigure{"kl_from_first", "KLFromFirst", "Train/KLFromFirst",
                 [](Entry e) { return e.report.kl_from_first; }},
    ReportFigure{"clip_fraction", "ClipFraction", "Train/ClipFraction",
                 [](Entry e) { return e.report.clip_fraction; }},
    ReportFigure{"learning_rate", "LearningRate", "Train/LR",
                 [](Entry e) { return e.report.learning_rate; }},
    ReportFigure{"learned_cost", "LearnedEpCost", "Metrics/LearnedEpCost",
                 [](Entry e) { return e.report.mean_learned_cost; }},
    ReportFigure{"constrained_cost", "ConstrainedEpCost", "Metrics/ConstrainedEpCost",
                 [](Entry e) { return e.report.constrained_cost; }},
    ReportFigure{"cost_model", "CostModel", nullptr,
                 [](Entry e) { return double(e.report.cost_model.value); }},
    ReportFigure{"episodes", "Episodes", nullptr,
                 [](Entry e) { return double(e.report.episodes); }},
    ReportFigure{"diverged_episodes", "DivergedEpisodes", nullptr,
                 [](Entry e) { return double(e.report.diverged_episodes); }},
    ReportFigure{"blocked_share", "BlockedShare", "Oversight/BlockedShare",
                 [](Entry e) { return e.report.blocked_share; }},
    ReportFigure{"violation_steps", "ViolationSteps", "Oversight/ViolationSteps",
                 [](Entry e) { return e.report.violation_steps; }},
    ReportFigure{"sample_seconds", "SampleTime", "Time/Rollout",
                 [](Entry e) { return e.report.sample_seconds; }},
    ReportFigure{"update_seconds", "UpdateTime", "Time/Update",
                 [](Entry e) { return e.report.update_seconds; }},
    ReportFigure{nullptr, nullptr, "Time/Epoch", [](Entry e) { return IterationSeconds(e); }},
    ReportFigure{nullptr, nullptr, "Time/FPS",
                 [](Entry e) { return e.new_steps / IterationSeconds(e); }},
    ReportFigure{"steps", "TotalEnvInteracts", "TotalEnvSteps",
                 [](Entry e) { return double(e.report.steps); }},
    ReportFigure{"seconds", "Time", "Time/Total", [](Entry e) { return e.run_seconds; }},
};

}  // namespace

std::span<const ReportFigure> ReportFigures() { return kFigures; }

}  // namespace lookout::app
