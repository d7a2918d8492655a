// Checkpoint and policy files seen from outside a training run. Any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "agents/learning/archive.h"
#include "agents/policies/learned/critics.h"
#include "agents/policies/learned/gaussian_actor.h"
#include "agents/rl/runs/training.h"

namespace lookout::agents {

inline constexpr std::string_view kCheckpointKind = "checkpoint";
inline constexpr std::uint32_t kCheckpointVersion = 7;
// What the folder of a run calls them.
inline constexpr std::string_view kCheckpointFileName = "checkpoint.lookout";
inline constexpr std::string_view kPolicyFileName = "policy.lookout";
// Larger files are neither.
inline constexpr std::size_t kMostCheckpointBytes = std::size_t{1} << 30;

// The settings of the run that wrote a checkpoint, to make a run that can take it. Rejects
// (kBadInput) like DecodePolicy.
Result<TrainingSettings> DecodeCheckpointSettings(std::string_view bytes,
                                                  const sim::EnvironmentSpec& spec);

// The actor of a policy file, or the one at the head of a checkpoint. Rejects like DecodePolicy.
Result<GaussianActor> DecodeActor(std::string_view bytes, const sim::EnvironmentSpec& spec);

// Those of a checkpoint. Rejects (kBadInput) other files, and networks that are not of the
// environment's observations.
Result<Critics> DecodeCritics(std::string_view bytes, const sim::EnvironmentSpec& spec);

// Where the policy of such a file was trained. Rejects bytes that are no such file; nothing else in
// it is looked at.
Result<PolicyOrigin> OriginOfPolicy(std::string_view bytes);

// The policy file inside a checkpoint: what is needed to act, about a ninth of the size.
Result<std::string> PolicyFileOf(std::string_view checkpoint, const sim::EnvironmentSpec& spec);

// Rejects through the reader a checkpoint whose settings would leave this run's shape or random
// streams: environments, network, hidden, seed, normalisation and the multiplier's kind. Everything
// else may change on resuming; the action repeat, where no episode is under way.
void CheckSameRun(const TrainingSettings& found, const TrainingSettings& own,
                  ArchiveReader& reader);

}  // namespace lookout::agents
