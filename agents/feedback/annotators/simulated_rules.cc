// Rules of a simulated annotator about everything of a kind. Part of simulated_regions.h.
#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "agents/feedback/annotators/region_hand.h"
#include "agents/feedback/annotators/simulated_regions.h"
#include "sim/objects/object_kinds.h"

namespace lookout::agents {
namespace {

constexpr double kFalseRule_m = 0.4;

// Rules without faults; one for a kind and class.
class Rules {
 public:
  // As wide as the widest.
  void Add(const SeenFloor& floor, std::int64_t step, sim::SceneObjectKind kind, double radius_m,
           DangerClass danger) {
    const std::string name(sim::SceneObjectKindName(kind));
    for (Place& place : places_) {
      if (place.region.around != name || place.region.danger != danger) continue;
      place.region.radius_m = std::max(place.region.radius_m, radius_m);
      return;
    }
    Region region = RegionAt(floor, step, RegionShape::kAround);
    region.around = name;
    region.radius_m = radius_m;
    region.danger = danger;
    places_.push_back({std::move(region), &floor});
  }
  bool Has(sim::SceneObjectKind kind) const {
    return std::ranges::any_of(places_, [&](const Place& place) {
      return place.region.around == sim::SceneObjectKindName(kind);
    });
  }
  const std::vector<Place>& places() const { return places_; }

 private:
  std::vector<Place> places_;
};

void AddCharged(const SeenFloor& floor, const DangerCondition& condition, DangerClass danger,
                Rules& rules) {
  for (std::size_t step = 0; step < floor.facts.size(); ++step) {
    const StepFacts& facts = floor.facts[step];
    for (std::size_t i = 0; i < facts.costs.by_kind.size(); ++i) {
      const auto cost = static_cast<sim::CostKind>(i);
      if (!(facts.costs.by_kind[i] > 0.0) || condition.cost.value_or(cost) != cost) continue;
      const sim::SceneObjectKind kind = sim::SourceOf(cost);
      const double distance_m = facts.distance_m[static_cast<std::size_t>(kind)];
      if (!std::isfinite(distance_m)) continue;
      rules.Add(floor, static_cast<std::int64_t>(step), kind, std::max(kLeastRadius_m, distance_m),
                danger);
    }
  }
}

Rules RulesWithoutFaults(std::span<const SeenFloor> floors, const AnnotatorSpec& spec) {
  Rules rules;
  for (const DangerClause& clause : spec.sees.clauses) {
    for (const DangerCondition& condition : clause.conditions) {
      if (condition.measure == DangerMeasure::kDistance && !condition.above) {
        rules.Add(floors.front(), 0, condition.object, condition.threshold, clause.danger);
      }
      if (condition.measure != DangerMeasure::kCost) continue;
      for (const SeenFloor& floor : floors) AddCharged(floor, condition, clause.danger, rules);
    }
  }
  return rules;
}

}  // namespace

std::vector<Region> WriteRules(std::span<const SeenFloor> floors, const AnnotatorSpec& spec,
                               RandomState& random) {
  std::vector<Region> regions;
  if (floors.empty()) return regions;
  const Rules rules = RulesWithoutFaults(floors, spec);
  RegionHand hand(spec.settings, floors.front().session, random);
  for (const Place& place : rules.places()) {
    if (hand.Misses()) continue;
    hand.Finish(true, place.region.danger, regions.emplace_back(place.region));
  }
  const StepFacts& first = floors.front().facts.front();
  for (const sim::SceneObjectKind kind : sim::AllObjectKinds()) {
    const bool is_there = std::isfinite(first.distance_m[static_cast<std::size_t>(kind)]);
    if (!is_there || rules.Has(kind) || !hand.Alarms()) continue;
    Region region = RegionAt(floors.front(), 0, RegionShape::kAround);
    region.around = std::string(sim::SceneObjectKindName(kind));
    region.radius_m = kFalseRule_m;
    hand.Finish(true, DangerClass{0}, regions.emplace_back(std::move(region)));
  }
  return regions;
}

}  // namespace lookout::agents
