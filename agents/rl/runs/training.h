// One training run: collect, update, report, one iteration at a time. Owned by one thread, which
// may spread sampling and updating over its own workers. The algorithms are in ppo.h, trpo.h,
// cpo.h.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "agents/feedback/models/cost_model.h"
#include "agents/learning/process_group.h"
#include "agents/policies/policy.h"
#include "agents/rl/settings/iteration_report.h"
#include "agents/rl/settings/training_settings.h"
#include "agents/rollout/action_filter.h"
#include "agents/rollout/environment_maker.h"
#include "sim/config/config.h"
#include "sim/environment/environment.h"

namespace lookout::agents {

class TrainingRun {
 public:
  // Rejects (kBadInput) settings out of range, naming the option; what does not fit into memory,
  // before it is built.
  static Result<std::unique_ptr<TrainingRun>> Create(const TrainingSettings& settings,
                                                     const EnvironmentMaker& make_environment,
                                                     const ActionFilterMaker& make_filter = {});
  // The same for one of several processes that train this agent together, each with a run of the
  // same settings and making the same calls. They learn what one process with these settings
  // learns; the bits are the same if their number is a power of two, up to 16. The group has to
  // outlive the run. With `make_filter`, a filter of its own reviews every step of each
  // environment.
  static Result<std::unique_ptr<TrainingRun>> CreateTogether(
      const TrainingSettings& settings, const EnvironmentMaker& make_environment,
      ProcessGroup& processes, const ActionFilterMaker& make_filter = {});
  virtual ~TrainingRun() = default;

  virtual const TrainingSettings& settings() const = 0;
  virtual const sim::EnvironmentSpec& spec() const = 0;

  // Takes effect with the next iteration. Needed before the first if the cost source says so (see
  // NeedsCostModel). Rejects a model that does not fit the environment (see CostModel::CheckFits).
  virtual Status SetCostModel(CostModelPtr model) = 0;

  // Takes the policy and its normaliser from a policy or checkpoint file, before the first
  // iteration; value networks, multiplier and counters start anew. Rejects like DecodePolicy, and
  // other sizes than the settings'.
  virtual Status StartFrom(std::string_view policy) = 0;

  // Called at step boundaries with the fraction of this iteration that is done; returning false
  // abandons the iteration (nothing is learned from it).
  using Progress = std::function<bool(double fraction)>;
  // One iteration. Fails, leaving the last good networks, if a loss or gradient is not finite.
  virtual Result<IterationReport> RunIteration(const Progress& progress = {}) = 0;

  virtual bool finished() const = 0;  // total_steps reached
  // The present policy, for watching (samples actions) or evaluating (mean action).
  virtual PolicyPtr policy(bool deterministic) const = 0;

  // Everything: settings, networks, optimisers, multiplier, normaliser, random streams, counters.
  virtual std::string EncodeCheckpoint() const = 0;
  virtual Status RestoreCheckpoint(std::string_view bytes) = 0;
};

// The policy of a checkpoint or policy file. Rejects (kBadInput) wrong sizes, NaN, truncated or
// foreign bytes: expected against found.
Result<PolicyPtr> DecodePolicy(std::string_view bytes, const sim::EnvironmentSpec& spec,
                               bool deterministic);

}  // namespace lookout::agents
