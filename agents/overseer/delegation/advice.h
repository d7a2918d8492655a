// What advisors did where the wheel was theirs, as rows to imitate: the labels of DAgger (Ross,
// Gordon and Bagnell 2011), in the states that the agent gets into. Value types; any thread.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "agents/policies/learned/gaussian_actor.h"
#include "sim/base/fields.h"
#include "sim/base/result.h"
#include "sim/recording/recording.h"

namespace lookout::agents {

struct AdviceRows {
  using Columns = Eigen::Map<const Eigen::MatrixXf>;

  sim::ObservationSignature signature;
  int action_dim = 0;
  std::vector<float> observations;    // [observation_dim * rows], before the action
  std::vector<float> actions;         // [action_dim * rows], of the advisor
  std::vector<std::int64_t> episode;  // [rows]

  int rows() const { return static_cast<int>(episode.size()); }
  Columns observation_columns() const {
    return {observations.data(), signature.observation_dim(), rows()};
  }
  Columns action_columns() const { return {actions.data(), action_dim, rows()}; }
};

// Adds the steps of a recording in which the overseer of that name acted; empty: any. chunks: in
// order, from the reset on. Rejects (kBadInput) steps of another observation or action than the
// rows'. Returns how many were added.
Result<int> AddAdvice(const sim::EpisodeHeader& header, std::span<const sim::ChunkPtr> chunks,
                      const std::string& advisor, AdviceRows& rows);

struct ImitationSettings {
  int updates = 500;
  int batch = 256;
  double learning_rate = 1e-3;
  std::uint32_t seed = 0;
};

template <FieldsOf<ImitationSettings> Self, typename Visit>
void VisitFields(Self& self, Visit&& visit) {
  using F = Field<ImitationSettings>;
  visit(F("updates", "steps of the optimiser").Within(1, 1e6), self.updates);
  visit(F("batch", "rows of a step").Within(1, 1e5), self.batch);
  visit(F("learning-rate", "of Adam, falling to 0").Within(1e-6, 1), self.learning_rate);
  visit(F("seed", "of the batches").Within(0, 4294967295.0), self.seed);
}

struct Imitation {
  GaussianActor actor;
  double error_before = 0.0;  // mean squared difference of its mean from the advice, per component
  double error_after = 0.0;
};

// Moves the actor's mean towards the advice by behaviour cloning: least squares; spread and
// normaliser stay. Rejects (kBadInput) an actor of another observation or action, one with memory,
// which isolated steps say nothing to, and no rows.
Result<Imitation> ImitateAdvice(GaussianActor actor, const AdviceRows& rows,
                                const ImitationSettings& settings);

}  // namespace lookout::agents
