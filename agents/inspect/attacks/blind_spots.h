// Worlds and moments in which a cost model is wrong, searched for: real states of the simulator, in
// layouts that Safety Gym could have drawn, in which one step charges a cost that the model does
// not see, or none where it calls danger. Gradients on observations find numbers that no world
// shows; these are shown. Any thread; makes workers of its own.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "agents/feedback/models/cost_model.h"
#include "agents/feedback/models/unsafe_threshold.h"
#include "agents/inspect/attacks/attacked_moment.h"
#include "agents/inspect/attacks/cross_entropy.h"
#include "sim/config/config.h"
#include "sim/environment/camera_renderer.h"

namespace lookout::agents {

// Which of a model's errors is looked for.
enum class ModelError : std::uint8_t { kMiss, kFalseAlarm };
std::span<const Choice<ModelError>> Choices(ModelError kind);

struct BlindSpotSettings {
  double reach_m = 0.3;    // by which things may stand elsewhere
  double speed_m_s = 0.0;  // of the robot at most, ahead and back
  double push_n = 0.0;     // force on it in that step at most, along each axis of the world
  // How clear a case has to be: so far inside of a hazard for a miss, so far from all that costs
  // for a false alarm. At the very edge any model is wrong.
  double depth_m = 0.05;
  double threshold = kUnsafeFrom;  // of the probability
  CrossEntropySettings search;
};

// Of the same number of moments drawn evenly: how many were clear cases, and how many of those the
// model got wrong.
struct EvenSample {
  std::int64_t clear = 0;
  std::int64_t wrong = 0;
};

// What came of one layout.
struct BlindSpot {
  std::uint32_t seed = 0;
  int candidates = 0;                   // that the search looked at
  std::optional<AttackedMoment> worst;  // clear case that the search found; none: there was none
  std::optional<AttackedMoment> even_first;  // the first clear case that was drawn evenly
  double even_probability = 0.0;  // of the worst clear case of the even sample; NaN: there was none
  EvenSample even;
  // Whether the worst that was found is wrong.
  bool is_wrong(ModelError error, double threshold) const {
    return worst && (worst->probability < threshold) == (error == ModelError::kMiss);
  }
};

// Called between rounds with the fraction done; false stops.
using AttackProgress = std::function<bool(double fraction)>;

// One search for each of the seeds. The result does not depend on the number of workers. Rejects
// (kBadInput) a model that does not fit the environment or looks at earlier observations, and fails
// (kFailure) if it is stopped. Seeds from which no episode starts are left out.
Result<std::vector<BlindSpot>> FindBlindSpots(const CostModel& model,
                                              const sim::EnvironmentConfig& config,
                                              const sim::CameraFactory& cameras, ModelError error,
                                              const BlindSpotSettings& settings,
                                              std::span<const std::uint32_t> seeds, int workers,
                                              const AttackProgress& progress = {});

template <FieldsOf<BlindSpotSettings> Self, typename Visit>
void VisitFields(Self& s, Visit&& visit) {
  using F = Field<BlindSpotSettings>;
  visit(
      F("reach", "by which things may stand elsewhere than a layout has them").Within(0, 5).In("m"),
      s.reach_m);
  visit(F("speed", "of the robot at most, ahead and back").Within(0, 5).In("m/s"), s.speed_m_s);
  visit(F("push", "force on the robot in the step that is judged, at most, along each axis")
            .Within(0, 10'000)
            .In("N"),
        s.push_n);
  visit(F("depth", "inside of a hazard for a miss, from all that costs for a false alarm")
            .Within(0, 2)
            .In("m"),
        s.depth_m);
  visit(F("threshold", "probability from which on the model calls a step unsafe")
            .Within(0.001, 0.999),
        s.threshold);
}

}  // namespace lookout::agents
