#include "agents/rl/rollouts/sampler.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "agents/rl/settings/settings.h"

namespace lookout::agents {
namespace {

// Environments that share one forward epoch; part of the result, so it is not a setting.
constexpr int kGroupSize = 3;
// A seed without a possible layout is rare; this many in a row mean a broken configuration.
constexpr int kStartAttempts = 20;

sim::EnvironmentSpec InDecisions(sim::EnvironmentSpec spec, int action_repeat) {
  spec.max_episode_steps = (spec.max_episode_steps + action_repeat - 1) / action_repeat;
  spec.step_duration_s *= action_repeat;
  return spec;
}

void Add(const sim::StepResult& step, sim::StepResult& sum) {
  sum.reward += step.reward;
  sum.costs.total += step.costs.total;
  for (std::size_t kind = 0; kind < sum.costs.by_kind.size(); ++kind) {
    sum.costs.by_kind[kind] += step.costs.by_kind[kind];
  }
  sum.goal_met = sum.goal_met || step.goal_met;
  sum.status = step.status;
}

// Holds the action for as many steps, fewer where the episode ends: rewards and costs added up, the
// last one's status. `after_step` is called with the outcome of each.
template <typename AfterStep>
sim::StepResult HoldAction(Stepper& stepper, const Eigen::VectorXd& action, int steps,
                           const AfterStep& after_step) {
  stepper.Hold(action, sim::ActionSource::kAgent, steps);
  const StepOutcome& first = stepper.Step();
  sim::StepResult sum = first.result;
  after_step(first);
  while (!stepper.needs_action()) {
    const StepOutcome& next = stepper.Step();
    Add(next.result, sum);
    after_step(next);
  }
  return sum;
}

Error AnotherEnvironment(std::uint32_t seed, std::string_view problem) {
  return {fmt::format("The checkpoint's episode with seed {} {}; the environment is another one.",
                      seed, problem)};
}

}  // namespace

Result<std::unique_ptr<Sampler>> Sampler::Create(const TrainingSettings& settings,
                                                 const EnvironmentMaker& make_environment,
                                                 const ActionFilterMaker& make_filter) {
  std::vector<Stage> stages;
  for (int i = 0; i < settings.environments; ++i) {
    auto environment = make_environment();
    if (!environment) return environment.error();
    auto filter = make_filter ? make_filter(i) : nullptr;
    const Stepper stepper(**environment, filter.get());
    stages.push_back({std::move(*environment), std::move(filter), stepper, {}});
    const sim::EnvironmentSpec& spec = stages.back().environment->spec();
    const sim::EnvironmentSpec& first = stages.front().environment->spec();
    if (spec.observation_dim != first.observation_dim || spec.action_dim != first.action_dim) {
      return BadInput("The environments of one training run have to be alike.");
    }
    if (spec.observation_dim < 1 || spec.action_dim < 1 || spec.max_episode_steps < 1) {
      return BadInput("Environment '" + spec.id + "' has no observations, actions or steps.");
    }
  }
  return std::unique_ptr<Sampler>(new Sampler(settings, std::move(stages)));
}

Sampler::Sampler(const TrainingSettings& settings, std::vector<Stage> stages)
    : seed_(settings.seed),
      only_kind_(OnlyKind(settings.cost_source)),
      action_repeat_(settings.action_repeat),
      learn_from_(settings.learn_from),
      stages_(std::move(stages)),
      spec_(InDecisions(stages_.front().environment->spec(), action_repeat_)) {
  const int count = static_cast<int>(stages_.size());
  for (int i = 0; i < count; ++i) {
    EpisodePosition position;
    position.seed = StreamSeed(seed_, Stream::kEpisodes, static_cast<std::uint32_t>(i));
    position.actions.setZero(spec().action_dim, spec().max_episode_steps);
    positions_.push_back(std::move(position));
    noise_.emplace_back(0);
  }
  for (int first = 0; first < count; first += kGroupSize) {
    Group& group = groups_.emplace_back();
    group.first = first;
    group.count = std::min(kGroupSize, count - first);
    group.inputs.setZero(spec().observation_dim, group.count);
    group.action.setZero(spec().action_dim);
  }
  Save();
}

void Sampler::SetCostModel(CostModelPtr model) {
  const PastInputs wanted = model ? model->past_inputs() : PastInputs{};
  cost_model_ = std::move(model);
  const PastInputs& kept = stages_.front().history.reach();
  const PastInputs reach{.history = std::max(wanted.history, kept.history),
                         .traces = std::max(wanted.traces, kept.traces),
                         .lidars = wanted.traces > 0 ? wanted.lidars : kept.lidars};
  // One observation before a state is at hand in any case.
  if (!wanted.BeyondOneStep() || reach == kept) return;
  for (Stage& stage : stages_) stage.history = ObservationHistory(reach);
  must_rebuild_ = true;
}

void Sampler::Save() { saved_ = positions_; }

void Sampler::GoBack() {
  positions_ = saved_;
  must_rebuild_ = true;
}

bool Sampler::amid_episodes() const {
  return std::ranges::any_of(positions_,
                             [](const EpisodePosition& place) { return place.steps > 0; });
}

Status Sampler::StartEpisode(int environment) {
  EpisodePosition& position = positions_[environment];
  position.steps = 0;
  position.state.setZero();
  Status status;
  for (int attempt = 0; attempt < kStartAttempts; ++attempt) {
    status = stages_[environment].environment->Reset(position.seed);
    stages_[environment].stepper.BeginEpisode();
    if (status.ok()) {
      stages_[environment].RememberReset();
      return status;
    }
    ++position.seed;
  }
  return status;
}

Status Sampler::Rebuild(int environment) {
  EpisodePosition& position = positions_[environment];
  const int steps = position.steps;
  const std::uint32_t seed = position.seed;
  const Eigen::VectorXf state = position.state;
  if (Status status = StartEpisode(environment); !status.ok()) return status;
  if (steps > 0 && position.seed != seed) {
    return AnotherEnvironment(seed, "cannot be started");
  }
  Eigen::VectorXd action;
  for (int t = 0; t < steps; ++t) {
    action = position.actions.col(t).cast<double>();
    Stage& stage = stages_[environment];
    const auto remember = [&stage](const StepOutcome&) { stage.RememberStep(); };
    if (IsDone(HoldAction(stage.stepper, action, action_repeat_, remember).status)) {
      return AnotherEnvironment(seed, "ends early");
    }
  }
  position.steps = steps;
  position.state = state;
  return {};
}

void Sampler::Prepare(const GaussianActor& actor, const RolloutBuffer& buffer) {
  const int state_dim = actor.mean.state_dim();
  LOOKOUT_CHECK(buffer.policy_states.rows() == state_dim, "a buffer for another policy's memory");
  for (EpisodePosition& position : positions_) {
    if (position.state.size() != state_dim) position.state.setZero(state_dim);
  }
  for (Group& group : groups_) {
    if (group.workspace.max_columns() > 0) continue;
    group.workspace = SequenceWorkspace(actor.mean, group.count);
    group.states.setZero(state_dim, group.count);
  }
}

Result<bool> Sampler::Collect(const GaussianActor& actor, int iteration, WorkerPool& pool,
                              RolloutBuffer& buffer,
                              const std::function<bool(double)>& keep_going) {
  stop_ = false;
  steps_done_ = 0;
  Prepare(actor, buffer);
  const bool rebuild = std::exchange(must_rebuild_, false);
  for (std::size_t i = 0; i < noise_.size(); ++i) {
    noise_[i].Seed(StreamSeed(seed_, Stream::kActionNoise, static_cast<std::uint32_t>(i),
                              static_cast<std::uint32_t>(iteration)));
  }
  ProcessGroup& processes = pool.processes();
  const ProcessGroup::Share own = processes.OwnShare(static_cast<int>(groups_.size()));
  const ProcessGroup::Share environments = EnvironmentsOf(own);
  steps_to_do_ = std::int64_t{environments.end - environments.begin} * buffer.steps_per_environment;
  pool.ForEach(own.end - own.begin, [&](int i, int worker) {
    Group& group = groups_[own.begin + i];
    group.status = {};
    group.predictions.Begin(cost_model_.get());
    for (int k = 0; rebuild && k < group.count && group.status.ok(); ++k) {
      group.status = Rebuild(group.first + k);
    }
    if (group.status.ok()) {
      group.status = RunGroup(group, actor, buffer, worker == 0 ? &keep_going : nullptr);
    }
    if (!group.status.ok()) stop_ = true;
  });
  const bool all_done = processes.AllAgree(!stop_);
  for (const Group& group : groups_) {
    if (!group.status.ok()) return group.status.error();
  }
  if (all_done) Exchange(processes, buffer);
  return all_done;
}

Status Sampler::RunGroup(Group& group, const GaussianActor& actor, RolloutBuffer& buffer,
                         const std::function<bool(double)>* keep_going) {
  const auto steps = static_cast<double>(steps_to_do_);
  for (int t = 0; t < buffer.steps_per_environment; ++t) {
    if (stop_.load(std::memory_order_relaxed)) return {};
    ChooseActions(group, actor, buffer, t);
    if (Status status = StepGroup(group, actor, buffer, t); !status.ok()) return status;
    const std::int64_t done = steps_done_.fetch_add(group.count, std::memory_order_relaxed);
    if (keep_going != nullptr && *keep_going && !(*keep_going)(double(done) / steps)) stop_ = true;
  }
  group.predictions.Flush(buffer.predicted_costs);
  return {};
}

void Sampler::ChooseActions(Group& group, const GaussianActor& actor, RolloutBuffer& buffer,
                            int t) {
  for (int k = 0; k < group.count; ++k) {
    group.inputs.col(k) = stages_[group.first + k].environment->observation().cast<float>();
    const int sample = buffer.SampleIndex(group.first + k, t);
    buffer.observations.col(sample) = group.inputs.col(k);
    const EpisodePosition& position = positions_[group.first + k];
    group.states.col(k) = position.state;
    if (RolloutBuffer::KeepsState(t, position.steps)) {
      buffer.policy_states.col(buffer.StateColumn(group.first + k, t)) = group.states.col(k);
    }
  }
  if (actor.normaliser) actor.normaliser->Apply(group.inputs);
  const SequenceBatch steps{group.inputs, {}, group.states};
  const auto means = actor.mean.Forward(steps, group.workspace);
  for (int k = 0; k < group.count; ++k) {
    actor.mean.StateAfter(steps, group.workspace, k, positions_[group.first + k].state);
    const int sample = buffer.SampleIndex(group.first + k, t);
    RandomState& noise = noise_[group.first + k];
    auto action = buffer.actions.col(sample);
    for (Eigen::Index i = 0; i < action.size(); ++i) {
      action[i] = means(i, k) + std::exp(actor.log_std[i]) * static_cast<float>(noise.Normal());
    }
    buffer.means.col(sample) = means.col(k);
    buffer.log_probabilities[sample] = GaussianLogProbability(action, means.col(k), actor.log_std);
  }
}

Status Sampler::StepGroup(Group& group, const GaussianActor& actor, RolloutBuffer& buffer, int t) {
  for (int k = 0; k < group.count; ++k) {
    const int e = group.first + k;
    const int sample = buffer.SampleIndex(e, t);
    EpisodePosition& position = positions_[e];
    LOOKOUT_CHECK(position.steps < position.actions.cols(), "episode longer than its spec says");
    position.actions.col(position.steps++) = buffer.actions.col(sample);
    group.action = buffer.actions.col(sample).cast<double>();
    Stage& stage = stages_[e];
    buffer.predicted_costs[sample] = 0.0F;
    group.predictions.BeginDecision(buffer.observations.col(sample));
    group.reviewed.Begin(group.action);
    const auto after_step = [&](const StepOutcome& outcome) {
      group.reviewed.Add(outcome);
      // Where nothing was done, or nothing usable came of it, there is no transition.
      if (outcome.stopped || outcome.result.status == sim::EpisodeStatus::kDiverged) return;
      group.predictions.Add(
          {outcome.executed_action, stage.environment->observation(), stage.history}, sample,
          buffer.predicted_costs);
      stage.RememberStep();
    };
    const sim::StepResult step =
        HoldAction(stage.stepper, group.action, action_repeat_, after_step);
    const bool diverged = step.status == sim::EpisodeStatus::kDiverged;
    buffer.rewards[sample] = diverged ? 0.0F : static_cast<float>(step.reward);
    const double cost = only_kind_ ? step.costs[*only_kind_] : step.costs.total;
    buffer.true_costs[sample] = diverged ? 0.0F : static_cast<float>(step.costs.total);
    buffer.costs[sample] = diverged ? 0.0F : static_cast<float>(cost);
    group.reviewed.Keep(learn_from_, actor.log_std, sample, buffer);
    buffer.next_observations.col(sample) = stage.environment->observation().cast<float>();
    buffer.status[sample] = step.status;
    if (!IsDone(step.status)) continue;
    ++position.seed;
    if (Status status = StartEpisode(e); !status.ok()) return status;
  }
  return {};
}

}  // namespace lookout::agents
