// A recorded episode as cost models are measured on it. Pure function; any thread.
#pragma once

#include <cstdint>
#include <span>
#include <variant>

#include "agents/feedback/evaluation/scored_episode.h"
#include "agents/feedback/models/cost_model.h"
#include "sim/environment/environment.h"
#include "sim/recording/recording.h"

namespace lookout::agents {

// Why nothing can be measured on an episode.
enum class NotScored : std::uint8_t {
  kOtherObservation,  // not every model fits what was observed
  kNothingRecorded,
  kDiverged,     // the physics failed in it
  kWithoutRule,  // imported without the rule's cost
};

// What the rule charged and every model predicted, step by step, with the episode's id and seed.
// spec: of its environment; of it, what the observation consists of counts. chunks: in order from
// step 0.
std::variant<ScoredEpisode, NotScored> ScoreRecordedEpisode(const sim::EpisodeHeader& header,
                                                            const sim::EnvironmentSpec& spec,
                                                            std::span<const sim::ChunkPtr> chunks,
                                                            std::span<const CostModelPtr> models);

}  // namespace lookout::agents
