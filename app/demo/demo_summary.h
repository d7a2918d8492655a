// What the demonstration measured, and its JSON. Value types; any thread.
#pragma once

#include <string>
#include <vector>

#include "agents/feedback/models/cost_model.h"
#include "agents/feedback/targets/label_set.h"
#include "agents/rl/runs/training.h"
#include "app/demo/demo.h"
#include "ui/model/episode_store.h"

namespace lookout::app {

// Means over whole episodes of one agent.
struct AgentFigures {
  std::string agent;
  int episodes = 0;
  double mean_return = 0.0;
  double mean_true_cost = 0.0;     // the rule's, per episode
  double mean_learned_cost = 0.0;  // the model's, per episode
};
AgentFigures FiguresOf(const ui::EpisodeStore& store, const std::vector<EpisodeId>& episodes);

struct DemoSummary {
  DemoOptions options;
  int marks = 0;
  agents::LabelCounts labels;
  agents::CostModelReport model;
  AgentFigures before;
  AgentFigures after;
  std::vector<agents::IterationReport> training;
  std::string video;
  double seconds = 0.0;
};

// Indented JSON; numbers that are not finite become null.
std::string ToJson(const DemoSummary& summary);

}  // namespace lookout::app
