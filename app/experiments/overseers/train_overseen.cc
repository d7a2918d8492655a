#include "app/experiments/overseers/train_overseen.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <memory>
#include <numeric>
#include <utility>
#include <vector>

#include "agents/rl/runs/training.h"
#include "app/experiments/overseers/learned_overseers.h"
#include "app/experiments/overseers/watched_world.h"
#include "app/experiments/study_seeds.h"
#include "app/overseers/overseer_spec.h"
#include "app/runs/saved_policy.h"

namespace lookout::app {
namespace {

constexpr int kPurposesOfEpisodes = 2;
constexpr std::size_t kPartsOfTraining = 10;  // of which the first and the last one count

using AfterIteration = std::function<Status(const agents::IterationReport& report)>;

std::string PersonText(const OverseersSettings& settings, std::uint32_t seed) {
  return fmt::format("person:lag={},misses={},seed={}", NumberText(settings.person_lag_s),
                     NumberText(settings.person_misses), seed);
}

Result<agents::ActionFilterMaker> OverseerOf(const OverseersWorld& world, const std::string& text) {
  return MakeOverseers(text, world.settings.environment, world.cameras, {.guarded = false});
}

// The mean of a part of the iterations.
double MeanOf(std::span<const double> shares) {
  return std::accumulate(shares.begin(), shares.end(), 0.0) / static_cast<double>(shares.size());
}

void SetBlockShares(std::span<const double> shares, OverseenTraining& trained) {
  const std::size_t part = (shares.size() + kPartsOfTraining - 1) / kPartsOfTraining;
  trained.early_blocks = MeanOf(shares.first(part));
  trained.late_blocks = MeanOf(shares.last(part));
}

// All of the training, in the watched world's present phase and those that `after` begins.
Status TrainToTheEnd(const agents::TrainingSettings& settings, WatchedWorld& watched,
                     const AfterIteration& after, const KeepGoing& keep_going,
                     OverseenTraining& trained) {
  auto run = agents::TrainingRun::Create(
      settings, watched.Environments(),
      settings.overseer.empty() ? agents::ActionFilterMaker() : watched.Filters());
  if (!run) return run.error();
  std::vector<double> shares;  // blocked, of each iteration
  while (!(*run)->finished()) {
    bool stopped = false;
    const auto report = (*run)->RunIteration([&](double) {
      stopped = stopped || !keep_going();
      return !stopped;
    });
    if (stopped) return ExperimentStopped();
    if (!report) return report.error();
    shares.push_back(report->blocked_share);
    if (Status went_on = after(*report); !went_on) return went_on;
  }
  trained.policy = (*run)->policy(/*deterministic=*/false);
  trained.checkpoint = (*run)->EncodeCheckpoint();
  SetBlockShares(shares, trained);
  return {};
}

agents::EnvironmentMaker MakerOf(const OverseersWorld& world) {
  return [&world] { return MakeEnvironment(world.settings.environment, world.cameras); };
}

// One phase, under whoever is named; nobody if nobody is.
Result<OverseenTraining> TrainUnder(const OverseersWorld& world, const OverseersKey& key,
                                    const KeepGoing& keep_going) {
  const agents::TrainingSettings settings = TrainingSettingsOf(world.settings, key);
  OverseenTraining trained;
  auto overseer = OverseerOf(world, settings.overseer);
  if (!overseer) return overseer.error();
  trained.overseer = *overseer;
  WatchedWorld watched(MakerOf(world));
  watched.BeginPhase({.make_filter = std::move(*overseer)});
  const auto nothing = [](const agents::IterationReport&) { return Status(); };
  if (Status s = TrainToTheEnd(settings, watched, nothing, keep_going, trained); !s) {
    return s.error();
  }
  trained.phases[0] = WatchedSteps::Of(watched.Counts(0));
  return trained;
}

// HIRL (Saunders et al. 2017): a person first, then the blocker that learned from them. It is one
// training, whose counters go on: the blocker takes over between two iterations, in each
// environment with its next episode, so that every episode has one overseer.
Result<OverseenTraining> TrainByHirl(const OverseersWorld& world, const OverseersKey& key,
                                     const KeepGoing& keep_going) {
  const agents::TrainingSettings settings = TrainingSettingsOf(world.settings, key);
  auto person = OverseerOf(world, settings.overseer);
  if (!person) return person.error();
  OverseenTraining trained;
  WatchedWorld watched(MakerOf(world), /*keep_verdicts=*/true);
  watched.BeginPhase(
      {.make_filter = std::move(*person), .person_s_per_step = world.spec.step_duration_s});
  const AfterIteration after = [&](const agents::IterationReport& report) -> Status {
    if (report.steps < world.settings.watched_steps || trained.overseer) return {};
    auto blocker = BlockerOf(world, key.seed, watched.Verdicts(world.spec), keep_going);
    if (!blocker) return blocker.error();
    trained.overseer = std::move(*blocker);
    watched.BeginPhase({.make_filter = trained.overseer});
    return {};
  };
  if (Status s = TrainToTheEnd(settings, watched, after, keep_going, trained); !s) {
    return s.error();
  }
  trained.phases = {WatchedSteps::Of(watched.Counts(0)), WatchedSteps::Of(watched.Counts(1))};
  return trained;
}

// Recovery RL (Thananjeyan et al. 2021): a critic of risk that learned offline, from violations
// that count. Unlike the paper's it does not go on learning in training.
Result<OverseenTraining> TrainByRecovery(const OverseersWorld& world, const OverseersKey& key,
                                         const KeepGoing& keep_going) {
  WatchedWorld offline(MakerOf(world));
  offline.BeginPhase({});
  auto critic = RiskCriticOf(world, key.seed, offline.Environments(), keep_going);
  if (!critic) return critic.error();
  OverseenTraining trained;
  trained.overseer = std::move(*critic);
  WatchedWorld watched(MakerOf(world));
  watched.BeginPhase({.make_filter = trained.overseer});
  const agents::TrainingSettings settings = TrainingSettingsOf(world.settings, key);
  const auto nothing = [](const agents::IterationReport&) { return Status(); };
  if (Status s = TrainToTheEnd(settings, watched, nothing, keep_going, trained); !s) {
    return s.error();
  }
  trained.phases = {WatchedSteps::Of(offline.Counts(0)), WatchedSteps::Of(watched.Counts(0))};
  return trained;
}

}  // namespace

OverseersSeeds OverseersSeedsOf(const OverseersSettings& settings, std::uint32_t seed) {
  agents::TrainingSettings training = settings.training;
  training.seed = seed;
  const StudySeeds seeds(training, kPurposesOfEpisodes,
                         std::max(settings.offline_episodes, settings.evaluation_episodes));
  return {.offline = seeds.first(0), .evaluation = seeds.first(1)};
}

agents::TrainingSettings TrainingSettingsOf(const OverseersSettings& settings,
                                            const OverseersKey& key) {
  agents::TrainingSettings training = settings.training;
  training.seed = key.seed;
  training.overseer.clear();
  training.cost_source = agents::CostSource::kRule;
  training.cost_limit = key.row == OverseersRow::kConstrained ? settings.limit : 0.0;
  if (!HasOverseer(key.row)) return training;
  // The overseer is the constraint.
  training.algorithm =
      agents::UsesPpo(training) ? agents::Algorithm::kPpo : agents::Algorithm::kTrpo;
  training.cost_source = agents::CostSource::kNone;
  training.learn_from = agents::LearnFrom::kProposed;
  training.block_penalty = settings.block_penalty;
  if (key.row == OverseersRow::kLookAhead) {
    training.overseer = settings.look_ahead;
    training.learn_from = settings.learn_from;
  } else if (key.row == OverseersRow::kHirl) {
    training.overseer = PersonText(settings, key.seed);
  } else {
    training.overseer = "risk";  // for the record alone
    training.block_penalty = 0.0;
  }
  return training;
}

Result<OverseenTraining> TrainOverseen(const OverseersWorld& world, const OverseersKey& key,
                                       const KeepGoing& keep_going) {
  if (key.row == OverseersRow::kHirl) return TrainByHirl(world, key, keep_going);
  if (key.row == OverseersRow::kRecovery) return TrainByRecovery(world, key, keep_going);
  return TrainUnder(world, key, keep_going);
}

}  // namespace lookout::app
