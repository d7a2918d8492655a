// An episode as cost models are measured on it: what the environment's rule charged for each step,
// and what each model predicted for the transition into it. Value types; any thread.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "agents/feedback/evaluation/danger_kinds.h"
#include "agents/feedback/models/cost_model.h"
#include "sim/base/ids.h"
#include "sim/recording/recording.h"

namespace lookout::agents {

// What the rule says of a step.
struct StepTruth {
  float cost = 0.0F;                   // in total
  DangerKinds charged;                 // for what
  std::optional<std::size_t> nearest;  // kind of danger that the lidars have nearest after the step
  bool unsafe() const { return charged.any(); }
};

struct ScoredEpisode {
  EpisodeId id;  // in its project; 0: of none
  std::uint32_t seed = 0;
  double total_reward = 0.0;                           // the return
  std::vector<StepTruth> truth;                        // of the steps 1, 2, ...
  std::vector<std::vector<CostPrediction>> predicted;  // [models][steps]; NaN: cannot be told
  // [models][heads of the model][steps]: the danger of one class alone, see CostModel::classes.
  std::vector<std::vector<std::vector<float>>> by_class = {};

  // Entry i of the lists is of this step.
  static StepIndex StepOf(std::size_t i) { return static_cast<StepIndex>(i) + 1; }
};

// Takes an episode down step by step, for any number of models to predict at its end.
class EpisodeSteps {
 public:
  EpisodeSteps(const DangerLidars& lidars, Eigen::Index observation_dim, Eigen::Index action_dim)
      : lidars_(&lidars), observation_dim_(observation_dim), action_dim_(action_dim) {}

  // The state after the reset. observation: [observation_dim]; of another length it cannot be told
  // what follows from it.
  void Begin(const Eigen::Ref<const Eigen::VectorXf>& observation);
  // action: executed, [action_dim]; observation: after the step. Of other lengths, nothing can be
  // told of the step.
  void Add(const Eigen::Ref<const Eigen::VectorXf>& action,
           const Eigen::Ref<const Eigen::VectorXf>& observation, const sim::Costs& costs);

  // Without its id and seed. models: that fit the observations.
  ScoredEpisode Score(std::span<const CostModelPtr> models) const;

 private:
  const DangerLidars* lidars_;
  Eigen::Index observation_dim_;
  Eigen::Index action_dim_;
  std::vector<float> observations_;  // a column after the other, from the reset on
  std::vector<float> actions_;       // the same, from the first step on
  std::vector<StepTruth> truth_;
};

// Of a recording, in order from step 0; lidars: must outlive the result.
EpisodeSteps StepsOf(std::span<const sim::ChunkPtr> chunks, const DangerLidars& lidars,
                     Eigen::Index observation_dim);

}  // namespace lookout::agents
