// Episodes that another program recorded: observations, actions, rewards and costs, without a
// simulator's state. Read from a text file, saved in a project. Any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/project/project.h"
#include "sim/recording/recording.h"

namespace lookout::app {

// One episode; steps[0] is the state after the reset.
struct Trajectory {
  sim::EpisodeHeader header;  // without an id
  std::vector<sim::StepRecord> steps;
  std::vector<std::string> other_cost_names;
};

// What a person says of a file that it does not say itself.
struct ImportOptions {
  std::string environment;       // empty: as the file says
  double step_duration_s = 0.0;  // 0: as the file says, or 0.02
};

// JSON Lines if it begins with '{', else CSV; app/cli/README.md describes both. `file`: its
// name, for a person. Rejects (kBadInput) whatever is wrong, naming the line and the way out.
Result<std::vector<Trajectory>> ReadTrajectories(std::string_view text, const std::string& file,
                                                 const ImportOptions& options);

// Appends the episodes, all of them or none; returns their ids. text: of the file that they are
// from, which the project remembers by its fingerprint (settings "imported/FINGERPRINT"); empty: no
// file.
Result<std::vector<EpisodeId>> SaveTrajectories(Project& project,
                                                std::vector<Trajectory> trajectories,
                                                std::string_view text = {});

// The episodes that a file of the same content became before and that are still in the project.
std::vector<EpisodeId> ImportedBefore(Project& project, std::string_view text);

}  // namespace lookout::app
