// The stretches of recorded episodes that could be asked about, with what speaks for asking. Any
// thread.
#pragma once

#include <Eigen/Core>
#include <span>
#include <vector>

#include "agents/feedback/kinds/target_sink.h"
#include "agents/feedback/models/unsafe_threshold.h"

namespace lookout::agents {

struct QueryCandidate {
  Segment clip;
  bool has_picture = true;  // not of an imported episode, whose simulator's state is not known
  // Of the predicted costs of its steps; all 0 without a cost model.
  float predicted = 0.0F;     // mean
  float highest = 0.0F;       // greatest
  float spread = 0.0F;        // mean over the steps
  float disagreement = 0.0F;  // likewise, see disagreement.h
  float nearness = 0.0F;      // likewise
  Eigen::VectorXf
      seen;  // [inputs] mean of what the model sees, in standard deviations of all clips
  // From `seen` to that of the nearest judged clip, as the root of the mean square over the inputs,
  // so that observations of any length compare; 0 if nothing was judged.
  float novelty = 0.0F;
};

struct QueryCandidates {
  std::vector<QueryCandidate> open;  // nobody has judged any of their steps
  std::vector<Segment> stop_set;     // never asked about, see stop_set.h
  bool anything_judged = false;
  bool has_model = false;  // its predictions were given
};

// One recorded episode.
struct EpisodeToAsk {
  EpisodeId episode;
  bool has_picture = true;
  // [inputs x steps] what a cost model sees of every step, the reset included; not finite where the
  // step has no usable observation.
  Eigen::MatrixXf inputs;
  std::span<const float> predicted;  // [steps] of the cost model; both empty without one
  std::span<const float> spread;     // [steps] standard deviations over its members
};

struct ClipSettings {
  StepIndex clip_steps = 75;  // > 0
  double threshold =
      double(kUnsafeFrom);  // predicted cost from which a step counts as unsafe, in (0, 1)
};

// Cuts episodes into clips, side by side from step 1 on; a rest is left out, and so are clips in
// which anything is not finite.
class ClipCutter {
 public:
  explicit ClipCutter(const ClipSettings& settings) : settings_(settings) {}

  // The inputs of all episodes have the same size.
  void Add(const EpisodeToAsk& episode);
  // judged: what somebody has said something about, see JudgedSegments.
  QueryCandidates Finish(std::span<const Segment> judged) &&;

 private:
  void Standardise();

  ClipSettings settings_;
  std::vector<QueryCandidate> clips_;
  bool has_model_ = false;
};

bool Overlap(const Segment& a, const Segment& b);

}  // namespace lookout::agents
