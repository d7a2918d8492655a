// The best that a cost model of the same class can be: the same inputs and sizes, fitted to the
// rule's own verdict of very many steps. Any thread.
#pragma once

#include <functional>
#include <span>

#include "agents/feedback/fitting/cost_model_fit.h"
#include "app/goodhart/visit_episodes.h"

namespace lookout::app {

// Labels of every `every`-th step of the episodes: unsafe where the rule charges. With as much of
// the past as the model looks at.
agents::LabelSet TrueLabels(std::span<const SeenEpisode> episodes, const agents::CostModel& like,
                            StepIndex every);

// workers: never change the result. Fails if there is but one verdict, or it is stopped.
Result<agents::CostModelPtr> FitBestOfClass(std::span<const SeenEpisode> episodes,
                                            const agents::CostModel& like,
                                            const sim::ObservationSignature& signature,
                                            StepIndex every, int workers,
                                            const std::function<bool(double)>& progress = {});

}  // namespace lookout::app
