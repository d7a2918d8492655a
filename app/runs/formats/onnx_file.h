// Policies for other programs: a trained actor as an ONNX model. Any thread.
#pragma once

#include <string>

#include "agents/policies/learned/gaussian_actor.h"

namespace lookout::app {

// The bytes of an ONNX model (opset 13) with the input
//   observation [batch x observation_dim]  as the environment gives it, not normalised
// and the outputs
//   action      [batch x action_dim]       the mean, to be clipped to [-1, 1]
//   log_std     [action_dim]               log standard deviations, the same for all observations
// all in float32. The normaliser is part of the graph. What a graph cannot say is in the model's
// metadata_props: lookout.action_repeat, the environment steps for which each action has to be
// held, lookout.policy, lookout.iteration and, as far as they are known, lookout.environment, its
// options as JSON (lookout.configuration), the parts of the observation as a JSON list of name,
// first index, length and meaning (lookout.observation), and the meaning of each component of the
// action as a JSON list (lookout.action).
// A policy with memory has a further input and output, which all that it remembers is in:
//   state       [batch x state_dim]        0 at an episode's start, else next_state of the decision
//                                          before
//   next_state  [batch x state_dim]
// and the metadata lookout.state, a JSON object with their names, the length and, in words, what it
// is made of.
std::string EncodeOnnx(const agents::GaussianActor& actor);

}  // namespace lookout::app
