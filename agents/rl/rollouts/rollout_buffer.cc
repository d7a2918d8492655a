#include "agents/rl/rollouts/rollout_buffer.h"

#include <algorithm>

namespace lookout::agents {
namespace {

using sim::EpisodeStatus;

// Moves samples to the left within one matrix; forward order is safe as to <= from.
template <typename Matrix>
void Shift(Matrix& matrix, int from, int to, int count) {
  for (int i = 0; i < count; ++i) matrix.col(to + i) = matrix.col(from + i);
}

void Shift(Eigen::VectorXf& vector, int from, int to, int count) {
  std::copy_n(vector.data() + from, count, vector.data() + to);
}

}  // namespace

RolloutBuffer::RolloutBuffer(int observation_dim, int action_dim, int environment_count, int steps,
                             const StateDims& state_dims, bool keeps_blocked)
    : environments(environment_count), steps_per_environment(steps) {
  const int samples = environments * steps_per_environment;
  observations.setZero(observation_dim, samples);
  next_observations.setZero(observation_dim, samples);
  actions.setZero(action_dim, samples);
  means.setZero(action_dim, samples);
  const int states = environments * StatesPerEnvironment();
  policy_states.setZero(state_dims.policy, states);
  value_states.setZero(state_dims.value, states);
  cost_value_states.setZero(state_dims.cost_value, states);
  for (Eigen::VectorXf* vector :
       {&log_probabilities, &rewards, &true_costs, &predicted_costs, &costs, &values, &cost_values,
        &advantages, &cost_advantages, &value_targets, &cost_value_targets, &blocked_steps,
        &violation_steps}) {
    vector->setZero(samples);
  }
  blocked_actions.setZero(action_dim, keeps_blocked ? samples : 0);
  blocked_log_probabilities.setZero(keeps_blocked ? samples : 0);
  status.resize(samples, EpisodeStatus::kRunning);
  state_columns.resize(samples, -1);
  segments.reserve(samples);
}

double RolloutBuffer::BytesNeeded(int observation_dim, int action_dim, int environment_count,
                                  std::int64_t steps, const StateDims& state_dims,
                                  bool keeps_blocked) {
  constexpr double kVectors = 13;
  const double remembered =
      double(state_dims.policy) + double(state_dims.value) + double(state_dims.cost_value);
  const double blocked = keeps_blocked ? action_dim + 1.0 : 0.0;
  const double floats = 2.0 * observation_dim + 2.0 * action_dim + blocked + kVectors;
  const double states = remembered * environment_count * StatesOf(steps) * sizeof(float);
  return states + double(environment_count) * double(steps) *
                      (floats * sizeof(float) + sizeof(EpisodeStatus) + sizeof(RolloutSegment) +
                       sizeof(int));
}

void RolloutBuffer::MoveSamples(int from, int to, int count) {
  if (from == to) return;
  Shift(observations, from, to, count);
  Shift(next_observations, from, to, count);
  Shift(actions, from, to, count);
  Shift(means, from, to, count);
  Shift(log_probabilities, from, to, count);
  Shift(rewards, from, to, count);
  Shift(true_costs, from, to, count);
  Shift(predicted_costs, from, to, count);
  Shift(costs, from, to, count);
  Shift(blocked_steps, from, to, count);
  if (keeps_blocked()) {
    Shift(blocked_actions, from, to, count);
    Shift(blocked_log_probabilities, from, to, count);
  }
  std::copy_n(status.begin() + from, count, status.begin() + to);
}

void RolloutBuffer::DropDiverged() {
  segments.clear();
  size = 0;
  for (int environment = 0; environment < environments; ++environment) {
    const int stop = SampleIndex(environment, steps_per_environment);
    for (int begin = SampleIndex(environment, 0); begin < stop;) {
      int last = begin;
      while (last + 1 < stop && !IsDone(status[last])) ++last;
      const EpisodeStatus end = status[last];
      const int count = last + 1 - begin;
      if (end != EpisodeStatus::kDiverged) {
        MoveSamples(begin, size, count);
        const bool bootstraps = end == EpisodeStatus::kRunning || end == EpisodeStatus::kTimedOut;
        const int t = begin - SampleIndex(environment, 0);
        segments.push_back({.begin = size,
                            .size = count,
                            .environment = environment,
                            .opens_collection = t == 0,
                            .bootstraps = bootstraps});
        SetStateColumns(segments.back(), t);
        size += count;
      }
      begin = last + 1;
    }
  }
}

void RolloutBuffer::SetStateColumns(const RolloutSegment& segment, int t) {
  for (int done = 0; done < segment.size; done += kSequenceSteps) {
    const bool known = done > 0 || segment.opens_collection;
    state_columns[segment.begin + done] = known ? StateColumn(segment.environment, t + done) : -1;
  }
}

void RolloutBuffer::BroadcastEnvironments(ProcessGroup::Share environments_shared,
                                          ProcessGroup& processes, int root) {
  const int begin = SampleIndex(environments_shared.begin, 0);
  const int count = SampleIndex(environments_shared.end, 0) - begin;
  const auto share = [&](Eigen::MatrixXf& matrix, int first, int columns) {
    if (matrix.size() == 0) return;
    const auto rows = static_cast<std::size_t>(matrix.rows());
    processes.Broadcast(
        std::as_writable_bytes(std::span(matrix.data() + rows * first, rows * columns)), root);
  };
  for (Eigen::MatrixXf* matrix :
       {&observations, &next_observations, &actions, &means, &blocked_actions}) {
    share(*matrix, begin, count);
  }
  const int first_state = StateColumn(environments_shared.begin, 0);
  share(policy_states, first_state, StateColumn(environments_shared.end, 0) - first_state);
  for (Eigen::VectorXf* vector :
       {&log_probabilities, &rewards, &true_costs, &predicted_costs, &costs, &blocked_steps,
        &violation_steps, &blocked_log_probabilities}) {
    if (vector->size() == 0) continue;
    processes.Broadcast(
        std::as_writable_bytes(std::span(vector->data() + begin, std::size_t(count))), root);
  }
  processes.Broadcast(std::as_writable_bytes(std::span(status).subspan(begin, count)), root);
}

}  // namespace lookout::agents
