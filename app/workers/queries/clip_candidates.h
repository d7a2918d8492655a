// The stretches of recorded episodes that could be asked about, with what speaks for asking. Any
// thread.
#pragma once

#include <Eigen/Core>
#include <vector>

#include "app/workers/queries/query_request.h"

namespace lookout::app {

struct ClipCandidate {
  agents::Segment clip;
  bool has_picture = true;  // not of an imported episode, whose simulator's state is not known
  float predicted = 0.0F;   // means over its steps; 0 without a cost model
  float spread = 0.0F;
  Eigen::VectorXf seen;  // its mean observation, in standard deviations of all candidates
  float novelty = 0.0F;  // from `seen` to the nearest judged candidate's; see Candidates
};

struct ClipCandidates {
  std::vector<ClipCandidate> open;  // nobody has judged any of their steps
  bool anything_judged = false;     // else every novelty is 0
};

// Clips of about a second and a half, side by side. An observation that is not finite makes no
// candidate.
ClipCandidates FindCandidates(const QueryRequest& request);

}  // namespace lookout::app
