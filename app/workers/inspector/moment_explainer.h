// Explains moments of recorded episodes, one after the other; keeps the world of the last episode
// and the labels that were read last. One thread.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "agents/inspect/explanations/sanity.h"
#include "app/workers/fitter/fit_steps.h"
#include "app/workers/inspector/inspector_request.h"
#include "app/workers/runtime/environment_factory.h"

namespace lookout::app {

class MomentExplainer {
 public:
  explicit MomentExplainer(EnvironmentFactory factory) : factory_(std::move(factory)) {}

  // All but the labels, which are kComing, or kNone. Rejects (kBadInput) as agents::Explain does,
  // and an episode without the simulator's state or whose world cannot be rebuilt.
  Result<ui::MomentExplained> Explain(const ExplainRequest& request,
                                      const agents::KeepGoing& keep_going);
  // Reads the labels, unless they are those that were read last, and adds the nearest.
  void AddLabels(const ExplainRequest& request, const agents::KeepGoing& keep_going,
                 ui::MomentExplained& explained);
  // Against weights at random and planted cues, and fits to shuffled labels where there are any.
  Result<agents::SanityReport> Check(const ExplainRequest& request,
                                     const agents::KeepGoing& keep_going);

 private:
  Status Enter(const ExplainRequest& request);
  Status ReadLabels(const ExplainRequest& request, const agents::KeepGoing& keep_going);

  EnvironmentFactory factory_;
  EnvironmentFactory::Gym gym_;  // of scene_
  ui::EpisodeScenePtr scene_;
  FitSteps steps_;
  // What was read last, for which request and model; null: nothing yet.
  std::shared_ptr<const FitRequest> labels_of_;
  CostModelId labels_for_;
  agents::LabelSet labels_;
};

}  // namespace lookout::app
