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

  // Builds the world of that episode, unless it is that of the last one, and puts it into the
  // state, which is one of its steps'. Rejects (kBadInput) one whose world cannot be rebuilt, and
  // null.
  Status Enter(const ui::EpisodeScenePtr& scene, const sim::SimStatePtr& state);
  // All but the labels, which are kComing, or kNone. Rejects (kBadInput) as Enter does, of a cost
  // model as agents::Explain does, of a policy as NumbersAsked and agents::ExplainNumber do.
  Result<ui::MomentExplained> Explain(const ExplainRequest& request,
                                      const agents::KeepGoing& keep_going);
  // Reads the labels, unless they are those that were read last, and adds the nearest.
  void AddLabels(const ExplainRequest& request, const agents::KeepGoing& keep_going,
                 ui::MomentExplained& explained);
  // Against weights at random and planted cues, of a cost model also fits to shuffled labels where
  // there are any. Rejects as Explain does.
  Result<agents::SanityReport> Check(const CheckRequest& request,
                                     const agents::KeepGoing& keep_going);

 private:
  Status ExplainModel(const ExplainRequest& request, const agents::KeepGoing& keep_going,
                      ui::MomentExplained& explained);
  Status ExplainPolicy(const ExplainRequest& request, const agents::KeepGoing& keep_going,
                       ui::MomentExplained& explained);
  Result<agents::SanityReport> CheckModel(const ExplainRequest& request,
                                          const agents::KeepGoing& keep_going);
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
