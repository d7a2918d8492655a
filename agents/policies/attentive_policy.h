// A policy that can say which of the past its last action went by. Immutable; any thread, each with
// a memory of its own.
#pragma once

#include <Eigen/Core>

#include "agents/policies/policy.h"

namespace lookout::agents {

// A row for each head, those of the lowest layer first; a column for each decision, the present one
// last. Rows add up to 1 but for what was attended to longer ago than there are columns.
struct Attention {
  int layers = 0;
  Eigen::MatrixXf weights;  // [layers * heads x decisions]; empty: it attends to nothing
};

class AttentivePolicy : public Policy {
 public:
  // Of the last action that was chosen with this memory, of this policy; empty before the first.
  // Costs about as much as the action.
  virtual Attention AttentionOf(const PolicyMemory& memory) const = 0;
};

}  // namespace lookout::agents
