// What the inspector is asked about a moment, and what it says. Values; any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "agents/feedback/models/cost_model.h"
#include "agents/policies/policy.h"
#include "app/workers/fitter/fit_request.h"
#include "app/workers/runtime/recording_handle.h"
#include "sim/recording/recording.h"
#include "ui/inspection.h"
#include "ui/model/episode_store.h"
#include "ui/sensor_attack.h"

namespace lookout::app {

// Why does the cost model judge this moment as it does, or a policy act or expect as it does there?
struct ExplainRequest {
  std::int64_t number = 0;  // requests have growing numbers
  ui::EpisodeScenePtr scene;
  StepIndex step = 0;
  sim::StepRecord record;  // of that step, with the simulator's state
  ui::WhySubject subject = ui::WhySubject::kCostModel;
  agents::CostModelPtr model = nullptr;    // not null if it is asked, as are its labels
  agents::PolicyPtr policy = nullptr;      // not null if it is asked
  std::vector<sim::ChunkPtr> chunks = {};  // likewise, of the episode: what it remembers
  // What is labelled of such observations; null: nothing. The same pointer promises the same
  // labels, which are read once.
  std::shared_ptr<const FitRequest> labels = nullptr;
  RecordingLoader load = nullptr;  // of episodes that nobody has in memory
};

// Can the explanation of that moment be trusted?
struct CheckRequest {
  ExplainRequest moment;
  std::size_t which = 0;  // of the numbers of a policy
};

// How far may the sensors of that moment be off before the cost model's verdict turns?
struct SensorRequest {
  ExplainRequest moment;  // of a cost model, with the chunks of the episode
  double budget = 0.0;    // share of its scale by which each value may be off
};

// Moments of this episode are going to be asked about: its world is built, and nothing is told.
struct PrepareRequest {
  std::int64_t number = 0;
  ui::EpisodeScenePtr scene;
  sim::SimStatePtr state;  // of any of its steps, not null
};

using InspectorMessage = std::variant<ExplainRequest, CheckRequest, SensorRequest, PrepareRequest>;

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

struct SensorAnswer {
  std::int64_t number = 0;
  std::shared_ptr<const ui::SensorsAttacked> result;  // null: there is a problem
  std::string problem;
};

using InspectorAnswer = std::variant<MomentAnswer, CheckAnswer, SensorAnswer>;

}  // namespace lookout::app
