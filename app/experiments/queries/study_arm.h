// One person's sitting of an experiment on queries: asked batch by batch, with a cost model fitted
// after each, which is measured on episodes that nobody was asked about. One owner, one thread.
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "agents/feedback/annotators/annotator_spec.h"
#include "app/experiments/queries/study_settings.h"
#include "app/experiments/study_episodes.h"
#include "sim/environment/observation_signature.h"

namespace lookout::app {

// After a batch.
struct RoundFigures {
  int labels = 0;        // clips so far
  int unsafe_clips = 0;  // of these, in which the annotator called some steps unsafe
  // On the held-out episodes: over all steps the area under the ROC curve; the predicted cost of
  // all episodes over the true one; and how far the predicted cost of an episode is from its true
  // one in the mean, as a part of the mean true cost. Before both verdicts were given there is no
  // cost model, which counts as one that tells nothing: 0.5, 0 and 1.
  double auc = 0.5;
  double cost_ratio = 0.0;
  double cost_error = 1.0;
  // Cohen's kappa with the model of the batch before on the stop set; NaN: not known.
  double agreement = std::numeric_limits<double>::quiet_NaN();
  // What labelling_value.h makes of it: of the spans drawn by chance so far, and whether it is
  // enough.
  int audited_unsafe = 0;
  int audited_missed = 0;
  bool enough = false;

  double auc_error() const { return 1.0 - auc; }
};

// What is the same for both strategies of a seed.
struct StudyMaterial {
  sim::ObservationSignature signature;
  std::vector<StudyEpisode> pool;
  std::vector<StudyEpisode> held_out;
};

// seed: of the annotator's faults, of draws and of fits. Same arguments: same figures. Ends early
// when nothing is left to ask. Fails if it is stopped, or a fit fails.
Result<std::vector<RoundFigures>> RunArm(const StudySettings& settings,
                                         const agents::AnnotatorSpec& annotator,
                                         const StudyMaterial& material, Strategy strategy,
                                         std::uint32_t seed, const KeepGoing& keep_going);

}  // namespace lookout::app
