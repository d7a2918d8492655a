#include "app/workers/fitter/fit_steps.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "sim/environment/kinds.h"
#include "sim/recording/layout_name.h"

namespace lookout::app {
namespace {

constexpr double kNotKnown = std::numeric_limits<double>::quiet_NaN();
// What a table adds to an entry: its node, and its share of the buckets.
constexpr std::size_t kEntryBytes = 64;

std::optional<std::size_t> FindObjectKind(std::string_view name) {
  for (std::size_t i = 0; i < std::size_t{sim::kSceneObjectKindCount}; ++i) {
    if (sim::SceneObjectKindName(static_cast<sim::SceneObjectKind>(i)) == name) return i;
  }
  return std::nullopt;
}

template <typename Value>
std::span<const Value> Values(const Eigen::Matrix<Value, Eigen::Dynamic, 1>& values) {
  return {values.data(), static_cast<std::size_t>(values.size())};
}

}  // namespace

void FitSteps::Begin(std::span<const RecordingHandle> episodes, const RecordingLoader& load,
                     int observation_dim) {
  End();
  ++fit_;
  load_ = &load;
  episodes_ = episodes;
  observation_dim_ = observation_dim;
  problem_.clear();
  full_ = false;
  for (const RecordingHandle& handle : episodes) {
    handles_[handle.id()] = &handle;
    const auto kept = kept_.find(handle.id());
    if (kept != kept_.end()) kept->second.used = fit_;
  }
}

void FitSteps::End() {
  episodes_ = {};
  handles_.clear();
  load_ = nullptr;
  open_id_ = {};
  open_.reset();
}

const RecordingHandle* FitSteps::Find(EpisodeId episode) const {
  const auto found = handles_.find(episode);
  return found == handles_.end() ? nullptr : found->second;
}

// Null if it cannot be read, which is told once a fit.
const Recording* FitSteps::Open(const RecordingHandle& handle) {
  if (open_id_ != handle.id()) {
    open_id_ = handle.id();
    open_ = handle.Recall();
    if (!open_) {
      ++reads_;
      Result<Recording> read = Fetch(handle, *load_);
      if (read) {
        open_ = std::move(*read);
      } else if (problem_.empty()) {
        problem_ = read.error().message;
      }
    }
  }
  return open_ ? &*open_ : nullptr;
}

FitSteps::Kept& FitSteps::KeptOf(EpisodeId episode) {
  const auto [kept, is_new] = kept_.try_emplace(episode);
  kept->second.used = fit_;
  if (is_new) Count(kept->second, sizeof(Kept) + kEntryBytes);
  return kept->second;
}

void FitSteps::Count(Kept& kept, std::size_t bytes) {
  kept.bytes += bytes;
  bytes_ += bytes;
}

// What the present fit does not need goes first; of what it needs nothing goes.
bool FitSteps::MakeRoom(std::size_t bytes) {
  while (!full_ && bytes_ + bytes > most_bytes_) {
    const auto oldest =
        std::ranges::min_element(kept_, {}, [](const auto& entry) { return entry.second.used; });
    full_ = oldest == kept_.end() || oldest->second.used == fit_;
    if (full_) break;
    bytes_ -= oldest->second.bytes;
    kept_.erase(oldest);
  }
  return !full_;
}

template <typename Value, typename ValuesOf>
std::span<const Value> FitSteps::Look(const RecordingHandle& handle, StepIndex step,
                                      std::size_t size, Table<Value> Kept::*table,
                                      const ValuesOf& values_of) {
  std::size_t kept_dim = 0;  // 0: nothing is kept
  if (const auto known = kept_.find(handle.id()); known != kept_.end()) {
    const Table<Value>& kept = known->second.*table;
    const auto position = kept.position.find(step);
    if (position != kept.position.end()) return {kept.values.data() + position->second, kept.dim};
    kept_dim = kept.dim;
  }
  const Recording* recording = Open(handle);
  const sim::StepRecord* record = recording ? FindStep(recording->chunks, step) : nullptr;
  if (record == nullptr) return {};
  const std::span<const Value> values = values_of(*record);
  if (values.size() != size || (kept_dim != 0 && kept_dim != size)) return values;
  // A vector that grows may hold twice of what is in it.
  const std::size_t bytes = kEntryBytes + 2 * size * sizeof(Value);
  if (MakeRoom(sizeof(Kept) + kEntryBytes + bytes)) {
    Kept& kept = KeptOf(handle.id());
    Table<Value>& into = kept.*table;
    into.dim = size;
    into.position[step] = into.values.size();
    into.values.insert(into.values.end(), values.begin(), values.end());
    Count(kept, bytes);
  }
  return values;
}

std::span<const float> FitSteps::Observation(EpisodeId episode, StepIndex step) {
  const RecordingHandle* handle = Find(episode);
  if (handle == nullptr) return {};
  const auto size = static_cast<std::size_t>(observation_dim_);
  const auto observed =
      Look(*handle, step, size, &Kept::observations,
           [](const sim::StepRecord& record) { return Values(record.observation); });
  return observed.size() == size ? observed : std::span<const float>();
}

std::span<const double> FitSteps::Action(EpisodeId episode, StepIndex step) {
  const RecordingHandle* handle = Find(episode);
  const std::size_t size = handle != nullptr ? ActionDimOf(*handle) : 0;
  if (size == 0) return {};
  return Look(*handle, step, size, &Kept::actions,
              [](const sim::StepRecord& record) { return Values(record.executed_action); });
}

int FitSteps::ActionDim() {
  for (const RecordingHandle& handle : episodes_) {
    if (Observation(handle.id(), 0).empty()) continue;
    if (const std::size_t dim = ActionDimOf(handle); dim > 0) return static_cast<int>(dim);
  }
  return 0;
}

// Searches an episode again only when it has gone on.
std::size_t FitSteps::ActionDimOf(const RecordingHandle& handle) {
  const auto known = kept_.find(handle.id());
  if (known != kept_.end()) {
    const Kept& kept = known->second;
    if (kept.action_dim > 0 || kept.searched >= handle.steps()) return kept.action_dim;
  }
  const Recording* recording = Open(handle);
  if (recording == nullptr) return 0;
  std::size_t dim = 0;
  for (StepIndex step = 0; step < handle.steps() && dim == 0; ++step) {
    const sim::StepRecord* record = FindStep(recording->chunks, step);
    if (record != nullptr) dim = Values(record->executed_action).size();
  }
  if (MakeRoom(sizeof(Kept) + kEntryBytes)) {
    Kept& kept = KeptOf(handle.id());
    kept.searched = handle.steps();
    kept.action_dim = dim;
  }
  return dim;
}

std::string_view FitSteps::Layout(EpisodeId episode) {
  const RecordingHandle* handle = Find(episode);
  if (handle == nullptr) return {};
  Kept& kept = KeptOf(episode);  // so little that there is always room for it
  if (!kept.layout) {
    const Recording* recording = Open(*handle);
    if (recording == nullptr || recording->header == nullptr) return {};
    kept.layout = sim::LayoutOf(*recording->header);
    Count(kept, kept.layout->size());
  }
  return *kept.layout;
}

void FitSteps::KeepPlaces(const RecordingHandle& handle, const Recording& recording) {
  const auto bytes_of = [](StepIndex steps) {
    return static_cast<std::size_t>(steps) * sizeof(Eigen::Vector2f);
  };
  if (!MakeRoom(sizeof(Kept) + kEntryBytes + bytes_of(handle.steps()))) return;
  Kept& kept = KeptOf(handle.id());
  Count(kept, bytes_of(handle.steps() - kept.places));
  kept.places = handle.steps();
  kept.robot_xy_m.clear();
  kept.robot_xy_m.reserve(static_cast<std::size_t>(handle.steps()));
  for (StepIndex step = 0; step < handle.steps(); ++step) {
    const sim::StepRecord* record = FindStep(recording.chunks, step);
    if (record == nullptr) return;
    kept.robot_xy_m.push_back(record->robot_xy_m);
  }
}

agents::EpisodePlaces::Point FitSteps::RobotAt(EpisodeId episode, StepIndex step) {
  const RecordingHandle* handle = Find(episode);
  if (handle == nullptr || step < 0 || step >= handle->steps()) return {kNotKnown, kNotKnown};
  const auto kept = kept_.find(episode);
  if (kept != kept_.end() && step < kept->second.places) {
    const auto& places = kept->second.robot_xy_m;
    const auto index = static_cast<std::size_t>(step);
    if (index >= places.size()) return {kNotKnown, kNotKnown};
    return {double(places[index].x()), double(places[index].y())};
  }
  const Recording* recording = Open(*handle);
  const sim::StepRecord* record = recording ? FindStep(recording->chunks, step) : nullptr;
  if (record == nullptr) return {kNotKnown, kNotKnown};
  KeepPlaces(*handle, *recording);
  return {double(record->robot_xy_m.x()), double(record->robot_xy_m.y())};
}

double FitSteps::DistanceTo(EpisodeId episode, StepIndex step, std::string_view kind) {
  const RecordingHandle* handle = Find(episode);
  const auto object = FindObjectKind(kind);
  if (handle == nullptr || !object || step < 0) return kNotKnown;
  const auto facts = facts_.Of(episode, handle->steps(), [&] { return Open(*handle); });
  if (facts == nullptr || static_cast<std::size_t>(step) >= facts->steps.size()) return kNotKnown;
  return facts->steps[static_cast<std::size_t>(step)].distance_m[*object];
}

}  // namespace lookout::app
