// A question about a cost model in the layout of an episode, and how it is answered. Values; any
// thread.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "agents/feedback/models/cost_model.h"
#include "app/workers/runtime/environment_factory.h"
#include "sim/recording/recording.h"
#include "ui/inspection.h"
#include "ui/model/episode_store.h"

namespace lookout::app {

struct ProofRequest {
  std::int64_t number = 0;  // requests have growing numbers
  std::string question;     // JSON, see ParseQuestion
  double seconds = 60.0;    // at most
  int workers = 1;          // threads; they never change the answer, unless the time runs out
  ui::EpisodeScenePtr scene;
  sim::SimStatePtr beginning;  // of the episode; null: it was recorded without
  agents::CostModelPtr model;  // not null
};

// What is told of it: how far it has come, then the answer or the problem.
struct ProofNews {
  std::int64_t number = 0;
  agents::ProofProgress progress;
  std::shared_ptr<const ui::QuestionAnswered> answer;
  std::string problem;
};

// Rejects (kBadInput), in words for a person: what ParseQuestion, ModelBounds and Scene reject, a
// model that does not fit, and an episode whose world cannot be rebuilt.
Result<ui::QuestionAnswered> AnswerQuestion(const ProofRequest& request,
                                            const EnvironmentFactory& factory,
                                            const agents::ProofWatcher& watcher = {});

}  // namespace lookout::app
