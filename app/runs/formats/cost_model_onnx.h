// Cost models for other programs: a learned cost as an ONNX model. Any thread.
#pragma once

#include <string>
#include <vector>

#include "agents/feedback/models/cost_model.h"

namespace lookout::app {

// The bytes of an ONNX model (opset 13) with the input
//   observation [batch x observation_dim]  after a step, as the environment gives it
// of a model that looks back, also
//   earlier_observations [batch x history * observation_dim]  before it, the latest first; before
//               an episode's start its first one again, of a state alone the observation itself
// of one with traces, also
//   traces      [batch x traces * observation_dim]  means of all that was observed before it, the
//               shortest first: the first observation at the start, and then moved by each further
//               one by 1 - 2^(-1 / half-life) of what they differ; a lidar in it shows the bin of
//               its nearest thing alone; of a state alone the state so
// and of one whose traces have peaks, also
//   peaks       [batch x traces * observation_dim]  in the same order, of each lidar the greatest
//               closeness yet, in the bin in which it was seen: 2^(-1 / half-life) of it is left
//               after each further observation, unless that shows a nearer thing; all else is 0
// of one that looks at the action, also
//   action      [batch x action_dim]  executed, that led there; 0 after the reset
// and the outputs
//   cost        [batch x 1]  the calibrated probability that a person would call the step unsafe
//   spread      [batch x 1]  standard deviation of the same over the ensemble
// of one with heads for classes of danger, for each class, by its number from 1 to 9, also
//   class<N>    [batch x 1]  the same probability of "unsafe, as class N", at most the cost
//   class<N>_spread [batch x 1]  its standard deviation over the ensemble
// all in float32, as CostModel::Predict gives them, NaN where an observation is not finite
// included. What it makes of the lidars, the normaliser, the ensemble's networks and their
// calibration are part of the graph. In the model's metadata_props: lookout.cost_model, the
// version's number; lookout.threshold, from which on a cost counts as unsafe; lookout.history and
// lookout.action, the number of earlier observations and of the action's values, where it looks at
// any; lookout.half_lives, those of its traces in steps, as a JSON list; lookout.classes, its
// classes of danger and what they are usually called, as a JSON list of number and name, where it
// has any; and, as far as they are known, the parts of the observation as a JSON list of name,
// first index, length and meaning (lookout.observation), and the environments that observe so, as a
// JSON list of ids (lookout.environments). Rejects (kBadInput) a model that is no ensemble of
// networks.
Result<std::string> EncodeOnnx(const agents::CostModel& model,
                               const std::vector<std::string>& environments);

}  // namespace lookout::app
