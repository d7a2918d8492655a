#include "app/exchange/labels/rows/label_project.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <ctime>
#include <limits>
#include <utility>

#include "agents/feedback/agreement/recorded_episode.h"

namespace lookout::app {
namespace {

// The boundary between steps that is nearest.
std::optional<double> BoundaryAt(double time_s, double step_duration_s) {
  const double boundary = std::round(time_s / step_duration_s);
  const double most = std::numeric_limits<StepIndex>::max();
  if (!std::isfinite(boundary) || boundary < 0.0 || boundary > most) return std::nullopt;
  return boundary;
}

}  // namespace

double StartOfStep(StepIndex step, double step_duration_s) { return step * step_duration_s; }

double EndOfStep(StepIndex step, double step_duration_s) {
  return (static_cast<double>(step) + 1.0) * step_duration_s;
}

std::optional<StepIndex> StepStartingAt(double time_s, double step_duration_s) {
  const std::optional<double> boundary = BoundaryAt(time_s, step_duration_s);
  if (!boundary) return std::nullopt;
  return static_cast<StepIndex>(*boundary);
}

std::optional<StepIndex> StepEndingAt(double time_s, double step_duration_s, StepIndex first) {
  const std::optional<double> boundary = BoundaryAt(time_s, step_duration_s);
  if (!boundary) return std::nullopt;
  return std::max(first, static_cast<StepIndex>(*boundary - 1.0));
}

Result<LabelProject> LabelProject::Open(Project& project) {
  Result<std::vector<StoredEpisode>> stored = project.Episodes();
  if (!stored) return stored.error();
  LabelProject labels(project);
  for (StoredEpisode& episode : *stored) {
    const EpisodeId id = episode.header.id;
    labels.episodes_.emplace(id, std::move(episode));
  }
  return labels;
}

const StoredEpisode* LabelProject::Find(EpisodeId id) const {
  const auto found = episodes_.find(id);
  return found == episodes_.end() ? nullptr : &found->second;
}

StepIndex LabelProject::StepsOf(EpisodeId id) const {
  const StoredEpisode* episode = Find(id);
  if (episode == nullptr) return 0;
  return episode->finished ? episode->steps : episode->steps + sim::kChunkSteps;
}

double LabelProject::StepDuration(EpisodeId id) {
  const auto known = durations_.find(id);
  if (known != durations_.end()) return known->second;
  double duration_s = agents::RecordedEpisode{}.step_duration_s;
  const StoredEpisode* episode = Find(id);
  if (episode != nullptr && episode->header.imported) {
    duration_s = episode->header.imported->step_duration_s;
  } else if (episode != nullptr) {
    const auto chunks = project_->LoadSteps(id);
    if (chunks) duration_s = agents::DescribeRecorded(episode->header, *chunks).step_duration_s;
    duration_s = std::round(duration_s * 1e9) / 1e9;  // a difference of the simulator's times
  }
  durations_.emplace(id, duration_s);
  return duration_s;
}

std::string TimeText(std::int64_t unix_ms) {
  constexpr std::int64_t kSecond = 1000;
  constexpr std::int64_t kLast = 253'402'300'799'999;  // of the year 9999
  if (unix_ms <= 0 || unix_ms > kLast) return {};
  return fmt::format("{:%Y-%m-%d %H:%M:%S}.{:03} UTC",
                     fmt::gmtime(static_cast<std::time_t>(unix_ms / kSecond)), unix_ms % kSecond);
}

std::string DescribeEpisode(const StoredEpisode& episode) {
  const std::string begun = TimeText(episode.header.started_unix_ms);
  return fmt::format("{}, seed {}, {} steps{}{}", episode.header.config.id, episode.header.seed,
                     episode.steps, begun.empty() ? "" : ", begun ", begun);
}

std::string CheckRecording(const ToldRecording& told, const StoredEpisode& episode) {
  const sim::EpisodeHeader& header = episode.header;
  const bool same = (told.environment.empty() || told.environment == header.config.id) &&
                    (told.seed < 0 || told.seed == header.seed) &&
                    (told.begun_unix_ms == 0 || told.begun_unix_ms == header.started_unix_ms);
  if (same) return {};
  const std::string begun = TimeText(told.begun_unix_ms);
  return fmt::format("is about another recording{} than episode {}, which is {}",
                     begun.empty() ? "" : ", begun " + begun + ",", header.id.value,
                     DescribeEpisode(episode));
}

}  // namespace lookout::app
