// lookout attack observations: how far sensors have to be off for a cost model's verdict to turn.
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "agents/feedback/models/unsafe_threshold.h"
#include "agents/inspect/attacks/observation_attack.h"
#include "app/cli/inspect/attack_support.h"
#include "app/cli/inspect/inspect_commands.h"
#include "app/cli/support/fail.h"
#include "app/cli/support/named_policy.h"
#include "app/cli/support/option_checks.h"
#include "app/cli/support/stop_signal.h"
#include "app/cli/support/text/text_table.h"
#include "app/cost_models/cost_model_file.h"
#include "app/desktop/robot_cameras.h"
#include "app/runs/policy_evaluation.h"
#include "app/runs/saved_policy.h"

namespace lookout::app {
namespace {

// Of each kind, dangers and safe steps: so many are attacked, spread evenly over what was played.
constexpr std::size_t kMostOfEach = 500;

struct ObservationOptions {
  std::string model;
  PolicyChoice choice{.policy = "goto"};
  EvaluationOptions episodes{.episodes = 10};
  agents::ObservationAttackSettings settings{.threshold = agents::kUnsafeFrom};
  bool json = false;
};

// Steps of episodes, each with whether it was charged.
struct Steps {
  std::vector<Eigen::VectorXf> dangers;
  std::vector<Eigen::VectorXf> safe;

