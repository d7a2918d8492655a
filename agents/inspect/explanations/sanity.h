// Whether explanations can be trusted: do they depend on what a model has learned, and do they find
// a cue that is known to be there? (Adebayo et al. 2018.) The world's thread.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "agents/feedback/targets/label_set.h"
#include "agents/inspect/explanations/explained_model.h"
#include "agents/inspect/explanations/explained_output.h"
#include "sim/engine/safety_gym.h"

namespace lookout::agents {

// What methods say of a moment and of the robot at places around it, one after the other.
struct Attributions {
  std::vector<double> objects;  // of every object, see RemovalsOf
  std::vector<double> entries;  // integrated gradients, summed over each entry that differs from
                                // the baseline
};

struct SanitySettings {
  int rings = 3;       // of places around the robot, 8 each, at 0.25 m, 0.5 m, ...
  int draws = 16;      // of weights at random
  int shuffles = 4;    // of labels, each of which is fitted to
  int ig_points = 20;  // of integrated gradients
};

// world: in the moment, and again afterwards; it fits the function.
Result<Attributions> AttributionsAround(const ExplainedFunction& function, sim::SafetyGym& world,
                                        const SanitySettings& settings = {},
                                        const KeepGoing& keep_going = {});

// How alike attributions of two models are, by Spearman's rank correlation; 1: the same order.
struct Likeness {
  double objects = 0.0;
  double entries = 0.0;
};
Likeness LikenessOf(const Attributions& a, const Attributions& b);

// Against the model with so many of its last layers at random.
struct RandomisedLayers {
  int layers = 0;
  Likeness mean;       // of the draws, signs and all: near 0 if attributions are the weights' doing
  Likeness mean_size;  // of the correlations' sizes: what is left by chance and by what is where
};

// Against models that were fitted to shuffled labels. One such model leans one way or the other by
// chance, and then everywhere: so single correlations are far from 0, and the mean of a few is not
// near it. What they have learned is nothing all the same, which the size tells.
struct ShuffledLabels {
  Likeness mean;
  double size = 0.0;  // of what objects contribute, as a share of that in the learned model: root
                      // mean squares, the mean of the shuffles
  bool passed() const;
};

// A cue planted in the strongest bin of a lidar.
struct PlantedCueCheck {
  std::string entry;          // the lidar
  int place = 0;              // of the cue in the observation
  std::string object;         // the nearest of that lidar's kind, which the bin shows: "hazard3"
  double object_found = 0.0;  // what leaving it out changes, log-odds
  double objects_elsewhere = 0.0;  // the most that leaving out any other changes
  double value_found = 0.0;  // integrated gradient of that bin, as a share of the whole difference
  double values_elsewhere = 0.0;  // the largest of any other value
  double motion = 0.0;            // the most that the speed changes
  bool passed() const;
};

struct SanityReport {
  bool has_networks = false;                 // else there are no weights to draw
  std::vector<RandomisedLayers> randomised;  // the last layer, the last two, ...
  std::optional<ShuffledLabels> shuffled;    // if labels were given
  std::vector<PlantedCueCheck> planted;      // of every lidar that shows anything
  bool passed() const;
  // The mean with all layers at random stays below this; that with shuffled labels, or else their
  // size stays below kMostSize.
  static constexpr double kMostLikeness = 0.35;
  static constexpr double kMostSize = 0.25;
};

// Fails where no model can be fitted.
using FitToLabels = std::function<Result<CostModelPtr>(const LabelSet&)>;

// labels, fit: for the check against shuffled labels; null: it is left out. Rejects as Explain
// does.
Result<SanityReport> CheckSanity(const CostModel& model, sim::SafetyGym& world,
                                 const LabelSet* labels, const FitToLabels& fit,
                                 const SanitySettings& settings = {},
                                 const KeepGoing& keep_going = {});
// Of a number of an agent, which has no labels. One with memory keeps what it remembers; of its
// network, whose gradients take longer, fewer are drawn and looked at in fewer places.
Result<SanityReport> CheckSanity(const ExplainedOutput& output, sim::SafetyGym& world,
                                 const SanitySettings& settings = {},
                                 const KeepGoing& keep_going = {});

}  // namespace lookout::agents
