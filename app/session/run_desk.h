// The training runs of a session: follows the one in training, and brings earlier ones back from
// the project, to be resumed or watched. Window thread only.
#pragma once

#include <optional>
#include <string>

#include "app/session/worker_links.h"
#include "ui/commands.h"
#include "ui/model/run_book.h"

namespace lookout::app {

class RunDesk {
 public:
  explicit RunDesk(const WorkerLinks& links) : links_(links) {}

  // A run of the project, at the start.
  void Add(ui::RunTrack run) { book_.Put(std::move(run)); }
  // Once a frame: what the trainer says of its run.
  void Follow(const ui::TrainingSnapshot& training);

  // Both ask the project for the run's file; OnLoaded does the rest.
  void Apply(const ui::ResumeRun& wish);
  void Apply(const ui::WatchRun& wish);
  // Hands the run to the trainer, or puts its policy among the agents and returns the wish to watch
  // it.
  std::optional<ui::WatchIn> OnLoaded(const LoadRun& request, std::string bytes);

  const ui::RunBook& book() const { return book_; }

 private:
  const WorkerLinks& links_;
  ui::RunBook book_;
};

}  // namespace lookout::app
