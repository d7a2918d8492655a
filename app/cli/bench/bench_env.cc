#include "app/cli/bench/bench_env.h"

#include <fmt/format.h>

#include <Eigen/Core>
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <memory>
#include <span>
#include <thread>

#include "app/cli/support/fail.h"
#include "app/platform/thread_time.h"
#include "sim/base/random_state.h"
#include "sim/config/config.h"
#include "sim/conformance/plain_loop.h"
#include "sim/engine/safety_gym.h"

namespace lookout::app {
namespace {

constexpr std::uint32_t kSeed = 1;
constexpr int kHashedEpisodes = 2;

// The original in Python, on the same MuJoCo, steps per second of one core.
struct PythonSpeed {
  const char* id;
  double steps_per_s;
};
constexpr PythonSpeed kPythonSpeeds[] = {{"Safexp-PointGoal1-v0", 3323},
                                         {"Safexp-CarGoal1-v0", 1697},
                                         {"Safexp-DoggoGoal1-v0", 1235},
                                         {"Safexp-PointButton2-v0", 890},
                                         {"Safexp-PointPush2-v0", 1758}};

double WallSeconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

// Runs an environment with random actions, which it draws outside of the time that is measured.
class Runner {
 public:
  static Result<Runner> Create(const std::string& id, const EnvBenchOptions& options,
                               std::uint32_t seed) {
    Result<sim::EnvironmentConfig> config = sim::ConfigForId(id);
    if (!config) return config.error();
    if (options.quick) config->num_steps = 20;
    auto gym = sim::SafetyGym::Create(*config);
    if (!gym) return gym.error();
    if (const Status started = (*gym)->Reset(seed); !started) return started.error();
    return Runner(std::move(*gym), seed);
  }

  void DrawActions() {
    for (Eigen::VectorXd& action : actions_) {
      for (double& component : action) component = random_.Uniform(-1, 1);
    }
  }

  // Steps through the drawn actions. A full step ends with the reset that it makes necessary.
  Status Run() {
    for (const Eigen::VectorXd& action : actions_) {
      if (!IsDone(gym_->Step(action).status)) continue;
      if (Status reset = gym_->ResetNext(); !reset) return reset;
    }
    return {};
  }

  const std::vector<Eigen::VectorXd>& actions() const { return actions_; }
  int slice_steps() const { return static_cast<int>(actions_.size()); }
  int slices_per_episode() const { return gym_->config().num_steps / slice_steps(); }
  const sim::SafetyGym& gym() const { return *gym_; }
  std::uint64_t Hash() const { return sim::StateHash(gym_->Save()); }

 private:
  static constexpr int kSlicesPerEpisode = 20;

  Runner(std::unique_ptr<sim::SafetyGym> gym, std::uint32_t seed)
      : gym_(std::move(gym)),
        random_(seed),
        actions_(gym_->config().num_steps / kSlicesPerEpisode,
                 Eigen::VectorXd::Zero(gym_->spec().action_dim)) {}

  std::unique_ptr<sim::SafetyGym> gym_;
  RandomState random_;
  std::vector<Eigen::VectorXd> actions_;
};

// The two sides of a comparison, and how long each took.
class Contest {
 public:
  explicit Contest(Runner runner) : runner_(std::move(runner)), plain_(runner_.gym().config()) {}

  Status RunEpisode() {
    for (int i = 0; i < runner_.slices_per_episode(); ++i) {
      plain_.Start(runner_.gym().CopyModel(), runner_.gym().Save());
      runner_.DrawActions();
      const bool plain_first = ++slices_ % 2 == 0;
      if (plain_first) RunPlain();
      const double start_s = ThreadSeconds();
      if (Status run = runner_.Run(); !run) return run;
      full_s_ += ThreadSeconds() - start_s;
      if (!plain_first) RunPlain();
      if (i + 1 == runner_.slices_per_episode()) break;  // a new episode has begun
      plain_hash_ = plain_hash_ * kHashFactor ^ plain_.StateHash();
      full_hash_ = full_hash_ * kHashFactor ^ runner_.Hash();
    }
    return {};
  }

  bool HasRun(double seconds) const { return std::min(plain_s_, full_s_) >= seconds; }
  double plain_steps_per_s() const { return slices_ * runner_.slice_steps() / plain_s_; }
  double full_steps_per_s() const { return slices_ * runner_.slice_steps() / full_s_; }
  // Of the states at the ends of all slices so far.
  std::uint64_t plain_hash() const { return plain_hash_; }
  std::uint64_t full_hash() const { return full_hash_; }

 private:
  static constexpr std::uint64_t kHashFactor = 1099511628211ULL;

  void RunPlain() {
    const double start_s = ThreadSeconds();
    for (const Eigen::VectorXd& action : runner_.actions()) plain_.Step(action);
    plain_s_ += ThreadSeconds() - start_s;
  }

