// What the demonstration measured, and its JSON. Value types; any thread.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "agents/feedback/agreement/episode_bootstrap.h"
#include "agents/feedback/evaluation/scored_episode.h"
#include "agents/feedback/models/cost_model.h"
#include "agents/feedback/targets/label_set.h"
#include "agents/rl/runs/training.h"
#include "app/demo/demo.h"

namespace lookout::app {

// Of whole episodes of one agent, the means with their 95 % intervals over episodes.
struct AgentFigures {
  std::string agent;
  std::int64_t episodes = 0;
  agents::Estimate total_reward;  // the return
  agents::Estimate true_cost;     // the rule's, per episode
  agents::Estimate learned_cost;  // the model's, per episode
  agents::Estimate ratio;         // learned over true
};

// scored: by one model.
AgentFigures FiguresOf(const std::string& agent, std::span<const agents::ScoredEpisode> scored);
// "return 9.1 [8.8, 9.4], true cost ..., learned cost ... per episode"
std::string InWords(const AgentFigures& figures);

struct DemoSummary {
  DemoOptions options;
  int marks = 0;
  agents::LabelCounts labels;
  agents::CostModelReport model;
  AgentFigures before;   // the agent that was marked
  AgentFigures after;    // trained on the learned cost
  AgentFigures control;  // trained likewise, but on the rule
  std::vector<agents::IterationReport> training;
  std::vector<agents::IterationReport> control_training;
  std::string video;
  double seconds = 0.0;
};

// Indented JSON; numbers that are not finite become null.
std::string ToJson(const DemoSummary& summary);

}  // namespace lookout::app
