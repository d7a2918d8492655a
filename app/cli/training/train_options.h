// The options of `lookout train`. Main thread.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "agents/rl/runs/training.h"
#include "app/cli/support/field_options.h"
#include "app/cli/training/train_display.h"

namespace lookout::app {

// What the command line asks for.
struct TrainOptions {
  std::string environment = "Safexp-PointGoal1-v0";
  std::string algorithm;  // empty: the preset's, or the resumed run's
  std::string network;
  std::string cost;
  std::string multiplier;
  std::string cost_reading;
  std::string overseer;  // "none": nobody; empty: the resumed run's
  std::string learn_from;
  std::string settings_file;  // JSON by option names, over the preset and under the options
  std::string cost_model_file;
  std::string start_from;  // policy or checkpoint file; empty: a fresh network
  std::string preset = "ray2019";
  std::string folder;   // of a new run
  bool anyway = false;  // even if the limit cannot be met
  std::string resume;   // of a run to go on with; then `folder` is not looked at
  TrainOutput output = TrainOutput::kTable;
  FieldOverrides overrides;  // settings by option name
};

// The settings that options ask for on top of `base` (a preset's or a resumed run's). Rejects
// unknown names and values out of range, naming the option: kUsage, or kBadInput for what does not
// go together in `base` already.
Result<agents::TrainingSettings> ApplyOptions(const TrainOptions& options,
                                              agents::TrainingSettings base);

// Adds them all to the command; `options` has to outlive it.
void AddTrainOptions(CLI::App& command, TrainOptions& options);

}  // namespace lookout::app