  Runner runner_;
  sim::PlainLoop plain_;
  int slices_ = 0;
  double plain_s_ = 0.0;
  double full_s_ = 0.0;
  std::uint64_t plain_hash_ = 0;
  std::uint64_t full_hash_ = 0;
};

// Runs one slice of every runner on a thread of its own; returns the steps taken.
Result<int> RunTogether(std::span<Runner> runners) {
  std::vector<Status> results(runners.size());
  {
    std::vector<std::jthread> threads;
    for (std::size_t i = 0; i < runners.size(); ++i) {
      threads.emplace_back([&, i] { results[i] = runners[i].Run(); });
    }
  }
  for (const Status& result : results) {
    if (!result) return result.error();
  }
  return static_cast<int>(runners.size()) * runners.front().slice_steps();
}

double PythonSpeedOf(const std::string& id) {
  for (const PythonSpeed& python : kPythonSpeeds) {
    if (id == python.id) return python.steps_per_s;
  }
  return 0.0;
}

// Levels 1 and 2 are the benchmark that agents are compared on.
bool CountsForMean(const std::string& id) {
  return id.starts_with("Safexp-") && (id.ends_with("1-v0") || id.ends_with("2-v0"));
}

void PrintRow(const EnvBenchRow& row) {
  std::string python;
  if (const double speed = PythonSpeedOf(row.id); speed > 0) {
    python = fmt::format("{:.1f}", row.full_steps_per_s / speed);
  }
  std::printf("%-26s %9.0f %9.0f %6.3f %8s  %016llx %016llx\n", row.id.c_str(),
              row.plain_steps_per_s, row.full_steps_per_s, row.ratio(), python.c_str(),
              static_cast<unsigned long long>(row.plain_hash),
              static_cast<unsigned long long>(row.full_hash));
  std::fflush(stdout);
}

Status PrintEnvironments(const std::vector<std::string>& ids, const EnvBenchOptions& options) {
  std::printf("%-26s %9s %9s %6s %8s  %-16s %-16s\n", "steps per second, one core", "MuJoCo",
              "Lookout", "ratio", "x Python", "MuJoCo's state", "Lookout's state");
  double log_sum = 0;
  int counted = 0;
  for (const std::string& id : ids) {
    const Result<EnvBenchRow> row = MeasureEnvironment(id, options);
    if (!row) return row.error();
    PrintRow(*row);
    if (!CountsForMean(id)) continue;
    log_sum += std::log(row->ratio());
    ++counted;
  }
  if (counted > 0) {
    std::printf("geometric mean of the ratio over %d of levels 1 and 2: %.3f\n", counted,
                std::exp(log_sum / counted));
  }
  return {};
}

Status PrintWorkers(const std::vector<std::string>& ids, const EnvBenchOptions& options) {
  std::printf("\n%-26s %9s %9s %6s  state\n", "steps per second", "1 thread",
              fmt::format("{} threads", options.workers).c_str(), "times");
  for (const std::string& id : ids) {
    const Result<WorkersRow> row = MeasureWorkers(id, options);
    if (!row) return row.error();
    std::printf("%-26s %9.0f %9.0f %6.2f  %s\n", row->id.c_str(), row->one_steps_per_s,
                row->many_steps_per_s, row->many_steps_per_s / row->one_steps_per_s,
                row->same_states ? "same" : "DIFFERENT");
    std::fflush(stdout);
    if (!row->same_states) return Error{id + " depends on the number of threads; a bug."};
  }
  return {};
}

}  // namespace

std::vector<std::string> BenchmarkIds() {
  std::vector<std::string> ids;
  for (std::string& id : sim::EnvironmentIds()) {
    if (CountsForMean(id) || (id.starts_with("Safexp-") && id.ends_with("0-v0"))) {
      ids.push_back(std::move(id));
    }
  }
  return ids;
}

Result<EnvBenchRow> MeasureEnvironment(const std::string& id, const EnvBenchOptions& options) {
  Result<Runner> runner = Runner::Create(id, options, kSeed);
  if (!runner) return runner.error();
  Contest contest(std::move(*runner));
  EnvBenchRow row{.id = id};
  const int hashed_episodes = options.quick ? 1 : kHashedEpisodes;
  for (int i = 1; i <= hashed_episodes || !(options.quick || contest.HasRun(options.seconds));
       ++i) {
    if (Status run = contest.RunEpisode(); !run) return run.error();
    if (i != hashed_episodes) continue;
    row.plain_hash = contest.plain_hash();
    row.full_hash = contest.full_hash();
  }
  row.plain_steps_per_s = contest.plain_steps_per_s();
  row.full_steps_per_s = contest.full_steps_per_s();
  return row;
}

Result<WorkersRow> MeasureWorkers(const std::string& id, const EnvBenchOptions& options) {
  std::vector<Runner> alone;
  std::vector<Runner> together;
  for (int i = 0; i < options.workers; ++i) {
    Result<Runner> runner = Runner::Create(id, options, kSeed + static_cast<std::uint32_t>(i));
    if (!runner) return runner.error();
    together.push_back(std::move(*runner));
  }
  Result<Runner> runner = Runner::Create(id, options, kSeed);
  if (!runner) return runner.error();
  alone.push_back(std::move(*runner));

  const auto run = [&](std::vector<Runner>& runners, double& steps_per_s) -> Status {
    for (Runner& one : runners) one.DrawActions();
    const double start_s = WallSeconds();
    const Result<int> steps = RunTogether(runners);
    if (!steps) return steps.error();
    steps_per_s += *steps / (WallSeconds() - start_s);
    return {};
  };
  WorkersRow row{.id = id};
  const int slices = alone.front().slices_per_episode();
  for (int i = 0; i < slices; ++i) {
    if (Status ran = run(alone, row.one_steps_per_s); !ran) return ran.error();
    if (Status ran = run(together, row.many_steps_per_s); !ran) return ran.error();
  }
  row.one_steps_per_s /= slices;
  row.many_steps_per_s /= slices;
  row.same_states = alone.front().Hash() == together.front().Hash();
  return row;
}

int RunEnvBench(const EnvBenchOptions& options) {
  const std::vector<std::string> ids =
      options.environments.empty() ? BenchmarkIds() : options.environments;
  Status printed = PrintEnvironments(ids, options);
  if (printed && options.workers > 1) printed = PrintWorkers(ids, options);
  return printed ? 0 : Fail(printed.error());
}

}  // namespace lookout::app
