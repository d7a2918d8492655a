// What the inspector is asked about a moment, and what it says. Values; any thread.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <variant>

#include "agents/feedback/models/cost_model.h"
#include "app/workers/fitter/fit_request.h"
#include "app/workers/runtime/recording_handle.h"
#include "sim/recording/recording.h"
#include "ui/inspection.h"
#include "ui/model/episode_store.h"

namespace lookout::app {

// Why does the model judge this moment as it does?
struct ExplainRequest {
  std::int64_t number = 0;  // requests have growing numbers
  ui::EpisodeScenePtr scene;
  StepIndex step = 0;
  sim::StepRecord record;      // of that step, with the simulator's state
  agents::CostModelPtr model;  // not null
  // What is labelled of such observations; null: nothing. The same pointer promises the same
  // labels, which are read once.
  std::shared_ptr<const FitRequest> labels;
  RecordingLoader load = nullptr;  // of episodes that nobody has in memory
};

// Can the explanation of that moment be trusted?
struct CheckRequest {
  ExplainRequest moment;
};

using InspectorMessage = std::variant<ExplainRequest, CheckRequest>;

struct MomentAnswer {
  std::int64_t number = 0;                            // of the request
  std::shared_ptr<const ui::MomentExplained> moment;  // null: there is a problem
  std::string problem;
};

struct CheckAnswer {
  std::int64_t number = 0;
  std::shared_ptr<const agents::SanityReport> report;  // null: there is a problem
  std::string problem;
};

using InspectorAnswer = std::variant<MomentAnswer, CheckAnswer>;

}  // namespace lookout::app
