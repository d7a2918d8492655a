// What networks see of rows on which noise was put. Any thread, each with its own scratch.
#pragma once

#include <Eigen/Core>
#include <span>

#include "agents/feedback/fitting/lessons.h"
#include "agents/feedback/models/cost_inputs.h"
#include "agents/feedback/targets/label_set.h"
#include "agents/learning/normaliser.h"
#include "sim/base/random_state.h"

namespace lookout::agents {

// The steps of columns, as cost models look at them. Borrow them.
Transitions TransitionsOf(const Eigen::MatrixXf& observations, const LabelledPast& past);

class NoisyInputs {
 public:
  // All references have to outlive this. lessons: with noise.
  NoisyInputs(const LabelSet& labels, const Lessons& lessons, const CostInputs& inputs,
              const Normaliser& normaliser)
      : labels_(labels), lessons_(lessons), inputs_(inputs), normaliser_(normaliser) {}

  // rows: those of the labels, then those that are taught. out: [inputs x rows], resized.
  void Write(std::span<const int> rows, RandomState& random, StepColumns& scratch,
             Eigen::MatrixXf& out) const;

 private:
  const LabelSet& labels_;
  const Lessons& lessons_;
  const CostInputs& inputs_;
  const Normaliser& normaliser_;
};

}  // namespace lookout::agents
