// What `lookout fit` is told. One thread.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "app/cli/support/field_options.h"

namespace lookout::app {

struct FitOptions {
  std::string project;      // empty: the default one
  std::string labels;       // file of labels to fit to in place of the project's; empty: none
  bool beside = false;      // in addition to the project's
  std::string environment;  // id, short name or the name of one of the project's own; empty: the
                            // only one that has marks
  std::string out;
  std::string annotators = "equal";
  std::string inputs = "full";
  double unmarked = 0.0;
  int history = 0;
  bool with_action = false;
  int traces = 0;
  bool no_noise = false;
  bool no_classes = false;
  std::string previous;  // file of the model to go on from; empty: anew
  FieldOverrides student;
  bool json = false;
};

void AddFitOptions(CLI::App& command, FitOptions& options);

}  // namespace lookout::app
