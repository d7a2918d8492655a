// What the window shows of an experiment on transfer that was opened: how good what was learned in
// one environment, the source, is in another, the target. Values; read from a file by the
// workspace, by panels from then on.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "agents/feedback/agreement/episode_bootstrap.h"

namespace lookout::ui {

struct TransferModel {
  std::string why;  // it could not be measured; else empty
  int seeds = 0;    // of the experiment, in which it was
  agents::Estimate auc;
  agents::Estimate missed;           // share of the unsafe steps, at the false alarms beside it
  agents::Estimate false_alarms;     // share of the safe ones
  agents::Estimate ratio;            // learned over true cost
  std::vector<std::string> absent;   // lidars that it looks at and the target lacks
  std::vector<std::string> unknown;  // lidars of the target that it never learned about
  std::string cost_model;            // path of the file, as it was applied in the target
  std::uint32_t evaluated_from = 0;  // the seed of the first episode that it was measured on
};

struct TransferPolicy {
  std::string why;
  int episodes = 0;
  agents::Estimate total_reward;  // the return
  agents::Estimate true_cost;
};

struct TransferCell {
  std::vector<TransferModel> models;  // of each of the inputs
  TransferPolicy policy;
};

struct TransferPlace {
  std::string name;         // "PointGoal1"
  std::string environment;  // its id in this window
  std::string policy;       // who played there, by the name among the agents; empty: the careful
                            // script
};

struct TransferMatrix {
  std::int64_t number = 0;          // greater with every one that is opened
  std::string path;                 // of the file
  std::string annotator;            // in words
  int answers = 0;                  // in each source
  int few_answers = 0;              // in the target, of the last inputs
  std::vector<std::string> inputs;  // what cost models look at: "full", "world", "world+answers"
  std::vector<TransferPlace> places;
  std::vector<TransferCell> cells;  // of each source all targets

  const TransferCell& At(std::size_t source, std::size_t target) const {
    return cells[source * places.size() + target];
  }
};

// A command of the window: to the case of a cell, its target, played by who played there, from a
// seed that it was measured on, with the cost model of those inputs as it was applied there.
struct OpenTransferCase {
  std::size_t source = 0;
  std::size_t target = 0;
  std::size_t inputs = 0;
};

}  // namespace lookout::ui
