// The training runs of a session: follows the one in training, and brings earlier ones back from
// the project, to be resumed or watched. Window thread only.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "app/workspace/worker_links.h"
#include "ui/commands.h"
#include "ui/model/run_store.h"

namespace lookout::app {

class TrainingRuns {
 public:
  explicit TrainingRuns(const WorkerLinks& links) : links_(links) {}

  // A run of the project, at the start.
  void Add(ui::RunTrack run) { store_.Put(std::move(run)); }
  // Once a frame: what the trainer says of its run.
  void Follow(const ui::TrainingSnapshot& training);

  // A run of a folder, opened for the first time or anew.
  void AddOpened(ui::RunTrack run);
  // How the run's policy that goes by this name among the agents is to be asked for.
  std::optional<ui::WatchRun> FindPolicy(std::string_view name) const;

  // Both ask the project for the run's file; OnLoaded does the rest.
  void Apply(const ui::ResumeRun& command);
  // A run of a folder has its policy among the agents already: the command to watch it.
  std::optional<ui::WatchIn> Apply(const ui::WatchRun& command);
  // Hands the run to the trainer, or puts its policy among the agents and returns the command to
  // watch it.
  std::optional<ui::WatchIn> OnLoaded(const LoadRun& request, std::string bytes);

  const ui::RunStore& store() const { return store_; }

 private:
  const WorkerLinks& links_;
  ui::RunStore store_;
};

}  // namespace lookout::app
