// What a look-ahead prevents, what it costs the agent and what it costs in time:
// `look_ahead_bench [--quick] [ENVIRONMENT AGENT [EPISODES [FIRST_SEED [cost=off]]]]`, where AGENT
// is random, goal or a policy's file. Without a name it runs through the usual ones.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>

#include "agents/overseer/look_ahead.h"
#include "agents/policies/scripted/scripted_policies.h"
#include "agents/rl/runs/training.h"
#include "agents/rollout/stepper.h"
#include "sim/base/fingerprint.h"
#include "sim/engine/safety_gym.h"

namespace lookout::agents {
namespace {

struct Case {
  std::string environment = "Safexp-PointGoal1-v0";
  std::string agent = "random";
  int episodes = 1;
  int first_seed = 1;
  bool reviewed = true;
  int most_steps = 1000;
  bool tells = false;  // of every violation
};

struct Tally {
  double seconds = 0.0;  // of this thread's processor time
  std::int64_t steps = 0;
  std::int64_t violations = 0;  // steps
  std::int64_t beginnings = 0;
  int episodes_with = 0;
  double returns = 0.0;
  std::int64_t goals = 0;
  std::uint64_t hash = Fnv1a("");
};

double ProcessorSeconds() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

PolicyPtr MakeAgent(const std::string& agent, const sim::EnvironmentConfig& config,
                    const sim::EnvironmentSpec& spec) {
  if (agent == "random") return MakeRandomPolicy(spec);
  if (agent == "goal") return *MakeGoToGoalPolicy(config, spec);
  std::ifstream file(agent, std::ios::binary);
  const std::string bytes((std::istreambuf_iterator<char>(file)), {});
  return *DecodePolicy(bytes, spec, false);
}

void Fold(const Eigen::VectorXd& values, std::uint64_t& hash) {
  const auto bytes = static_cast<std::size_t>(values.size()) * sizeof(double);
  const std::string_view text(reinterpret_cast<const char*>(values.data()), bytes);
  hash = (hash ^ Fnv1a(text)) * 1099511628211ULL;
}

void RunEpisode(const Case& run, int seed, const Policy& policy, sim::SafetyGym& gym,
                Stepper& stepper, Tally& tally) {
  if (!gym.Reset(static_cast<std::uint32_t>(seed)).ok()) return;  // it starts in a cost
  stepper.BeginEpisode();
  const auto memory = policy.NewMemory();
  RandomState random(static_cast<std::uint32_t>(seed));
  bool cost_before = false;
  bool any = false;
  for (int step = 0; step < run.most_steps; ++step) {
    const StepOutcome& outcome = stepper.Step(policy, *memory, random);
    const bool cost = outcome.result.costs.total > 0.0;
    ++tally.steps;
    tally.violations += cost ? 1 : 0;
    tally.beginnings += cost && !cost_before ? 1 : 0;
    if (run.tells && cost && !cost_before) {
      std::printf("  seed %d step %d: %s\n", seed, step, std::string(outcome.reason).c_str());
    }
    any = any || cost;
    cost_before = cost;
    tally.returns += outcome.result.reward;
    tally.goals += outcome.result.goal_met ? 1 : 0;
    Fold(outcome.executed_action, tally.hash);
    if (IsDone(outcome.result.status)) break;
  }
  tally.episodes_with += any ? 1 : 0;
}

void Report(const Case& run, const Tally& tally, const LookAheadCounts& counts) {
  const auto share = [&](std::int64_t part) {
    return counts.reviews > 0
               ? 100.0 * static_cast<double>(part) / static_cast<double>(counts.reviews)
               : 0.0;
  };
  const std::string_view agent = std::string_view(run.agent).substr(run.agent.rfind('/') + 1);
  std::printf(
      "%-22s %-26.*s %-7s %4d episodes: violations %lld in %d, return %6.2f, goals %5.2f; "
      "%6.0f steps/s",
      run.environment.c_str(), static_cast<int>(agent.size()), agent.data(),
      run.reviewed ? "looks" : "without", run.episodes, static_cast<long long>(tally.violations),
      tally.episodes_with, tally.returns / run.episodes,
      static_cast<double>(tally.goals) / run.episodes,
      static_cast<double>(tally.steps) / tally.seconds);
  if (run.reviewed) {
    std::printf(
        ", gated %.1f %%, simulated %.1f %%, replaced %.2f %% (detour %lld, plan %lld, way out "
        "%lld), per "
        "review %.2f twin %.2f bare steps",
        share(counts.plainly_clear), share(counts.reviews - counts.plainly_clear),
        share(counts.replaced), static_cast<long long>(counts.detour),
        static_cast<long long>(counts.by_plan), static_cast<long long>(counts.way_out),
        share(counts.twin_steps) / 100.0, share(counts.bare_steps) / 100.0);
  }
  std::printf("  hash %016llx\n", static_cast<unsigned long long>(tally.hash));
  std::fflush(stdout);
}

void Run(const Case& run) {
  const auto config = *sim::ConfigForId(run.environment);
  const auto gym = *sim::SafetyGym::Create(config);
  const PolicyPtr policy = MakeAgent(run.agent, config, gym->spec());
  const auto filter = *LookAhead::Create(config, {});
  Stepper stepper(*gym, run.reviewed ? filter.get() : nullptr);
  Tally tally;
  const double start = ProcessorSeconds();
  for (int i = 0; i < run.episodes; ++i) {
    RunEpisode(run, run.first_seed + i, *policy, *gym, stepper, tally);
  }
  tally.seconds = ProcessorSeconds() - start;
  Report(run, tally, filter->counts());
}

void RunUsual(bool quick) {
  for (const char* environment : {"Safexp-PointGoal1-v0", "Safexp-CarGoal1-v0"}) {
    for (const char* agent : {"random", "goal"}) {
      for (const bool reviewed : {false, true}) {
        Run({.environment = environment,
             .agent = agent,
             .episodes = quick ? 1 : 10,
             .reviewed = reviewed,
             .most_steps = quick ? 100 : 1000});
      }
    }
  }
}

}  // namespace
}  // namespace lookout::agents

int main(int argc, char** argv) {
  using lookout::agents::Case;
  if (argc < 3) {
    lookout::agents::RunUsual(argc > 1 && std::strcmp(argv[1], "--quick") == 0);
    return 0;
  }
  Case run{.environment = argv[1], .agent = argv[2], .tells = true};
  if (argc > 3) run.episodes = std::atoi(argv[3]);
  if (argc > 4) run.first_seed = std::atoi(argv[4]);
  if (argc > 5) run.reviewed = std::strcmp(argv[5], "cost=off") != 0;
  lookout::agents::Run(run);
  return 0;
}
