// All that is asked about one moment: why does a cost model call it unsafe, or not? Pure function;
// the world's thread.
#pragma once

#include <limits>
#include <vector>

#include "agents/inspect/explanations/counterfactual.h"
#include "agents/inspect/explanations/explained_number.h"
#include "agents/inspect/explanations/motion_curve.h"
#include "agents/inspect/explanations/nearest_labels.h"

namespace lookout::agents {

struct ExplanationSettings {
  ContributionSettings contributions;
  CounterfactualSettings counterfactual;
  MotionSettings motion;
  NearestLabelsSettings labels;
};

struct Explanation {
  CostPrediction prediction;
  double log_odds = 0.0;
  double unsafe_from = kUnsafeFrom;
  bool is_unsafe = false;
  double support = std::numeric_limits<double>::quiet_NaN();  // see support.h; NaN: not known
  // The model looks at earlier observations or at actions, and what is said here is of the state
  // alone, as if nothing had moved and nothing been done.
  bool of_state_alone = false;
  RobotPose pose;
  ObjectContributions contributions;
  IntegratedGradients gradients;  // from the same state with nothing around
  Counterfactual any_move, shift, turn;
  MotionCurve motion;
  std::vector<NearLabel> labels;
};

// Rejects (kBadInput) a model that does not fit the world, naming what differs, and as
// CheckWorldCanBeExplained.
Status CheckMomentCanBeExplained(const CostModel& model, const sim::SafetyGym& world);

// world: an own one, in the moment that is explained, and again afterwards. labels: that the model
// was fitted to; null: not known. Rejects (kBadInput) as above, and as NearestLabels does.
Result<Explanation> Explain(const CostModel& model, sim::SafetyGym& world, const LabelSet* labels,
                            const ExplanationSettings& settings = {},
                            const KeepGoing& keep_going = {});

}  // namespace lookout::agents
