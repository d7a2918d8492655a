// Sound bounds of a cost model's prediction over a set of observations: through its inputs, the
// normaliser, the networks and the calibration to the threshold. Immutable; any thread.
//
// They hold for what CostModel::Predict says, float32 and all: the inputs are widened by what
// reading, scaling and casting round (InputSetOf), the networks' mean by EnsembleBounds'
// RoundingMargin, the calibrated logit by 4 units of float32 and the sigmoid by kSigmoidError.
#pragma once

#include <string>
#include <vector>

#include "agents/feedback/models/cost_model.h"
#include "agents/inspect/verification/lidar_bounds.h"
#include "agents/inspect/verification/network_bounds.h"
#include "sim/base/choices.h"

namespace lookout::agents {

// What is claimed of everything inside a question's box.
enum class SafetyClaim : std::uint8_t {
  kUnsafe,  // the prediction is at least the threshold
  kSafe,    // it is below
};
std::span<const Choice<SafetyClaim>> Choices(SafetyClaim kind);

// Whether a prediction is as claimed.
inline bool Holds(SafetyClaim claim, float probability, float threshold) {
  return (probability >= threshold) == (claim == SafetyClaim::kUnsafe);
}

// All observations that a box of poses can give.
struct ObservationBox {
  // A lidar of the observation, whose bins stand in `values`, too.
  struct Lidar {
    int offset = 0;
    std::vector<NearestBin> nearest;
  };

  std::vector<Interval> values;  // [observation_dim]
  std::vector<Lidar> lidars;     // in the observation's order
};

class ModelBounds {
 public:
  // Thresholds of a claim: beyond them the sigmoid in float32 tells too little.
  static constexpr double kLeastThreshold = 0.001;
  static constexpr double kMostThreshold = 0.999;
  static constexpr double kSigmoidError = 1e-6;  // of a probability

  // Rejects (kBadInput) models that no sound bounds are known of: those that are no ensemble of
  // networks, and those that look at earlier observations or at actions.
  static Result<ModelBounds> Create(CostModelPtr model);

  const CostModel& model() const { return *model_; }
  // Whether a value of the observation is looked at by itself; of a lidar's bins, whether the lidar
  // is looked at. place: below observation_dim.
  bool LooksAt(int place) const { return looks_at_[static_cast<std::size_t>(place)]; }

  // If it is positive, the claim holds of every observation in the box, and by so many logits. It
  // stops at the first part of the box that it finds not to hold.
  double Margin(const ObservationBox& box, SafetyClaim claim, double threshold) const;
  // As Margin, by interval arithmetic alone: never more, and much sooner done.
  double IntervalMargin(const ObservationBox& box, SafetyClaim claim, double threshold) const;

 private:
  explicit ModelBounds(CostModelPtr model);
  using Choice = std::vector<const NearestBin*>;  // for each lidar, one bin, or null: any

  std::vector<Choice> Cases(const ObservationBox& box) const;
  const ObservationBox::Lidar& LidarAt(const ObservationBox& box, int offset) const;
  InputSet InputSetOf(const ObservationBox& box, const Choice& choice) const;
  void AddPlain(const Interval& raw, int input, InputSet& set) const;
  void AddNearest(const ObservationBox::Lidar& lidar, const NearestBin* bin, int bins, int input,
                  InputSet& set) const;
  Interval Normalised(const Interval& raw, int input) const;
  template <typename Least>
  double MarginBy(const ObservationBox& box, SafetyClaim claim, double threshold,
                  const Least& least) const;

  CostModelPtr model_;
  std::vector<bool> looks_at_;
  EnsembleBounds networks_;
};

}  // namespace lookout::agents
