// Training settings checked, identified and put into checkpoints; their one list is in
// training_settings.h. Any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "agents/learning/archive.h"
#include "agents/learning/transformer_network.h"
#include "agents/rl/settings/training_settings.h"

namespace lookout::agents {

// Rejects (kBadInput) what is out of range or does not go together, naming the option.
Status CheckSettings(const TrainingSettings& settings);

// The sizes of a transformer that these settings ask for.
TransformerSizes TransformerSizesOf(const TrainingSettings& settings, int input_dim,
                                    int output_dim);

// Runs with the same key are the same experiment: their settings differ in nothing but the seed and
// the number of workers, which never changes the result.
std::string ExperimentKey(const TrainingSettings& settings);

// Fields "settings.<name>". One that came later (Field::Since) keeps its default in older files, so
// the default of a new setting is what the program did before it; another one must not be missing.
void EncodeSettings(const TrainingSettings& settings, ArchiveWriter& writer);
TrainingSettings DecodeSettings(ArchiveReader& reader);

// Independent streams of one run. A stream's seed is a function of the run's seed and of what it
// is for, so a checkpoint needs no generator state.
enum class Stream : std::uint32_t { kEpisodes, kActionNoise, kMinibatches, kNetworks };
std::uint32_t StreamSeed(std::uint32_t run_seed, Stream stream, std::uint32_t index = 0,
                         std::uint32_t iteration = 0);

}  // namespace lookout::agents
