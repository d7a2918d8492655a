// Models that an explanation must not explain like the one that was learned: with weights at
// random, fitted to shuffled labels, or with a cue planted in them (Adebayo et al. 2018). Pure
// functions; any thread.
#pragma once

#include <cstdint>

#include "agents/feedback/models/cost_ensemble.h"
#include "agents/feedback/targets/label_set.h"
#include "agents/learning/sequence_network.h"

namespace lookout::agents {

// The same networks with their last `layers` layers drawn anew, as untrained ones are; all else,
// calibration included, is kept. layers: from 1 to WeightLayers(ensemble).
CostModelPtr WithRandomLayers(const CostEnsemble& ensemble, int layers, std::uint32_t seed);
int WeightLayers(const CostEnsemble& ensemble);

// Likewise of an agent's network. One with memory has a single layer that can be drawn: all of it.
SequenceNetwork WithRandomLayers(const SequenceNetwork& network, int layers, std::uint32_t seed);
int WeightLayers(const SequenceNetwork& network);

// The same moments, each with what another was labelled: who fits a model to these learns nothing.
// Pairs are left out.
LabelSet WithShuffledTargets(const LabelSet& labels, std::uint32_t seed);

// A network that looks at one value of the observation alone: its log-odds are
// `steepness` * tanh(`steepness` * (value - turn)). place: of that value.
CostModelPtr PlantedCue(const sim::ObservationSignature& signature, int place, float turn,
                        float steepness = 4.0F);

}  // namespace lookout::agents
