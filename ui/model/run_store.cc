#include "ui/model/run_store.h"

#include <algorithm>
#include <utility>

namespace lookout::ui {

double RunTrack::steps_per_second() const {
  if (iterations() == 0) return 0.0;
  const agents::IterationReport& last = history->back();
  const std::int64_t before = history->size() > 1 ? (*history)[history->size() - 2].steps : 0;
  const double seconds = last.sample_seconds + last.update_seconds;
  return seconds > 0.0 ? static_cast<double>(last.steps - before) / seconds : 0.0;
}

void RunStore::Put(RunTrack run) {
  ++version_;
  const auto place = std::find_if(runs_.begin(), runs_.end(),
                                  [&](const RunTrack& known) { return known.id <= run.id; });
  if (place != runs_.end() && place->id == run.id) {
    if (run.started_unix_ms == 0) run.started_unix_ms = place->started_unix_ms;
    *place = std::move(run);
  } else {
    runs_.insert(place, std::move(run));
  }
}

const RunTrack* RunStore::Find(RunId id) const {
  const auto found = std::ranges::find(runs_, id, &RunTrack::id);
  return found == runs_.end() ? nullptr : &*found;
}

}  // namespace lookout::ui
