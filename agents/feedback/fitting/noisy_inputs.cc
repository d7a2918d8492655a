#include "agents/feedback/fitting/noisy_inputs.h"

#include "agents/feedback/transitions/transition.h"

namespace lookout::agents {

Transitions TransitionsOf(const Eigen::MatrixXf& observations, const LabelledPast& past) {
  const Eigen::Index dim = observations.rows();
  const Transitions::Columns nothing = observations.topRows(0);
  const Transitions::Columns actions =
      past.actions.rows() > 0 ? Transitions::Columns(past.actions) : nothing;
  if (past.observations.rows() == 0) return {observations, actions, observations};
  return {past.observations.topRows(dim), actions, observations,
          past.observations.bottomRows(past.observations.rows() - dim), past.traces};
}

void NoisyInputs::Write(std::span<const int> rows, RandomState& random, StepColumns& scratch,
                        Eigen::MatrixXf& out) const {
  const auto count = static_cast<Eigen::Index>(rows.size());
  const Eigen::Index labelled = labels_.observations.cols();
  scratch.observations.resize(labels_.observations.rows(), count);
  scratch.past.observations.resize(labels_.past.observations.rows(), count);
  scratch.past.traces = labels_.past.traces;
  scratch.past.actions.resize(labels_.past.actions.rows(), count);
  for (Eigen::Index i = 0; i < count; ++i) {
    const Eigen::Index row = rows[static_cast<std::size_t>(i)];
    const LabelSet& from = row < labelled ? labels_ : lessons_.taught;
    const Eigen::Index column = row < labelled ? row : row - labelled;
    scratch.observations.col(i) = from.observations.col(column);
    if (scratch.past.observations.rows() > 0) {
      scratch.past.observations.col(i) = from.past.observations.col(column);
    }
    if (scratch.past.actions.rows() > 0) {
      scratch.past.actions.col(i) = from.past.actions.col(column);
    }
  }
  lessons_.noise(scratch, random);
  out.resize(inputs_.dim(), count);
  inputs_.Write(TransitionsOf(scratch.observations, scratch.past), out);
  normaliser_.Apply(out);
}

}  // namespace lookout::agents
