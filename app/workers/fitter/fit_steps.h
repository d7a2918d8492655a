// The recorded steps that a fit learns from: what it needs of an episode is read once and kept, the
// episode itself is not. Has a bound in bytes, however many episodes there are. One thread.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "agents/feedback/targets/episode_places.h"
#include "app/workers/fitter/episode_facts_cache.h"
#include "app/workers/runtime/recording_handle.h"

namespace lookout::app {

class FitSteps : public agents::EpisodePlaces {
 public:
  // At most that many bytes stay from fit to fit; what has no room is read again for every fit.
  explicit FitSteps(std::size_t most_bytes = std::size_t{64} << 20) : most_bytes_(most_bytes) {}

  // What is asked from now on is about these, which must outlive it, as far as they had come;
  // observations of another length than that do not count.
  void Begin(std::span<const RecordingHandle> episodes, const RecordingLoader& load,
             int observation_dim);
  // Lets go of the episode that was read last.
  void End();

  // Valid until the next call; empty if it is not recorded, or of another length.
  std::span<const float> Observation(EpisodeId episode, StepIndex step);
  // Executed, that led to the step. Valid until the next call; empty if none is recorded.
  std::span<const double> Action(EpisodeId episode, StepIndex step);
  // How many numbers the first recorded action has, of the episodes with such observations; 0: none
  // is recorded.
  int ActionDim();
  std::string_view Layout(EpisodeId episode) override;
  Point RobotAt(EpisodeId episode, StepIndex step) override;
  double DistanceTo(EpisodeId episode, StepIndex step, std::string_view kind) override;

  // Why an episode could not be read since Begin, the first of several; empty: all could.
  const std::string& problem() const { return problem_; }
  // How many were read from the project, in all.
  std::int64_t reads() const { return reads_; }
  std::size_t bytes() const { return bytes_; }

 private:
  // Numbers of some steps of an episode.
  template <typename Value>
  struct Table {
    std::size_t dim = 0;                                  // of each step
    std::unordered_map<StepIndex, std::size_t> position;  // of a step's numbers in `values`
    std::vector<Value> values;
  };
  // What is kept of an episode.
  struct Kept {
    std::int64_t used = 0;  // in which fit
    std::size_t bytes = 0;
    std::optional<std::string> layout;
    StepIndex places = 0;  // of how many steps robot_xy_m was read; 0: nobody asked
    std::vector<Eigen::Vector2f> robot_xy_m;
    StepIndex searched = 0;      // how many steps, for the first action
    std::size_t action_dim = 0;  // of that; 0: there was none
    Table<float> observations;
    Table<double> actions;
  };

  const RecordingHandle* Find(EpisodeId episode) const;
  const Recording* Open(const RecordingHandle& handle);
  Kept& KeptOf(EpisodeId episode);
  bool MakeRoom(std::size_t bytes);
  void KeepPlaces(const RecordingHandle& handle, const Recording& recording);
  void Count(Kept& kept, std::size_t bytes);
  std::size_t ActionDimOf(const RecordingHandle& handle);
  // The step's numbers, of that size, from what is kept or else from the episode, as `values_of`
  // tells them of a record. Those of another size are not kept.
  template <typename Value, typename ValuesOf>
  std::span<const Value> Look(const RecordingHandle& handle, StepIndex step, std::size_t size,
                              Table<Value> Kept::*table, const ValuesOf& values_of);

  std::size_t most_bytes_;
  std::size_t bytes_ = 0;
  std::unordered_map<EpisodeId, Kept> kept_;
  EpisodeFactsCache facts_;
  std::span<const RecordingHandle> episodes_;
  std::unordered_map<EpisodeId, const RecordingHandle*> handles_;
  const RecordingLoader* load_ = nullptr;
  int observation_dim_ = 0;
  std::int64_t fit_ = 0;
  bool full_ = false;  // nothing can go that this fit does not need
  EpisodeId open_id_;
  std::optional<Recording> open_;  // nothing: it cannot be read
  std::string problem_;
  std::int64_t reads_ = 0;
};

}  // namespace lookout::app
