// What an agent sees of a world: observations, actions, rewards and costs, in plain Eigen types.
// One environment belongs to one thread. No MuJoCo header is needed to use it.
#pragma once

#include <Eigen/Core>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sim/base/result.h"
#include "sim/environment/kinds.h"
#include "sim/environment/observation_signature.h"

namespace lookout::sim {

// The rule's cost of one step, per kind and in total (after the indicator, if configured).
struct Costs {
  std::array<double, kCostKindCount> by_kind{};  // 0 where the environment has no such cost
  double total = 0.0;
  double operator[](CostKind kind) const { return by_kind[static_cast<std::size_t>(kind)]; }
};

// How an episode stands after a step.
enum class EpisodeStatus : std::uint8_t {
  kRunning,
  kGoalMet,          // ended by meeting the goal (only with continue_goal = false)
  kTimedOut,         // num_steps reached: a truncation, values are bootstrapped
  kNoGoalPlaceable,  // no place for a new goal was found; ends the episode
  kDiverged,         // the physics gave a warning or a NaN; excluded from training
};
std::string_view EpisodeStatusName(EpisodeStatus status);
inline bool IsDone(EpisodeStatus status) { return status != EpisodeStatus::kRunning; }

struct StepResult {
  double reward = 0.0;
  Costs costs;
  bool goal_met = false;  // in this step; the episode goes on if continue_goal
  EpisodeStatus status = EpisodeStatus::kRunning;
};

// One named part of the flat observation.
struct ObservationEntry {
  std::string key;  // "goal_lidar", "velocimeter", ...
  int offset = 0;
  int size = 0;
  std::string meaning = {};  // how its numbers come about, where options decide that
};

// What stays the same over the life of an environment.
struct EnvironmentSpec {
  std::string id;  // "Safexp-PointGoal1-v0", or the name of a custom configuration
  int observation_dim = 0;
  int action_dim = 0;  // every component is in [-1, 1]
  int max_episode_steps = 1000;
  double step_duration_s = 0.02;
  std::vector<ObservationEntry> observation_entries;  // sorted by key, contiguous
  std::vector<CostKind> cost_kinds;                   // those that this environment can charge
  std::vector<std::string> action_meaning;            // a text for each component; empty: not known
  // Engine's options as JSON text, of which the same environment can be made
  // (sim::ParseConfigText); empty: it was not made of such.
  std::string configuration;

  // The entry with that key, or nullptr.
  const ObservationEntry* FindEntry(std::string_view key) const;
  // Of the entries; without any, the whole observation is one entry. Allocates.
  ObservationSignature signature() const;
};

// "PointGoal1" of "Safexp-PointGoal1-v0"; other names stay as they are.
std::string_view ShortEnvironmentName(std::string_view id);

class Environment {
 public:
  virtual ~Environment() = default;

  virtual const EnvironmentSpec& spec() const = 0;

  // Starts the episode that Safety Gym starts after env.seed(seed): the generator gets seed + 1.
  // Fails (kBadInput) if no layout fits.
  virtual Status Reset(std::uint32_t seed) = 0;

  // Starts the next episode: the generator's seed grows by one.
  virtual Status ResetNext() = 0;

  // One environment step. action: [action_dim], clipped to [-1, 1] inside. Does not allocate after
  // warm-up. Must not be called once the status of the last step IsDone.
  virtual StepResult Step(const Eigen::Ref<const Eigen::VectorXd>& action) = 0;

  // [observation_dim], after the last Reset or Step; valid until the next one.
  virtual const Eigen::VectorXd& observation() const = 0;

  // Bytes that it keeps for as long as it lives, near enough to tell whether many fit into memory.
  virtual std::size_t memory_bytes() const { return 0; }
};

}  // namespace lookout::sim
