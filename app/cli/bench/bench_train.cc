#include "app/cli/bench/bench_train.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cinttypes>
#include <cstdio>
#include <limits>
#include <memory>
#include <string>

#include "agents/rl/runs/checkpoint.h"
#include "agents/rl/runs/training.h"
#include "app/cli/bench/network_speed.h"
#include "app/cli/support/fail.h"
#include "app/cli/support/text/score_text.h"
#include "app/runs/saved_policy.h"
#include "sim/base/fingerprint.h"
#include "sim/base/log.h"

namespace lookout::app {
namespace {

using agents::IterationReport;
using agents::TrainingSettings;

constexpr std::array kEnvironments{"Safexp-PointGoal1-v0", "Safexp-CarGoal1-v0"};
constexpr std::array kPresets{"ray2019", "fast"};
constexpr std::array kWorkers{1, 2};

struct TrainBenchOptions {
  std::string algorithm = "ppo-lag";
  bool quick = false;
};

// An iteration so small that a test can afford it.
void MakeQuick(TrainingSettings& settings) {
  settings.environments = 3;
  settings.steps_per_iteration = 600;
  settings.policy_iterations = settings.value_iterations = 2;
  settings.minibatch = std::min(settings.minibatch, settings.steps_per_iteration / 30);
}

bool HasTrustRegion(agents::Algorithm algorithm) {
  return algorithm != agents::Algorithm::kPpo && algorithm != agents::Algorithm::kPpoLagrangian;
}

// Of the gradient steps that a report tells of.
double UpdateFlops(const TrainingSettings& settings, const IterationReport& report,
                   const sim::EnvironmentSpec& spec) {
  if (HasTrustRegion(settings.algorithm)) return std::numeric_limits<double>::quiet_NaN();
  // A column is a decision of the agent; what does not fill a minibatch is left out of a pass.
  const int columns = settings.steps_per_iteration / settings.action_repeat;
  const int minibatch = settings.minibatch > 0 ? settings.minibatch : columns;
  const int minibatches = columns / minibatch;
  const double value_networks = IsConstrained(settings.algorithm) ? 2.0 : 1.0;
  const auto pass = [&](int outputs) {
    return GradientFlops({spec.observation_dim, settings.hidden, settings.hidden, outputs});
  };
  return pass(spec.action_dim) * report.policy_epochs * minibatch +
         pass(1) * value_networks * settings.value_iterations * minibatches * minibatch;
}

// One line per number of workers; refuses results that differ between them.
Status BenchPreset(const TrainBenchOptions& options, const std::string& environment,
                   const std::string& preset, double peak_gflops) {
  auto config = sim::ConfigForId(environment);
  if (!config.ok()) return config.error();
  auto settings = agents::SettingsPreset(preset, config->robot_base);
  if (!settings.ok()) return settings.error();
  auto algorithm = ParseChoice<agents::Algorithm>(options.algorithm, "algorithm");
  if (!algorithm.ok()) return WrongUsage(algorithm.error());
  settings->algorithm = *algorithm;
  if (options.quick) MakeQuick(*settings);
  std::uint64_t hash = 0;
  for (const int workers : kWorkers) {
    settings->workers = workers;
    const auto measured = MeasureIteration(*settings, *config);
    if (!measured.ok()) return measured.error();
    const IterationReport& r = measured->report;
    const double steps = settings->steps_per_iteration;
    const double share = measured->update_flops / r.update_seconds / (1e9 * peak_gflops * workers);
    std::printf("%-22s %-8s %7d %10.0f %10.0f %10.0f %s  %016" PRIx64 "\n", environment.c_str(),
                preset.c_str(), workers, steps / r.sample_seconds, steps / r.update_seconds,
                steps / (r.sample_seconds + r.update_seconds), NumberCell(share, 8, 2).c_str(),
                measured->policy_hash);
    std::fflush(stdout);
    if (workers != kWorkers.front() && measured->policy_hash != hash) {
      return Error{fmt::format("The policy differs between one and {} workers.", workers)};
    }
    hash = measured->policy_hash;
  }
  return {};
}

Status BenchTrain(const TrainBenchOptions& options) {
  const double peak = PrintNetworkSpeed(options.quick ? 0.01 : 0.5);
  std::printf("\n%s, the second iteration; steps per second; share: of the update in the peak\n",
              options.algorithm.c_str());
  std::printf("%-22s %-8s %7s %10s %10s %10s %8s  %s\n", "environment", "preset", "workers",
              "sampling", "updating", "in total", "share", "policy");
  for (const char* environment : kEnvironments) {
    for (const char* preset : kPresets) {
      const Status measured = BenchPreset(options, environment, preset, peak);
      if (!measured.ok()) return measured;
    }
  }
  return {};
}

}  // namespace

Result<MeasuredIteration> MeasureIteration(const TrainingSettings& settings,
                                           const sim::EnvironmentConfig& config) {
  auto run = agents::TrainingRun::Create(settings, [&] { return MakeEnvironment(config); });
  if (!run.ok()) return run.error();
  const auto warm_up = (*run)->RunIteration();
  if (!warm_up.ok()) return warm_up.error();
  const auto report = (*run)->RunIteration();
  if (!report.ok()) return report.error();
  auto actor = agents::DecodeActor((*run)->EncodeCheckpoint(), (*run)->spec());
  if (!actor.ok()) return actor.error();
  actor->origin.signature = {};  // the hash is of what was learned
  return MeasuredIteration{*report, UpdateFlops(settings, *report, (*run)->spec()),
                           Fnv1a(agents::EncodePolicyFile(*actor))};
}

void AddBenchTrainCommand(CLI::App& bench, int& exit_code) {
  auto options = std::make_shared<TrainBenchOptions>();
  CLI::App* train = bench.add_subcommand("train", "How fast agents sample and learn.");
  train->add_option("--algo", options->algorithm, "which agent")->capture_default_str();
  train->add_flag("--quick", options->quick, "so little of everything that it takes seconds");
  train->callback([options, &exit_code] {
    const Status measured = BenchTrain(*options);
    if (!measured.ok()) exit_code = Fail(measured.error());
  });
}

}  // namespace lookout::app
