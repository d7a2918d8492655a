#include "app/cli/fit_options.h"

#include <CLI/CLI.hpp>

#include "agents/feedback/student/student_settings.h"
#include "app/cli/support/option_checks.h"

namespace lookout::app {
namespace {

void AddLabelOptions(FitOptions& options, CLI::App& command) {
  CLI::Option* const labels = command.add_option(
      "--labels", options.labels,
      "File of labels to fit to in place of the project's, as `lookout labels import` reads it; "
      "its "
      "name ends in .jsonl, .csv and so on. The file has no observations: the project that it "
      "speaks of gives them, and is only read.");
  command.add_flag("--beside", options.beside, "The project's own labels count, too.")
      ->needs(labels);
}

// What of a step the model looks at, and which steps it learns from besides the marked ones.
void AddInputOptions(FitOptions& options, CLI::App& command) {
  command
      .add_option("--inputs", options.inputs,
                  "What the model looks at: full, the whole observation, or world, its lidars and "
                  "distances alone, so that it says nothing about how the robot itself moves.")
      ->capture_default_str();
  command
      .add_option("--unmarked", options.unmarked,
                  "What a step counts as safe that was viewed and not marked, 0 to 1. Viewed is "
                  "what lies between an annotator's first and last mark of an episode, and of a "
                  "clip that the queue asked about the clip.")
      ->check(Between(0.0, 1.0))
      ->capture_default_str();
  command
      .add_option("--history", options.history,
                  "How many observations before a step it looks at as well, 0 to 8: by how much "
                  "each has changed since, so that it can tell fast from slow.")
      ->capture_default_str();
  command.add_flag("--with-action", options.with_action,
                   "It looks at the executed action that led to a step as well.");
  command
      .add_option("--traces", options.traces,
                  "How many means of all that was observed before a step it looks at as well, 0 to "
                  "3, with the nearest thing that each lidar has seen: they forget half in 10, 50 "
                  "and 250 steps, so that it can tell what one step does not show, as how long it "
                  "has been somewhere, or what a sensor that blinks has just seen.")
      ->capture_default_str();
}

}  // namespace

void AddFitOptions(CLI::App& command, FitOptions& options) {
  command.add_option(
      "--project", options.project,
      "Project file with the recordings; it is only read. Default: in your data folder.");
  AddLabelOptions(options, command);
  command.add_option("--env", options.environment,
                     "Environment whose marks count; needed if several have marks.");
  command.add_option("--out", options.out, "File of the cost model.")->required();
  command
      .add_option("--annotators", options.annotators,
                  "How annotators who disagree are weighed: equal, or dawid-skene, by how often "
                  "each errs.")
      ->capture_default_str();
  AddInputOptions(options, command);
  command.add_flag("--no-noise", options.no_noise,
                   "It does not learn other sights of a danger: mirrored, turned, without what is "
                   "far. From the same labels it errs more then, but it can learn what is "
                   "dangerous from one side alone.");
  command.add_flag("--no-classes", options.no_classes,
                   "The total alone. Otherwise classes of danger that marks name are also told "
                   "apart, each by a head beside the total, which is the same either way.");
  command.add_option("--previous", options.previous,
                     "Cost model to go on from, in a fraction of the time, if it is of the same "
                     "observation, inputs and sizes and knows its episodes.");
  AddFieldOptions(
      command, agents::StudentSettings{}, [](const auto&) { return "A noisy student"; },
      options.student);
  command.add_flag("--json", options.json, "One JSON object instead of a line.");
}

}  // namespace lookout::app
