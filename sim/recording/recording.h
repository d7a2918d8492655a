// The immutable past: what happened in an episode, step by step. Value types; any thread may read
// a chunk once it is sealed.
#pragma once

#include <Eigen/Core>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/base/ids.h"
#include "sim/base/result.h"
#include "sim/config/config.h"
#include "sim/environment/environment.h"
#include "sim/environment/state.h"

namespace lookout::sim {

// Who chose the executed action.
enum class ActionSource : std::uint8_t { kAgent, kHuman, kOverseer, kNone };

// A name that many steps share; null: not known.
using SharedName = std::shared_ptr<const std::string>;
using SimStatePtr = std::shared_ptr<const SimState>;

// Step 0 is the state after the reset: its action is empty, its reward and costs are 0.
struct StepRecord {
  // The simulator's, after the step; null in an episode that was recorded without it. Its status is
  // the step's.
  SimStatePtr state;
  EpisodeStatus status = EpisodeStatus::kRunning;  // after the step
  Eigen::VectorXf observation;                     // [observation_dim] after the step
  Eigen::VectorXf proposed_action;                 // [action_dim] what the agent wanted, where
                                                   // that is not what was done; else empty
  Eigen::VectorXd executed_action;                 // [action_dim] what was done
  Eigen::Vector2f robot_xy_m = Eigen::Vector2f::Zero();  // world frame
  float reward = 0.0F;
  Costs costs;
  Eigen::VectorXd other_costs;  // by the chunk's other_cost_names; parts of the total, too
  bool goal_met = false;
  ActionSource source = ActionSource::kAgent;
  SharedName agent;     // who proposed the action: "Go to goal", "You", ...
  SharedName overseer;  // who replaced it, let it pass against another, or ended the episode; null:
                        // it passed
  SharedName reason;    // in words why it did not simply pass; null: it did, or nobody said
  float predicted_cost = 0.0F;         // probability of unsafe; NaN while there is no model
  float predicted_cost_spread = 0.0F;  // standard deviation over the ensemble
  CostModelId cost_model;              // that made the prediction; 0: none
  std::int64_t policy_version = 0;     // of the agent; 0: not a learned one

  // [action_dim] what the agent wanted, wherever it is stored; empty at step 0.
  Eigen::VectorXf Proposed() const {
    return proposed_action.size() > 0 ? proposed_action : executed_action.cast<float>();
  }
};

// From this step on another agent proposes the actions.
struct HandOver {
  StepIndex step = 0;
  std::string agent;
  bool operator==(const HandOver&) const = default;
};

// What is known of the environment of an episode that was not simulated here.
struct ImportedEpisode {
  std::string file;  // where it came from, for a person
  int action_dim = 0;
  int max_episode_steps = 0;
  double step_duration_s = 0.02;
  std::vector<CostKind> cost_kinds;  // those that it charges, of the ones known here
  bool operator==(const ImportedEpisode&) const = default;
};

// What is known of an episode from its first step; hand-overs are added as they come.
struct EpisodeHeader {
  EpisodeId id;
  EnvironmentConfig config;  // of an imported one the id alone
  EpisodeSetup setup;        // of an imported one nothing
  // Of its observations; of nothing in what older versions recorded, which config and setup give.
  ObservationSignature signature;
  std::uint32_t seed = 0;            // as the person knows it: generator_seed - 1
  std::string agent;                 // at the start: "Random", "Go to goal", "You", ...
  std::vector<HandOver> hand_overs;  // to other agents, in order
  std::optional<ImportedEpisode> imported;
  EpisodeId branched_from;    // 0: started by a reset
  StepIndex branched_at = 0;  // step of the parent where this one leaves it
  std::int64_t started_unix_ms = 0;
};

inline constexpr int kChunkSteps = 64;
inline constexpr std::size_t kMostOtherCosts = 200;
inline constexpr int kMostActionDim = 1 << 16;

// Up to kChunkSteps consecutive steps of one episode. All of them have the simulator's state, or
// none.
struct RecordingChunk {
  EpisodeId episode;
  StepIndex first_step = 0;
  std::vector<StepRecord> steps;
  std::vector<std::string> other_cost_names = {};  // of costs that are no CostKind
};
using ChunkPtr = std::shared_ptr<const RecordingChunk>;
using EpisodeHeaderPtr = std::shared_ptr<const EpisodeHeader>;

// Compact little-endian bytes of a chunk, deflated; doubles of the state survive bit for bit.
std::string EncodeChunk(const RecordingChunk& chunk);
// Also of older versions. Costs of kinds that this program does not know are among the other ones.
// Rejects (kBadInput) bytes that are truncated, foreign, inconsistent or of a newer version, saying
// what was found.
Result<RecordingChunk> DecodeChunk(std::string_view bytes);

// The kind with that name, if this program knows it.
std::optional<CostKind> FindCostKind(std::string_view name);

// Of an imported episode: its environment as the header describes it.
EnvironmentSpec SpecOfImported(const EpisodeHeader& header);

// As JSON text, the configuration in Engine's own keys.
std::string EncodeHeader(const EpisodeHeader& header);
Result<EpisodeHeader> DecodeHeader(std::string_view json);

}  // namespace lookout::sim
