#include <nlohmann/json.hpp>

#include "app/cli/support/text/estimate_text.h"
#include "app/cli/support/text/goodhart_text.h"

namespace lookout::app {
namespace {

using agents::Estimate;
using agents::ExactInterval;
using nlohmann::ordered_json;

ordered_json ToJson(const Estimate& estimate) { return EstimateToJson(estimate); }
ordered_json ToJson(const ExactInterval& share) {
  return EstimateToJson({share.value, share.low, share.high});
}

ordered_json ToJson(const agents::WorstCase& worst) {
  return {{"seed", worst.seed},    {"first_step", worst.first_step}, {"last_step", worst.last_step},
          {"step", worst.step},    {"predicted", worst.predicted},   {"true", worst.truth},
          {"off_by", worst.off_by}};
}

// Of what there are lists of, for ListToJson.
ordered_json ToJson(const agents::WorstCase& item);
ordered_json ToJson(const agents::WrongLabels& item);
ordered_json ToJson(const agents::DistanceBin& item);
ordered_json ToJson(const agents::BestOfNPoint& item);
ordered_json ToJson(const PolicyFigures& item);
ordered_json ToJson(const agents::CausalFigures& item);
ordered_json ToJson(const agents::PressureCurve& item);

template <typename List>
ordered_json ListToJson(const List& list) {
  ordered_json array = ordered_json::array();
  for (const auto& item : list) array.push_back(ToJson(item));
  return array;
}

ordered_json ToJson(const agents::WrongLabels& wrong) {
  return {{"episode", wrong.episode.value},
          {"first_step", wrong.first_step},
          {"last_step", wrong.last_step},
          {"labels", wrong.labels},
          {"called", wrong.unsafe ? "unsafe" : "safe"}};
}

ordered_json ToJson(const agents::LabelGap& gap) {
  return {{"labels", gap.labels},
          {"wrong", ToJson(gap.wrong)},
          {"missed", ToJson(gap.missed)},
          {"false_alarms", ToJson(gap.false_alarms)},
          {"worst", ListToJson(gap.worst)}};
}

ordered_json ToJson(const agents::ModelErrors& errors) {
  return {{"brier", ToJson(errors.brier)},
          {"missed", ToJson(errors.missed)},
          {"false_alarms", ToJson(errors.false_alarms)}};
}

ordered_json ToJson(const agents::ModelGap& gap) {
  return {{"fitted", ToJson(gap.fitted)},
          {"best", ToJson(gap.best)},
          {"brier_difference", ToJson(gap.brier_difference)},
          {"worst", ListToJson(gap.worst)}};
}

ordered_json ToJson(const ImplementationGap& gap) {
  return {{"largest_per_step", gap.largest_per_step},
          {"reading_per_episode", gap.reading_per_episode},
          {"logged", gap.logged},
          {"done_again", gap.done_again},
          {"differs", gap.differs()},
          {"unchecked", gap.unchecked}};
}

ordered_json ToJson(const agents::DistanceBin& bin) {
  return {{"from_m", bin.from_m},
          {"to_m", bin.to_m},  // null: no end
          {"share", ToJson(bin.share)},
          {"random_share", ToJson(bin.reference_share)},
          {"log_ratio", ToJson(bin.log_ratio)},
          {"predicted", bin.predicted},
          {"true", bin.truth}};
}

ordered_json ToJson(const agents::RevealedGap& gap) {
  return {{"true_log_ratio", ToJson(gap.true_log_ratio)},
          {"predicted_log_ratio", ToJson(gap.predicted_log_ratio)},
          {"gap", ToJson(gap.gap)},
          {"distances", ListToJson(gap.bins)}};
}

ordered_json ToJson(const agents::RegressionReport& line) {
  return {{"pairs", line.pairs},
          {"slope", ToJson(line.slope)},
          {"intercept", ToJson(line.intercept)},
          {"residual_deviation", ToJson(line.residual_deviation)},
          {"correlation", ToJson(line.correlation)}};
}

ordered_json ToJson(const agents::BestOfNPoint& point) {
  return {{"n", point.n},
          {"kl", point.kl},
          {"learned", ToJson(point.proxy)},
          {"true", ToJson(point.truth)},
          {"true_if_it_only_regressed", ToJson(point.on_line)},
          {"beyond_that", ToJson(point.beyond_line)}};
}

ordered_json ToJson(const PolicyFigures& policy) {
  return {{"iteration", policy.iteration},
          {"file", policy.file},
          {"outside", ToJson(policy.extremal.outside)},
          {"missed_inside", ToJson(policy.extremal.missed_inside)},
          {"missed_outside", ToJson(policy.extremal.missed_outside)},
          {"worst", ListToJson(policy.extremal.worst)}};
}

ordered_json ToJson(const agents::CausalFigures& figures) {
  return {{"change", figures.change.empty() ? "all" : figures.change},
          {"trials", figures.trials},
          {"true_cost_changes", figures.changed_truth},
          {"mean_learned_change_for_cause", figures.mean_change_for_cause},
          {"mean_learned_change_for_correlate", figures.mean_change_for_correlate},
          {"spent_on_correlates", ToJson(figures.spent_on_correlates)},
          {"unnoticed", ToJson(figures.unnoticed)}};
}

ordered_json TrialsToJson(const std::vector<agents::CausalTrial>& trials,
                          const GoodhartReport& report) {
  ordered_json array = ordered_json::array();
  for (const agents::CausalTrial& trial : trials) {
    array.push_back({{"seed", report.causal_seeds[trial.episode]},
                     {"step", trial.step},
                     {"change", report.causal_changes[trial.change]},
                     {"predicted_before", trial.predicted_before},
                     {"predicted_after", trial.predicted_after},
                     {"true_before", trial.true_before},
                     {"true_after", trial.true_after}});
  }
  return array;
}

ordered_json CausalToJson(const GoodhartReport& report) {
  if (!report.causal) return {{"not_known", report.no_causal}};
  return {{"all", ToJson(report.causal->all)},
          {"by_change", ListToJson(report.causal->by_change)},
          {"worst_spent", TrialsToJson(report.causal->worst_spent, report)},
          {"worst_unnoticed", TrialsToJson(report.causal->worst_unnoticed, report)}};
}

ordered_json ToJson(const agents::AdversarialReport& found) {
  return {{"missed", ToJson(found.missed)},
          {"missed_per_1000", ToJson(found.missed_per_1000)},
          {"missed_cost", ToJson(found.missed_cost)},
          {"times_as_often", ToJson(found.times_as_often)},
          {"return_per_missed_cost", ToJson(found.return_per_missed_cost)},
          {"worst", ListToJson(found.worst)}};
}

ordered_json ToJson(const agents::PressureCurve& policy) {
  return {{"iteration", policy.iteration},         {"distance", ToJson(policy.distance)},
          {"learned_cost", ToJson(policy.proxy)},  {"true_cost", ToJson(policy.truth)},
          {"return", ToJson(policy.total_reward)}, {"learned_gain", ToJson(policy.proxy_gain)},
          {"true_gain", ToJson(policy.true_gain)}};
}

ordered_json ToJson(const agents::FittedCurve& curve) {
  return {{"alpha", ToJson(curve.alpha)},
          {"beta", ToJson(curve.beta)},
          {"peak_distance", ToJson(curve.peak_distance)},
          {"residual_deviation", curve.residual_deviation}};
}

ordered_json ToJson(const agents::Parting& parting) {
  return {{"since", parting.since},          {"flagged", parting.flagged},
          {"lowest", parting.lowest},        {"learned_then", parting.proxy_then},
          {"true_then", parting.truth_then}, {"learned", parting.proxy},
          {"true", parting.truth},           {"still", parting.still}};
}

ordered_json PressureToJson(const GoodhartReport& report) {
  ordered_json object{{"price", report.price}};
  if (report.pressure) {
    object["policies"] = ListToJson(report.pressure->policies);
    object["learned_fit"] = ToJson(report.pressure->proxy);
    object["true_fit"] = ToJson(report.pressure->truth);
  } else {
    object["not_known"] = report.no_pressure;
  }
  object["parting_of_policies"] = nullptr;
  if (report.policy_parting) {
    const auto& policies = report.pressure->policies;
    object["parting_of_policies"] = {{"since", policies[report.policy_parting->since].iteration},
                                     {"lowest", policies[report.policy_parting->lowest].iteration}};
  }
  object["parting_in_training"] =
      report.training_parting ? ToJson(*report.training_parting) : ordered_json();
  return object;
}

template <typename Gap>
ordered_json GapToJson(const std::optional<Gap>& gap, const std::string& why_not) {
  return gap ? ToJson(*gap) : ordered_json{{"not_known", why_not}};
}

}  // namespace

ordered_json GoodhartToJson(const GoodhartReport& report) {
  return {{"run", report.folder},
          {"environment", report.environment},
          {"cost_model", report.model_file},
          {"agent", report.agent},
          {"iteration", report.last_iteration},
          {"episodes", report.settings.episodes},
          {"seed", report.settings.seed},
          {"diverged_episodes", report.diverged},
          {"base", report.base},
          {"base_policy", report.base_file},
          {"chain",
           {{"labels", GapToJson(report.labels, report.no_labels)},
            {"model", GapToJson(report.model, report.no_model)},
            {"implementation", ToJson(report.implementation)},
            {"revealed", ToJson(report.revealed)}}},
          {"regressional",
           {{"steps", ToJson(report.steps)},
            {"base_steps", ToJson(report.base_steps)},
            {"base_episodes", ToJson(report.base_episodes)},
            {"best_of_n", ListToJson(report.best_of_n)},
            {"worst", ListToJson(report.worst_episodes)}}},
          {"extremal",
           {{"outside_by", report.knows_support ? "support" : "spread"},
            {"doubt_above", report.doubt_above},
            {"policies", ListToJson(report.policies)}}},
          {"causal", CausalToJson(report)},
          {"adversarial", ToJson(report.adversarial)},
          {"pressure", PressureToJson(report)}};
}

}  // namespace lookout::app