  void Append(Steps other) {
    std::ranges::move(other.dangers, std::back_inserter(dangers));
    std::ranges::move(other.safe, std::back_inserter(safe));
  }
  // Every so-manieth of each kind, as columns.
  std::pair<Eigen::MatrixXf, std::vector<bool>> Some(int dim) const {
    Eigen::MatrixXf columns(dim, 0);
    std::vector<bool> unsafe;
    for (const auto* kind : {&dangers, &safe}) {
      const std::size_t count = std::min(kMostOfEach, kind->size());
      for (std::size_t i = 0; i < count; ++i) {
        columns.conservativeResize(Eigen::NoChange, columns.cols() + 1);
        columns.rightCols(1) = (*kind)[i * kind->size() / count];
        unsafe.push_back(kind == &dangers);
      }
    }
    return {std::move(columns), std::move(unsafe)};
  }
};

Result<Steps> PlaySteps(const ObservationOptions& options, const sim::EnvironmentConfig& config,
                        const agents::Policy& policy, const StopSignal& stop) {
  std::vector<Steps> of_episode(static_cast<std::size_t>(options.episodes.episodes));
  const auto played = PlayEpisodes(
      policy, [&] { return MakeEnvironment(config, RobotCameras()); }, options.episodes,
      [&](double) { return !stop.requested(); },
      [&](int index, const sim::Environment& environment, const agents::StepOutcome* outcome) {
        if (outcome == nullptr) return;
        Steps& steps = of_episode[static_cast<std::size_t>(index)];
        auto& kind = outcome->result.costs.total > 0.0 ? steps.dangers : steps.safe;
        kind.push_back(environment.observation().cast<float>());
      });
  if (!played.ok()) return played.error();
  Steps steps;
  for (Steps& one : of_episode) steps.Append(std::move(one));
  return steps;
}

void Print(const ObservationOptions& options, const std::string& environment,
           const agents::ObservationAttack& attack) {
  if (options.json) {
    nlohmann::ordered_json budgets = nlohmann::ordered_json::array();
    for (const agents::BudgetFigures& of : attack.budgets) {
      budgets.push_back({{"budget", of.budget},
                         {"missed", ShareToJson(of.missed, attack.dangers)},
                         {"missed_at_random", ShareToJson(of.missed_at_random, attack.dangers)},
                         {"alarmed", ShareToJson(of.alarmed, attack.safe)},
                         {"alarmed_at_random", ShareToJson(of.alarmed_at_random, attack.safe)}});
    }
    const nlohmann::ordered_json report{{"cost_model", options.model},
                                        {"environment", environment},
                                        {"seed", options.episodes.seed},
                                        {"dangers", attack.dangers},
                                        {"safe", attack.safe},
                                        {"wrong_as_it_is", attack.wrong},
                                        {"budgets", budgets}};
    std::printf("%s\n", report.dump(2).c_str());
    return;
  }
  TextTable table;
  table.Row({"off by", "dangers called safe", "by noise", "safe called unsafe", "by noise"});
  for (const agents::BudgetFigures& of : attack.budgets) {
    table.Row({fmt::format("{:g} %", 100.0 * of.budget), ShareText(of.missed, attack.dangers),
               ShareText(of.missed_at_random, attack.dangers), ShareText(of.alarmed, attack.safe),
               ShareText(of.alarmed_at_random, attack.safe)});
  }
  std::printf("%s in %s: %lld dangers and %lld safe steps that it gets right (%lld wrong)\n%s",
              options.model.c_str(), environment.c_str(), static_cast<long long>(attack.dangers),
              static_cast<long long>(attack.safe), static_cast<long long>(attack.wrong),
              table.Text().c_str());
}

Status Attack(const ObservationOptions& options, const StopSignal& stop) {
  const auto file = LoadCostModelFile(options.model);
  if (!file.ok()) return file.error();
  const auto config = EnvironmentFor(options.choice);
  if (!config.ok()) return config.error();
  const auto environment = MakeEnvironment(*config, RobotCameras());
  if (!environment.ok()) return environment.error();
  const sim::EnvironmentSpec& spec = (*environment)->spec();
  if (Status fits = CheckFileFits(options.model, *file->model, spec); !fits.ok()) return fits;
  const auto policy = ReadPolicy(options.choice, *config, spec);
  if (!policy.ok()) return policy.error();
  const auto steps = PlaySteps(options, *config, **policy, stop);
  if (!steps.ok()) return steps.error();
  const auto [observations, unsafe] = steps->Some(spec.observation_dim);
  const auto attack =
      agents::AttackObservations(*file->model, spec, observations, unsafe, options.settings,
                                 [&] { return !stop.requested(); });
  if (!attack.ok()) return attack.error();
  Print(options, spec.id, *attack);
  return {};
}

}  // namespace

void AddObservationAttack(CLI::App& attack, int& exit_code) {
  auto options = std::make_shared<ObservationOptions>();
  CLI::App* command = attack.add_subcommand(
      "observations", "How far sensors have to be off for a cost model's verdict to turn.");
  command->add_option("model", options->model, "File of a cost model.")->required();
  AddPolicyChoice(*command, options->choice);
  command->add_option("--episodes", options->episodes.episodes, "That the steps are taken from.")
      ->check(Between(1, 10'000))
      ->capture_default_str();
  command->add_option("--seed", options->episodes.seed, "Of the first; each further one adds 1.")
      ->capture_default_str();
  command
      ->add_option("--budgets", options->settings.budgets,
                   "Shares of its scale by which each value may be off.")
      ->check(Between(1e-6, 10))
      ->delimiter(',')
      ->capture_default_str();
  command->add_option("--steps", options->settings.steps, "Of each ascent along the gradient.")
      ->check(Between(1, 10'000))
      ->capture_default_str();
  command->add_option("--restarts", options->settings.restarts, "Ascents; the worst counts.")
      ->check(Between(1, 1000))
      ->capture_default_str();
  command
      ->add_option("--threshold", options->settings.threshold,
                   "Probability from which on the model calls a step unsafe.")
      ->check(Between(0.001, 0.999))
      ->capture_default_str();
  command->add_flag("--json", options->json, "One JSON object instead of text.");
  command->footer(
      "Projected gradient ascent (Madry et al. 2018) on single steps: every value of the\n"
      "observation at once may be off by a share of its scale, which is a lidar's range, and the\n"
      "standard deviation of any other value. Noise: as many tries, each value off by all of its\n"
      "share, up or down at random. What is found need not be what any world shows; for that see\n"
      "'lookout attack moments'.");
  command->callback([options, &exit_code] {
    const StopSignal stop;
    exit_code = ExitCodeOf(Attack(*options, stop), stop, "There is no answer.");
  });
}

}  // namespace lookout::app
