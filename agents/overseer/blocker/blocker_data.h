// What a blocker learns from: steps at which somebody watched, and whether they let the proposed
// action pass. From recordings, or added one by one by whoever simulates. Value types; any thread.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "sim/base/ids.h"
#include "sim/base/result.h"
#include "sim/environment/observation_signature.h"
#include "sim/recording/recording.h"

namespace lookout::agents {

// Rows of one episode stand together and in the order of their steps.
struct BlockerData {
  using Columns = Eigen::Map<const Eigen::MatrixXf>;

  sim::ObservationSignature signature;  // of the observations
  int action_dim = 0;
  std::vector<float> observations;    // [observation_dim * rows], before the action
  std::vector<float> actions;         // [action_dim * rows], as proposed
  std::vector<std::uint8_t> blocked;  // [rows] 1: it was not let pass
  std::vector<std::int64_t> episode;  // [rows] any numbers, one for each episode

  int rows() const { return static_cast<int>(blocked.size()); }
  Columns observation_columns() const {
    return {observations.data(), signature.observation_dim(), rows()};
  }
  Columns action_columns() const { return {actions.data(), action_dim, rows()}; }

  // observation: [observation_dim], action: [action_dim].
  void Add(const Eigen::Ref<const Eigen::VectorXf>& observation,
           const Eigen::Ref<const Eigen::VectorXf>& action, bool is_blocked,
           std::int64_t of_episode);
  // All rows of another one with the same signature and actions.
  void Append(const BlockerData& other);
};

// What an overseer said of a step.
enum class OverseerVerdict : std::uint8_t { kPass, kBlock, kUnknown };

// An overseer who is late by anything from 0 to `lag_steps` says nothing certain around the
// beginning and the end of what they block: steps that would be blocked with one delay and passed
// with another become kUnknown. A lowest-score threshold rests on the most mistaken block, so such
// steps are left out rather than called blocks. Of a run of blocks as short as the lag, the step
// that it begins with stays.
std::vector<OverseerVerdict> CorrectLag(std::span<const OverseerVerdict> verdicts,
                                        StepIndex lag_steps);

// Which steps of a recording count as watched.
struct WatchedBy {
  std::string overseer;       // whose blocks count, by their name in the record; empty: anybody's
  StepIndex lag_steps = 0;    // of a person: their reaction lag at most
  bool all_episodes = false;  // also those in which nobody stepped in; else only the others
};

struct WatchedSteps {
  int blocks = 0;
  int passes = 0;
  int unknown = 0;  // left out: of another overseer, a person at the wheel, or within the lag
};

// Adds the watched steps of an episode. A step is blocked if the record names who stepped in, else
// passed if an agent chose it. chunks: in order, from the reset on. Rejects (kBadInput) steps of
// another observation or action than the data's.
Result<WatchedSteps> AddRecorded(const sim::EpisodeHeader& header,
                                 std::span<const sim::ChunkPtr> chunks, const WatchedBy& watched,
                                 BlockerData& data);

}  // namespace lookout::agents
