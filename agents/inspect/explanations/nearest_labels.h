// The labelled moments most like the one that is explained, as the cost model sees it: "because you
// marked these". Pure function; any thread.
#pragma once

#include <Eigen/Core>
#include <string>
#include <vector>

#include "agents/feedback/targets/label_set.h"
#include "agents/inspect/explanations/explained_model.h"

namespace lookout::agents {

struct NearestLabelsSettings {
  int most = 5;
  // Neighbouring steps are nearly copies: of one episode, those that are told lie further apart.
  StepIndex apart_steps = 25;
};

struct NearLabel {
  int row = 0;  // of the labels
  EpisodeId episode;
  StepIndex step = 0;
  MarkId source;
  std::string annotator;     // empty: several, or nobody in particular
  float target = 0.0F;       // probability of unsafe that it was labelled with
  bool marked = true;        // false: viewed and not marked
  double distance = 0.0;     // Euclidean, between standardised inputs of the model's networks
  double probability = 0.0;  // that the model gives it
};

// Of the states alone, the nearest first. observation: [observation_dim]. Rejects (kBadInput)
// labels of another length, and a model that does not say what its networks see.
Result<std::vector<NearLabel>> NearestLabels(const ExplainedModel& model, const LabelSet& labels,
                                             const Eigen::VectorXf& observation,
                                             const NearestLabelsSettings& settings = {},
                                             const KeepGoing& keep_going = {});

}  // namespace lookout::agents
