// What the seeds of an experiment on transfer say together. Pure functions; any thread.
#pragma once

#include <array>
#include <span>
#include <string>
#include <vector>

#include "agents/feedback/agreement/episode_bootstrap.h"
#include "app/experiments/transfer/transfer_cell.h"

namespace lookout::app {

// Of the seeds in which it was measured; intervals of 95 %, by drawing seeds again.
struct ModelAcross {
  int seeds = 0;
  std::string why;  // it was measured in none; else empty
  std::vector<std::string> absent;
  std::vector<std::string> unknown;
  agents::Estimate auc;
  agents::Estimate missed;
  agents::Estimate false_alarms;
  agents::Estimate ratio;
  int first_seed = 0;  // whose model is there to be looked at
};

// Over the episodes of all seeds: a policy is one training run.
struct PolicyAcross {
  std::string why;  // it cannot act there; else empty
  int episodes = 0;
  agents::Estimate total_reward;  // the return
  agents::Estimate true_cost;
};

struct TransferLine {
  std::size_t source = 0;
  std::size_t target = 0;
  std::array<ModelAcross, kTransferInputs> models;
  PolicyAcross policy;

  const ModelAcross& Of(TransferInputs inputs) const {
    return models[static_cast<std::size_t>(inputs)];
  }
};

// A line for each source in each target, in the order of the cells. cells: of all seeds.
std::vector<TransferLine> Summarise(std::span<const TransferCell> cells);

}  // namespace lookout::app
