// Plays episodes under overseers and keeps account of what happened, in the same way for any number
// of workers. Any thread.
#pragma once

#include <string>
#include <vector>

#include "agents/overseer/ledger.h"
#include "app/overseers/costly_episodes.h"
#include "app/project/project.h"
#include "app/runs/policy_evaluation.h"

namespace lookout::app {

struct OverseenPlayOptions {
  EvaluationOptions episodes;      // with the overseers as make_filter
  double person_s_per_step = 0.0;  // for which a person has to be there
  Project* record = nullptr;       // gets every episode, if not null; then of SafetyGym alone
};

struct OverseenPlay {
  std::vector<PlayedEpisode> episodes;  // in the order of their seeds
  agents::OverseerLedger ledger;        // of those that could be started, in that order
  std::vector<CostlyEpisode> costly;    // likewise
};

// Fails as PlayEpisodes, and where the project cannot be written.
Result<OverseenPlay> PlayOverseen(const agents::Policy& policy,
                                  const agents::EnvironmentMaker& make_environment,
                                  const OverseenPlayOptions& options,
                                  const EvaluationProgress& progress = {});

}  // namespace lookout::app
