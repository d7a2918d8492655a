#include "sim/environment/environment.h"

namespace lookout::sim {

std::string_view EpisodeStatusName(EpisodeStatus status) {
  switch (status) {
    case EpisodeStatus::kRunning:
      return "running";
    case EpisodeStatus::kGoalMet:
      return "goal met";
    case EpisodeStatus::kTimedOut:
      return "timed out";
    case EpisodeStatus::kNoGoalPlaceable:
      return "no place for a goal";
    case EpisodeStatus::kDiverged:
      return "diverged";
  }
  return "";
}

const ObservationEntry* EnvironmentSpec::FindEntry(std::string_view key) const {
  for (const ObservationEntry& entry : observation_entries) {
    if (entry.key == key) return &entry;
  }
  return nullptr;
}

ObservationSignature EnvironmentSpec::signature() const {
  if (observation_entries.empty()) {
    return ObservationSignature({{.key = "observation", .size = observation_dim}});
  }
  std::vector<ObservationSignature::Entry> entries;
  entries.reserve(observation_entries.size());
  for (const ObservationEntry& entry : observation_entries) {
    entries.push_back({entry.key, entry.size, entry.meaning});
  }
  return ObservationSignature(std::move(entries));
}

std::string_view ShortEnvironmentName(std::string_view id) {
  if (id.starts_with("Safexp-")) id.remove_prefix(7);
  if (id.starts_with("Testing-")) id.remove_prefix(8);
  if (id.ends_with("-v0")) id.remove_suffix(3);
  return id;
}

}  // namespace lookout::sim
