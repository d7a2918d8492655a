// The window's training runs: those of the project and the one that the trainer tells of, with
// their whole histories. Window thread only; RunTrack is a value, any thread.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "agents/rl/runs/training.h"
#include "sim/base/ids.h"

namespace lookout::ui {

struct RunTrack {
  RunId id;
  std::string environment;
  agents::TrainingSettings settings;
  std::shared_ptr<const std::vector<agents::IterationReport>> history;  // null: none yet
  std::int64_t started_unix_ms = 0;
  std::vector<int> kept_policies;  // the iterations whose policies can be watched, ascending
  // Of a run that was made outside of the window: its folder, and the name of its last policy among
  // the agents, if it has one. It has an id below 0 and cannot go on here.
  std::string folder;
  std::string policy;
  bool asked_for = false;  // opened in this sitting, so it is shown at once

  int iterations() const { return history ? static_cast<int>(history->size()) : 0; }
  std::int64_t steps() const { return iterations() > 0 ? history->back().steps : 0; }
  // Over the last iteration; 0 before the first.
  double steps_per_second() const;
};

// A run that can go on from its checkpoint; without one it is only shown.
struct StoppedRun {
  RunTrack run;
  std::string checkpoint;       // may be empty
  std::int64_t more_steps = 0;  // beyond what it has done; 0: what is left of its total
};

class RunStore {
 public:
  // A run that is new, or news of one that is known.
  void Put(RunTrack run);

  const std::vector<RunTrack>& runs() const { return runs_; }  // newest first
  const RunTrack* Find(RunId id) const;
  // Grows with every change.
  std::int64_t version() const { return version_; }

 private:
  std::vector<RunTrack> runs_;
  std::int64_t version_ = 0;
};

}  // namespace lookout::ui
