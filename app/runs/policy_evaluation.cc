#include "app/runs/policy_evaluation.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <limits>
#include <memory>

#include "agents/learning/worker_pool.h"
#include "agents/rl/settings/settings.h"
#include "app/runs/shared_progress.h"

namespace lookout::app {
namespace {

// One worker's environment.
struct Stage {
  std::unique_ptr<sim::Environment> environment;
  std::unique_ptr<agents::ActionFilter> filter;  // null: none
};

Result<std::vector<Stage>> MakeStages(int count, const agents::EnvironmentMaker& make,
                                      const agents::ActionFilterMaker& make_filter) {
  std::vector<Stage> stages(count);
  for (int i = 0; i < count; ++i) {
    auto environment = make();
    if (!environment.ok()) return environment.error();
    stages[i] = {std::move(*environment), make_filter ? make_filter(i) : nullptr};
  }
  return stages;
}

// False if it was stopped.
bool PlayEpisode(const agents::Policy& policy, std::uint32_t first_seed, int index,
                 const std::function<bool()>& keep_going, const EpisodeWatcher& watch, Stage& stage,
                 PlayedEpisode& episode) {
  sim::Environment& environment = *stage.environment;
  episode.seed = first_seed + static_cast<std::uint32_t>(index);
  if (const Status status = environment.Reset(episode.seed); !status.ok()) {
    episode.refusal = status.error().message;
    return true;
  }
  if (watch) watch(index, environment, nullptr);
  RandomState random(agents::StreamSeed(first_seed, agents::Stream::kActionNoise,
                                        static_cast<std::uint32_t>(index)));
  const auto memory = policy.NewMemory();
  agents::Stepper stepper(environment, stage.filter.get());
  stepper.BeginEpisode();
  while (!sim::IsDone(episode.status)) {
    if (!keep_going()) return false;
    const agents::StepOutcome& outcome = stepper.Step(policy, *memory, random);
    episode.Add(outcome.result);
    if (watch) watch(index, environment, &outcome);
  }
  return true;
}

template <typename Value>
Spread SpreadOver(const std::vector<const PlayedEpisode*>& episodes, const Value& value) {
  std::vector<double> values;
  values.reserve(episodes.size());
  for (const PlayedEpisode* episode : episodes) values.push_back(value(*episode));
  return SpreadOf(values);
}

}  // namespace

Result<std::vector<PlayedEpisode>> PlayEpisodes(const agents::Policy& policy,
                                                const agents::EnvironmentMaker& make_environment,
                                                const EvaluationOptions& options,
                                                const EvaluationProgress& progress,
                                                const EpisodeWatcher& watch) {
  agents::WorkerPool pool(std::clamp(options.workers, 1, options.episodes));
  auto stages = MakeStages(pool.workers(), make_environment, options.make_filter);
  if (!stages.ok()) return stages.error();
  std::vector<PlayedEpisode> episodes(options.episodes);
  SharedProgress shared(progress);
  std::atomic<int> done = 0;
  pool.ForEach(options.episodes, [&](int k, int worker) {
    const auto keep_going = [&] { return shared.KeepGoing(double(done) / options.episodes); };
    if (!shared.going()) return;
    if (!PlayEpisode(policy, options.seed, options.first + k, keep_going, watch, (*stages)[worker],
                     episodes[k])) {
      return;
    }
    ++done;
  });
  if (!shared.going()) return Error{"The evaluation was stopped."};
  if (std::ranges::none_of(episodes, &std::string::empty, &PlayedEpisode::refusal)) {
    return BadInput(fmt::format("No episode could be started, of seeds {} to {}; seed {}: {}",
                                episodes.front().seed, episodes.back().seed, episodes.front().seed,
                                episodes.front().refusal));
  }
  return episodes;
}

Evaluation Summarise(std::span<const PlayedEpisode> episodes) {
  std::vector<const PlayedEpisode*> counted;
  Evaluation evaluation;
  double cost = 0.0;
  double steps = 0.0;
  for (const PlayedEpisode& episode : episodes) {
    if (!episode.refusal.empty()) evaluation.refused_seeds.push_back(episode.seed);
    if (!episode.refusal.empty() || episode.status == sim::EpisodeStatus::kDiverged) continue;
    counted.push_back(&episode);
    cost += episode.costs.total;
    steps += episode.steps;
  }
  evaluation.episodes = static_cast<int>(counted.size());
  evaluation.diverged =
      static_cast<int>(episodes.size() - counted.size() - evaluation.refused_seeds.size());
  evaluation.total_reward = SpreadOver(counted, [](const auto& e) { return e.total_reward; });
  evaluation.cost = SpreadOver(counted, [](const auto& e) { return e.costs.total; });
  evaluation.length_steps = SpreadOver(counted, [](const auto& e) { return double(e.steps); });
  for (std::size_t k = 0; k < evaluation.cost_by_kind.size(); ++k) {
    evaluation.cost_by_kind[k] =
        SpreadOver(counted, [k](const auto& e) { return e.costs.by_kind[k]; });
  }
  evaluation.cost_rate = steps > 0.0 ? cost / steps : std::numeric_limits<double>::quiet_NaN();
  return evaluation;
}

}  // namespace lookout::app
