// A simulated annotator at the floor: paints places that look dangerous or safe, and writes rules
// about everything of a kind. One owner, one thread.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "agents/feedback/annotators/annotator_spec.h"
#include "agents/feedback/facts/episode_facts.h"
#include "agents/feedback/kinds/region.h"
#include "sim/base/random_state.h"

namespace lookout::agents {

// An episode as the annotator sees it, and where things are in it.
struct SeenFloor {
  EpisodeId episode;
  std::string layout;                // see sim::LayoutOf; empty: not known, nothing can be painted
  std::span<const StepFacts> facts;  // [steps]
  std::vector<SeenStep> steps;       // [steps]
  double session = 0.0;              // how much of the session is over, 0 to 1
};

// What the danger of a step comes from, by the clause that looks worst: the object whose distance
// it names, else what charges the cost that it names, else what the rule charges most for. Nothing
// of speed and jolt alone.
std::optional<sim::SceneObjectKind> DangerFrom(const StepFacts& facts,
                                               const DangerPredicate& predicate, double keenness);

// Up to `most` dangerous places, and a safe one after each. Where a stretch looks unsafe because of
// an object that stands there, a disc around it, as wide as it looked unsafe so far; of what moves
// along, none; of anything else a rectangle around where the robot was. What is painted already is
// painted larger, not again. A safe disc holds no step of its layout that looks unsafe. Faults, as
// shares of places: miss, false-alarm (safe ones called unsafe), flip, flip-unsafe, wrong-class,
// place-jitter and size-jitter, with fatigue.
std::vector<Region> PaintRegions(std::span<const SeenFloor> floors, const AnnotatorSpec& spec,
                                 int most, RandomState& random);

// "Within d of every object of a kind", for each distance that the annotator holds to be too near,
// and for what charges each cost that they name, as far away as it did. Faults: miss (forgotten),
// false-alarm (each other kind of object that is there gets a rule, too), flip, flip-unsafe,
// wrong-class and size-jitter.
std::vector<Region> WriteRules(std::span<const SeenFloor> floors, const AnnotatorSpec& spec,
                               RandomState& random);

}  // namespace lookout::agents
