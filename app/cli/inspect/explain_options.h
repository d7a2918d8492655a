// What `lookout explain` is asked, and the moment that it is asked about. Main thread.
#pragma once

#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "agents/inspect/explanations/explanation.h"
#include "app/cli/support/named_policy.h"
#include "app/explanations/explained_moment.h"

namespace lookout::app {

struct ExplainOptions {
  std::string model;
  PolicyChoice choice;  // nobody named: the agent itself, or who goes to the goal
  std::uint32_t seed = 0;
  StepIndex step = 0;
  std::string project;       // empty: labels are not known
  std::int64_t episode = 0;  // of the project; 0: one is played
  double threshold = agents::kUnsafeFrom;
  double most_m = agents::CounterfactualSettings{}.most_m;
  int players = agents::ContributionSettings{}.players;
  std::vector<std::string> of_cost_models;  // options that were given and say nothing of an agent
  bool sanity = false;
  bool json = false;
};

// Null if none is named. Rejects (kBadInput) a file that is no project.
Result<std::unique_ptr<Project>> ProjectOf(const ExplainOptions& options);

// project: of the options, or null. Rejects what RecordedMoment and PlayTo reject.
Result<ExplainedMoment> FindMoment(const ExplainOptions& options, Project* project,
                                   const agents::KeepGoing& going);

// "seed 3, step 60 of Go to goal".
std::string MomentText(const ExplainedMoment& moment);
nlohmann::ordered_json MomentToJson(const ExplainedMoment& moment);

// Explains the agent that the options name as their model. Returns the exit code.
int ExplainAgent(ExplainOptions options);

}  // namespace lookout::app
