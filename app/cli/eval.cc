// lookout eval: plays episodes with trained policies and says how good and how safe they are.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <thread>
#include <vector>

#include "app/cli/commands.h"
#include "app/cli/support/fail.h"
#include "app/cli/support/option_checks.h"
#include "app/cli/support/stop_signal.h"
#include "app/cli/support/text/episode_table.h"
#include "app/cli/support/text/progress_bar.h"
#include "app/cli/support/text/score_text.h"
#include "app/desktop/robot_cameras.h"
#include "app/runs/benchmark_scores.h"
#include "app/runs/evaluated_policy.h"
#include "app/runs/run_groups.h"
#include "app/runs/saved_policy.h"

namespace lookout::app {
namespace {

using nlohmann::ordered_json;

constexpr int kPathWidth = 36;  // a longer path has a line of its own

struct EvalOptions {
  std::vector<std::string> policies;
  PolicyEvaluationOptions evaluation;
  bool json = false;
};

std::vector<SuiteMean> SuitesOf(const std::vector<EvaluatedPolicy>& policies) {
  std::vector<const SavedPolicy*> saved;
  for (const EvaluatedPolicy& policy : policies) saved.push_back(&policy.saved);
  const std::vector<std::string> agents = AgentNames(saved);
  std::vector<AgentScores> scores;
  for (std::size_t i = 0; i < policies.size(); ++i) {
    scores.push_back({agents[i], policies[i].saved.environment.id, ScoresOf(policies[i])});
  }
  return CompleteSuites(scores);
}

void PrintPolicyHeading() {
  std::printf("%-*s %8s%17s%17s%15s%9s%9s%s\n", kPathWidth, "policy", "episodes", "return", "cost",
              "length", "rate", "trained", ScoreHeading().c_str());
}

void PrintPolicy(const EvaluatedPolicy& policy, bool overseen) {
  const Evaluation& e = policy.evaluation;
  const Scores* const characteristic = FindCharacteristicScores(policy.saved.environment.id);
  const bool fits = static_cast<int>(policy.path.size()) <= kPathWidth;
  if (!fits) std::printf("%s\n", policy.path.c_str());
  std::printf("%-*s %8d%s%s%s%s%s%s\n", kPathWidth, fits ? policy.path.c_str() : "", e.episodes,
              SpreadCell(e.total_reward, 17, 2).c_str(), SpreadCell(e.cost, 17, 2).c_str(),
              SpreadCell(e.length_steps, 15, 1).c_str(), NumberCell(e.cost_rate, 9, 4).c_str(),
              NumberCell(policy.training_cost_rate, 9, 4).c_str(),
              characteristic != nullptr
                  ? ScoreCells(Normalise(ScoresOf(policy), *characteristic)).c_str()
                  : "");
  std::printf("    %s, iteration %lld, in %s; %s actions, first seed %u\n",
              policy.saved.actor.name.c_str(), static_cast<long long>(policy.saved.actor.iteration),
              policy.saved.environment.id.c_str(), std::string(policy.actions).c_str(),
              policy.first_seed);
  for (const sim::CostKind kind : policy.cost_kinds) {
    std::printf("    %-58s%s\n", ("cost of " + std::string(sim::CostKindName(kind))).c_str(),
                SpreadCell(e.cost_by_kind[std::size_t(kind)], 20, 2).c_str());
  }
  const agents::LedgerCounts& o = policy.oversight;
  if (overseen) {
    std::printf("    %lld violation steps, begun %lld times; %lld steps blocked of %lld\n",
                static_cast<long long>(o.violations.steps),
                static_cast<long long>(o.violations.beginnings), static_cast<long long>(o.blocks),
                static_cast<long long>(o.steps));
  }
  if (e.diverged > 0) std::printf("    %d episodes diverged and are left out\n", e.diverged);
  if (!e.refused_seeds.empty()) std::printf("    %s\n", RefusedSeedsText(e.refused_seeds).c_str());
  std::fflush(stdout);
}

void PrintPoliciesAsJson(const std::vector<EvaluatedPolicy>& policies) {
  ordered_json object = {{"policies", ordered_json::array()}, {"suites", ordered_json::array()}};
  for (const EvaluatedPolicy& policy : policies)
    object["policies"].push_back(EvaluationToJson(policy));
  for (const SuiteMean& suite : SuitesOf(policies)) {
    object["suites"].push_back(
        {{"suite", suite.suite}, {"agent", suite.agent}, {"mean", ScoresToJson(suite.mean)}});
  }
  std::printf("%s\n", object.dump(2).c_str());
}

int RunEval(const EvalOptions& options) {
  const StopSignal stop;
  const double count = options.evaluation.episodes.episodes;
  ProgressBar bar(0.0, count * double(options.policies.size()), "episodes");
  std::vector<EvaluatedPolicy> evaluated;
  for (const std::string& path : options.policies) {
    auto policy = EvaluatePolicy(path, options.evaluation, RobotCameras(), [&](double fraction) {
      bar.Show(count * (double(evaluated.size()) + fraction));
      return !stop.requested();
    });
    bar.Clear();
    if (stop.requested()) return kSignalExit + stop.number();
    if (!policy.ok()) return Fail(policy.error());
    if (!options.json && evaluated.empty()) PrintPolicyHeading();
    if (!options.json) PrintPolicy(*policy, !options.evaluation.overseer.empty());
    evaluated.push_back(std::move(*policy));
  }
  if (options.json) {
    PrintPoliciesAsJson(evaluated);
  } else {
    std::printf("%s", SuiteLines(SuitesOf(evaluated)).c_str());
  }
  return 0;
}

}  // namespace

void AddEvalCommand(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<EvalOptions>();
  options->evaluation.episodes.workers =
      std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
  CLI::App* command =
      app.add_subcommand("eval", "Play episodes with trained policies: return, costs and scores");
  command->add_option("policies", options->policies, "folders of runs, checkpoints or policy files")
      ->required();
  command->add_option("--episodes", options->evaluation.episodes.episodes, "for each policy")
      ->check(Between(1, 1'000'000))
      ->capture_default_str();
  command
      ->add_option("--seed", options->evaluation.episodes.seed,
                   "of the first episode; each further one adds 1")
      ->capture_default_str();
  command->add_option("--env", options->evaluation.environment,
                      "environment id; default: the policy's own");
  command
      ->add_option("--workers", options->evaluation.episodes.workers,
                   "threads; never changes the result")
      ->check(Between(1, 256));
  command->add_flag("--sampled", options->evaluation.sampled,
                    "draw actions as in training, instead of taking their mean");
  command->add_option("--overseer", options->evaluation.overseer,
                      "who reviews every action, as 'lookout oversee --help' lists them");
  command->add_flag("--json", options->json, "one JSON object instead of a table");
  command->callback([options, &exit_code] { exit_code = RunEval(*options); });
}

}  // namespace lookout::app
