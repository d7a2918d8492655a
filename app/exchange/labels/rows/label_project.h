// What the formats of labels see of a project: its episodes, and how long their steps last. One
// owner, one thread.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "app/project/project.h"

namespace lookout::app {

// Steps and seconds. Step t stands at t times the step's duration from the reset and lasts until
// the next one does: steps first to last take the time from first * d up to (last + 1) * d, and a
// time means the step boundary that is nearest.
double StartOfStep(StepIndex step, double step_duration_s);
double EndOfStep(StepIndex step, double step_duration_s);
// Nothing if the time is not finite or is before the reset, or the step is beyond what is counted.
std::optional<StepIndex> StepStartingAt(double time_s, double step_duration_s);
// The last of the steps from `first` on that are over by then, and at least that one.
std::optional<StepIndex> StepEndingAt(double time_s, double step_duration_s, StepIndex first);

class LabelProject {
 public:
  // Reads the list of episodes. `project` outlives this.
  static Result<LabelProject> Open(Project& project);

  Project& project() const { return *project_; }
  const std::map<EpisodeId, StoredEpisode>& episodes() const { return episodes_; }
  const StoredEpisode* Find(EpisodeId id) const;  // null: there is none
  // How many steps a span may reach: those recorded and, where the recording was cut off, those of
  // a chunk more, as feedback is on disk before the steps that it is about. 0: no such episode.
  StepIndex StepsOf(EpisodeId id) const;
  // Seconds, by the recording; read once. 0.02 if it does not tell.
  double StepDuration(EpisodeId id);

 private:
  explicit LabelProject(Project& project) : project_(&project) {}

  Project* project_;
  std::map<EpisodeId, StoredEpisode> episodes_;
  std::map<EpisodeId, double> durations_;
};

// "2026-11-29 21:03:04.120 UTC"; empty of what is no such time, 0 among them.
std::string TimeText(std::int64_t unix_ms);

// "Safexp-PointGoal1-v0, seed 7, 1000 steps, begun 2026-11-29 21:03:04.120 UTC", by which two
// recordings of one seed are told apart.
std::string DescribeEpisode(const StoredEpisode& episode);

// What a row says of the recording that it is about, as far as it does.
struct ToldRecording {
  std::string environment;         // empty: not said
  std::int64_t seed = -1;          // below 0: not said
  std::int64_t begun_unix_ms = 0;  // 0: not said
};
// Why `episode` is another one: "is about another recording than ..."; empty if it is not.
std::string CheckRecording(const ToldRecording& told, const StoredEpisode& episode);

}  // namespace lookout::app
