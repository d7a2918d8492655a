// Where the sampler's environments stand, as bytes and back, and from process to process.
#include <fmt/format.h>

#include <limits>
#include <span>
#include <string>
#include <vector>

#include "agents/learning/process_group.h"
#include "agents/rl/rollouts/sampler.h"

namespace lookout::agents {

ProcessGroup::Share Sampler::EnvironmentsOf(ProcessGroup::Share groups) const {
  const auto first = [&](int g) {
    return g < static_cast<int>(groups_.size()) ? groups_[g].first
                                                : static_cast<int>(stages_.size());
  };
  return {first(groups.begin), first(groups.end)};
}

void Sampler::Exchange(ProcessGroup& processes, RolloutBuffer& buffer) {
  for (int process = 0; process < processes.size() && processes.size() > 1; ++process) {
    const ProcessGroup::Share groups = processes.ShareOf(process, static_cast<int>(groups_.size()));
    const ProcessGroup::Share environments = EnvironmentsOf(groups);
    buffer.BroadcastEnvironments(environments, processes, process);
    for (int e = environments.begin; e < environments.end; ++e) {
      EpisodePosition& position = positions_[e];
      processes.Broadcast(std::as_writable_bytes(std::span(&position.seed, 1)), process);
      processes.Broadcast(std::as_writable_bytes(std::span(&position.steps, 1)), process);
      processes.Broadcast(std::as_writable_bytes(std::span(position.actions.data(),
                                                           std::size_t(position.actions.size()))),
                          process);
      if (position.state.size() == 0) continue;
      processes.Broadcast(std::as_writable_bytes(
                              std::span(position.state.data(), std::size_t(position.state.size()))),
                          process);
    }
  }
}

void Sampler::Encode(ArchiveWriter& writer) const {
  std::vector<std::int64_t> places;
  std::vector<float> actions;
  std::vector<float> states;
  for (const EpisodePosition& position : saved_) {
    places.insert(places.end(), {std::int64_t{position.seed}, std::int64_t{position.steps}});
    const auto used = position.actions.leftCols(position.steps).reshaped();
    actions.insert(actions.end(), used.begin(), used.end());
    states.insert(states.end(), position.state.begin(), position.state.end());
  }
  writer.Integers("sampler.positions", places);
  writer.Floats("sampler.actions", actions);
  if (!states.empty()) writer.Floats("sampler.states", states);
}

void Sampler::Decode(ArchiveReader& reader, int state_dim) {
  const auto count = static_cast<std::int64_t>(positions_.size());
  const auto places = reader.Integers("sampler.positions", 2 * count);
  if (!reader.ok()) return;
  if (static_cast<std::int64_t>(places.size()) != 2 * count) {
    reader.Reject(fmt::format("it holds {} environments, expected {}.", places.size() / 2, count));
    return;
  }
  std::int64_t steps = 0;
  for (std::int64_t i = 0; i < count; ++i) {
    const std::int64_t seed = places[2 * i];
    const std::int64_t taken = places[2 * i + 1];
    constexpr std::int64_t kMostSeed = std::numeric_limits<std::uint32_t>::max();
    if (seed < 0 || seed > kMostSeed || taken < 0 || taken >= spec().max_episode_steps) {
      reader.Reject(fmt::format(
          "field 'sampler.positions' has seed {} and step {}, expected 0 to {} and 0 to {}.", seed,
          taken, kMostSeed, spec().max_episode_steps - 1));
      return;
    }
    steps += taken;
  }
  const Eigen::VectorXf actions = reader.Floats("sampler.actions", steps * spec().action_dim);
  // A policy without memory writes none, one that has not acted yet neither.
  Eigen::VectorXf states = Eigen::VectorXf::Zero(count * state_dim);
  if (state_dim > 0 && reader.Has("sampler.states")) {
    states = reader.Floats("sampler.states", count * state_dim);
  }
  if (!reader.ok()) return;
  Eigen::Index next = 0;
  for (std::int64_t i = 0; i < count; ++i) {
    EpisodePosition& position = positions_[i];
    position.seed = static_cast<std::uint32_t>(places[2 * i]);
    position.steps = static_cast<int>(places[2 * i + 1]);
    for (float& value : position.actions.leftCols(position.steps).reshaped()) {
      value = actions[next++];
    }
    position.state = states.segment(i * state_dim, state_dim);
  }
  must_rebuild_ = true;
}

}  // namespace lookout::agents
