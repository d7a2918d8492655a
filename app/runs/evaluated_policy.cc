#include "app/runs/evaluated_policy.h"

#include <cmath>
#include <nlohmann/json.hpp>
#include <utility>

#include "app/overseers/overseer_spec.h"

namespace lookout::app {
namespace {

using nlohmann::ordered_json;

ordered_json ToJson(const Spread& spread) {
  return {{"mean", spread.mean}, {"deviation", spread.deviation}};
}

double TrainingCostRate(const SavedPolicy& saved) {
  if (!saved.run || saved.run->config.environment != saved.environment.id) return std::nan("");
  const std::vector<double>& rates = saved.run->progress["CostRate"];
  return rates.empty() ? std::nan("") : rates.back();
}

}  // namespace

Result<EvaluatedPolicy> EvaluatePolicy(const std::string& path,
                                       const PolicyEvaluationOptions& options,
                                       const sim::CameraFactory& cameras,
                                       const EvaluationProgress& progress) {
  auto saved = LoadSavedPolicy(path, options.environment, cameras);
  if (!saved.ok()) return saved.error();
  const auto make = [&] { return MakeEnvironment(saved->environment, cameras); };
  const auto environment = make();
  if (!environment.ok()) return environment.error();
  const auto policy = agents::MakeGaussianPolicy(saved->actor, !options.sampled);
  auto overseers = MakeOverseers(options.overseer, saved->environment, (*environment)->spec());
  if (!overseers.ok()) return overseers.error();
  EvaluationOptions playing = options.episodes;
  playing.make_filter = std::move(*overseers);
  std::vector<agents::OverseerLedger> ledgers(playing.episodes);
  const auto episodes =
      PlayEpisodes(*policy, make, playing, progress,
                   [&ledgers, first = playing.first](int index, const sim::Environment&,
                                                     const agents::StepOutcome* outcome) {
                     agents::OverseerLedger& ledger = ledgers[index - first];
                     if (outcome == nullptr) return ledger.BeginEpisode();
                     ledger.Add(agents::OverseenStep::Of(*outcome, 0.0));
                   });
  if (!episodes.ok()) return episodes.error();
  EvaluatedPolicy result{.path = path,
                         .saved = std::move(*saved),
                         .cost_kinds = (*environment)->spec().cost_kinds,
                         .evaluation = Summarise(*episodes),
                         .actions = options.sampled ? "sampled" : "mean",
                         .first_seed = options.episodes.seed};
  for (const agents::OverseerLedger& ledger : ledgers) result.oversight += ledger.Total();
  result.training_cost_rate = TrainingCostRate(result.saved);
  return result;
}

Scores ScoresOf(const EvaluatedPolicy& policy) {
  return {policy.evaluation.total_reward.mean, policy.evaluation.cost.mean,
          policy.training_cost_rate};
}

ordered_json ScoresToJson(const NormalisedScores& scores) {
  return {{"J", scores.j}, {"M", scores.m}, {"rho", scores.rho}};
}

ordered_json EvaluationToJson(const EvaluatedPolicy& policy) {
  const Evaluation& e = policy.evaluation;
  ordered_json by_kind = ordered_json::object();
  for (const sim::CostKind kind : policy.cost_kinds) {
    by_kind[std::string(sim::CostKindName(kind))] = ToJson(e.cost_by_kind[std::size_t(kind)]);
  }
  ordered_json object = {{"policy", policy.path},
                         {"agent", policy.saved.actor.name},
                         {"iteration", policy.saved.actor.iteration},
                         {"environment", policy.saved.environment.id},
                         {"actions", policy.actions},
                         {"action_repeat", policy.saved.actor.action_repeat},
                         {"seed", policy.first_seed},
                         {"episodes", e.episodes},
                         {"diverged_episodes", e.diverged},
                         {"refused_seeds", e.refused_seeds},
                         {"return", ToJson(e.total_reward)},
                         {"cost", ToJson(e.cost)},
                         {"cost_by_kind", by_kind},
                         {"length", ToJson(e.length_steps)},
                         {"cost_rate", e.cost_rate},
                         {"training_cost_rate", policy.training_cost_rate},
                         {"violation_steps", policy.oversight.violations.steps},
                         {"violations", policy.oversight.violations.beginnings},
                         {"blocked_steps", policy.oversight.blocks}};
  const Scores* const characteristic = FindCharacteristicScores(policy.saved.environment.id);
  if (characteristic != nullptr) {
    object["normalised"] = ScoresToJson(Normalise(ScoresOf(policy), *characteristic));
  }
  return object;
}

}  // namespace lookout::app
