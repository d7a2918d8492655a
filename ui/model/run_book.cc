#include "ui/model/run_book.h"

#include <algorithm>
#include <cstdio>
#include <utility>

#include "agents/rl/choices.h"
#include "agents/rl/settings.h"

namespace lookout::ui {

bool KeepsPolicy(const agents::TrainingSettings& settings, int iteration) {
  constexpr std::int64_t kKept = 40;
  const std::int64_t iterations =
      (settings.total_steps + settings.steps_per_iteration - 1) / settings.steps_per_iteration;
  const std::int64_t stride = std::max<std::int64_t>(1, (iterations + kKept - 1) / kKept);
  return iteration == 1 || iteration % stride == 0;
}

std::string ExperimentKey(const RunTrack& run) {
  std::string key = run.environment;
  agents::VisitChoices(run.settings, [&](std::string_view, auto choice, std::string_view) {
    key.append("|").append(agents::ChoiceName(choice));
  });
  agents::VisitSettings(run.settings,
                        [&](std::string_view name, auto value, double, double, std::string_view) {
                          if (name == "seed" || name == "workers" || name == "steps") return;
                          char text[40];
                          std::snprintf(text, sizeof text, "|%.17g", static_cast<double>(value));
                          key += text;
                        });
  return key;
}

void RunBook::Put(RunTrack run) {
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

const RunTrack* RunBook::Find(RunId id) const {
  const auto found = std::ranges::find(runs_, id, &RunTrack::id);
  return found == runs_.end() ? nullptr : &*found;
}

}  // namespace lookout::ui
