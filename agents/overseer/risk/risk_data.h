// What a risk critic learns from: recorded transitions with what they violated. Value types; any
// thread.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/base/result.h"
#include "sim/environment/observation_signature.h"
#include "sim/recording/recording.h"

namespace lookout::agents {

// Rows of one episode stand together and in the order of their steps.
struct RiskData {
  using Columns = Eigen::Map<const Eigen::MatrixXf>;

  sim::ObservationSignature signature;
  int action_dim = 0;
  std::vector<float> observations;       // [observation_dim * rows]
  std::vector<float> actions;            // [action_dim * rows] that were done
  std::vector<float> next_observations;  // [observation_dim * rows]
  std::vector<float> next_actions;       // [action_dim * rows] proposed there; 0 if nothing came
  std::vector<std::uint8_t> violation;   // [rows] the step had a cost
  std::vector<std::uint8_t> ended;       // [rows] nothing can come after it
  std::vector<std::int64_t> episode;     // [rows]

  int rows() const { return static_cast<int>(violation.size()); }
  Columns ObservationColumns(const std::vector<float>& values) const {
    return {values.data(), signature.observation_dim(), rows()};
  }
  Columns ActionColumns(const std::vector<float>& values) const {
    return {values.data(), action_dim, rows()};
  }
};

// One step of an episode, to be added in order.
struct RiskStep {
  const Eigen::VectorXf& before;       // [observation_dim]
  const Eigen::VectorXd& executed;     // [action_dim]
  const Eigen::VectorXf& after;        // [observation_dim]
  const Eigen::VectorXf* next_action;  // [action_dim] proposed in the next; null: none was
  bool violation = false;
  sim::EpisodeStatus status = sim::EpisodeStatus::kRunning;
  std::int64_t episode = 0;
};

// A step after which it is unknown what would have come (the last of an episode that was cut off)
// says something only if it violates: else it is left out. So is one at which the physics failed.
void AddRiskStep(const RiskStep& step, RiskData& data);

// All steps of a recording: executed actions, and what the agent proposed next. chunks: in order,
// from the reset on. Rejects (kBadInput) steps of another observation or action than the data's.
Status AddRecordedTransitions(const sim::EpisodeHeader& header,
                              std::span<const sim::ChunkPtr> chunks, RiskData& data);

}  // namespace lookout::agents
