// What the agents of an experiment on labels say together: means with intervals, and how much of
// the return of the rule's agents is kept. Pure functions; any thread.
#pragma once

#include <span>
#include <vector>

#include "agents/feedback/agreement/episode_bootstrap.h"
#include "app/experiments/labels/labels_cell.h"
#include "app/experiments/labels/labels_settings.h"

namespace lookout::app {

// Of all seeds of a row at one limit. The intervals are of 95 %, over the seeds, whose means carry
// the scatter of their episodes along; of a single seed, over its episodes.
struct LabelsLine {
  CellKey key;  // without the seed
  int seeds = 0;
  int without_model = 0;  // of these, trained without a constraint: all answers were of one verdict
  double answers = 0.0;   // means over the seeds
  double viewing_minutes = 0.0;
  agents::Estimate total_reward;
  agents::Estimate true_cost;
  agents::Estimate learned_cost;
  agents::Estimate ratio;  // of learned to true cost
  agents::Estimate audited_cost;
  agents::Estimate auc;
  agents::Estimate missed;
  agents::Estimate calibration_error;
  agents::Estimate share;  // of the return of the rule's agents at the same limit
};

// Of all limits of a row: at the true cost of the plan, on the straight lines between their means.
// NaN where that cost does not lie between two of them.
struct MatchedLine {
  CellKey key;  // without seed and limit
  agents::Estimate total_reward;
  agents::Estimate share;  // of the rule's agents' at that cost
};

struct LabelsSummary {
  std::vector<LabelsLine> lines;  // by limit, then as CellsOf has them
  std::vector<MatchedLine> matched;
};

// cells: of RunLabels with that plan.
LabelsSummary Summarise(std::span<const LabelsCell> cells, const LabelsPlan& plan);

// Where the line through the points, by ascending cost, is at `cost`; NaN outside of them.
// costs, values: [points], in any order.
double ValueAt(double cost, std::span<const double> costs, std::span<const double> values);

}  // namespace lookout::app
