// What a fit learns from besides labels, and how learning is made harder. Value types; any thread.
#pragma once

#include <Eigen/Core>
#include <functional>

#include "agents/feedback/targets/label_set.h"
#include "sim/base/random_state.h"

namespace lookout::agents {

// Steps side by side, as LabelSet holds them.
struct StepColumns {
  Eigen::MatrixXf observations;  // [observation_dim x n]
  LabelledPast past;             // of the same n; without rows where it is not looked at
};

// Changes steps in place, each in its own way, without changing whether they are unsafe.
using StepNoise = std::function<void(StepColumns& steps, RandomState& random)>;

struct Lessons {
  // Steps that a model has judged: points of kNobody, each with its observation; no pairs. They
  // are learned from alone: they neither stop nor calibrate, and nothing is reported of them.
  LabelSet taught;
  // Of all that is learned from, anew in every epoch; what stops, calibrates and is reported on
  // stays as it is. Null: none.
  StepNoise noise;
  // Normal noise on the weights in every update, so that a unit whose inputs have a deviation of 1
  // is off by this much. 0: none.
  double weight_noise = 0.0;

  bool changes_inputs() const { return noise != nullptr; }
};

}  // namespace lookout::agents
