// The immutable past: what happened in an episode, step by step. Value types; any thread may read
// a chunk once it is sealed.
#pragma once

#include <Eigen/Core>
#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "sim/base/ids.h"
#include "sim/base/result.h"
#include "sim/config/config.h"
#include "sim/environment/environment.h"
#include "sim/environment/state.h"

namespace lookout::sim {

// Who chose the executed action.
enum class ActionSource : std::uint8_t { kAgent, kHuman, kOverseer, kNone };

// Step 0 is the state after the reset: its action is empty, its reward and costs are 0.
struct StepRecord {
  SimState state;                                        // after the step
  Eigen::VectorXf observation;                           // [observation_dim] after the step
  Eigen::VectorXf proposed_action;                       // [action_dim] what the agent wanted
  Eigen::VectorXd executed_action;                       // [action_dim] what was done
  Eigen::Vector2f robot_xy_m = Eigen::Vector2f::Zero();  // world frame
  float reward = 0.0F;
  Costs costs;
  bool goal_met = false;
  ActionSource source = ActionSource::kAgent;
  float predicted_cost = 0.0F;         // probability of unsafe; NaN while there is no model
  float predicted_cost_spread = 0.0F;  // standard deviation over the ensemble
  CostModelId cost_model;              // that made the prediction; 0: none
  std::int64_t policy_version = 0;     // of the agent; 0: not a learned one
};

// What is known of an episode from its first step.
struct EpisodeHeader {
  EpisodeId id;
  EnvironmentConfig config;
  EpisodeSetup setup;
  std::uint32_t seed = 0;     // as the person knows it: generator_seed - 1
  std::string agent;          // "Random", "Go to goal", "You", "PPO-Lagrangian #3", ...
  EpisodeId branched_from;    // 0: started by a reset
  StepIndex branched_at = 0;  // step of the parent where this one leaves it
  std::int64_t started_unix_ms = 0;
};

inline constexpr int kChunkSteps = 64;

// Up to kChunkSteps consecutive steps of one episode.
struct RecordingChunk {
  EpisodeId episode;
  StepIndex first_step = 0;
  std::vector<StepRecord> steps;
};
using ChunkPtr = std::shared_ptr<const RecordingChunk>;
using EpisodeHeaderPtr = std::shared_ptr<const EpisodeHeader>;

// Compact little-endian bytes of a chunk, deflated; doubles of the state survive bit for bit.
std::string EncodeChunk(const RecordingChunk& chunk);
// Also of older versions. The cost of a kind that this program does not know is in the total alone.
// Rejects (kBadInput) bytes that are truncated, foreign, inconsistent or of a newer version, saying
// what was found.
Result<RecordingChunk> DecodeChunk(std::string_view bytes);

// As JSON text, the configuration in Engine's own keys.
std::string EncodeHeader(const EpisodeHeader& header);
Result<EpisodeHeader> DecodeHeader(std::string_view json);

}  // namespace lookout::sim
