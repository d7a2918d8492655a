#include "agents/feedback/annotators/simulated_regions.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "agents/feedback/annotators/region_hand.h"
#include "agents/feedback/annotators/seen_runs.h"
#include "sim/objects/object_kinds.h"

namespace lookout::agents {
namespace {

constexpr double kSamePlace_m = 0.1;
constexpr double kRobotRoom_m = 0.05;  // beyond where its centre was

double Keenness(const AnnotatorSettings& settings, double session) {
  return 1.0 + settings.drift * session;
}

const StepFacts& At(const SeenFloor& floor, std::int64_t step) {
  return floor.facts[static_cast<std::size_t>(step)];
}

// The kind that the rule charges a step most for.
std::optional<sim::SceneObjectKind> ChargedMost(const sim::Costs& costs) {
  const auto most = std::ranges::max_element(costs.by_kind);
  if (!(*most > 0.0)) return std::nullopt;
  return sim::SourceOf(static_cast<sim::CostKind>(most - costs.by_kind.begin()));
}

// Around where the robot was.
Region Rectangle(const SeenFloor& floor, const SeenRun& run, std::int64_t worst) {
  Eigen::Vector2f low = At(floor, run.first).robot_m;
  Eigen::Vector2f high = low;
  for (std::int64_t step = run.first; step <= run.last; ++step) {
    low = low.cwiseMin(At(floor, step).robot_m);
    high = high.cwiseMax(At(floor, step).robot_m);
  }
  Region region = RegionAt(floor, worst, RegionShape::kRectangle);
  region.points = {low.x() - kRobotRoom_m, low.y() - kRobotRoom_m, high.x() + kRobotRoom_m,
                   high.y() + kRobotRoom_m};
  return region;
}

// Around the object, as wide as it looked unsafe; nothing if it does not stay where it is.
std::optional<Region> Disc(const SeenFloor& floor, const SeenRun& run, std::int64_t worst,
                           sim::SceneObjectKind kind) {
  const auto index = static_cast<std::size_t>(kind);
  const Eigen::Vector2f centre = At(floor, worst).nearest_m[index];
  if (sim::DescriptorOf(kind).is_dragged || !centre.allFinite()) return std::nullopt;
  Region region = RegionAt(floor, worst, RegionShape::kDisc);
  region.points = {centre.x(), centre.y()};
  region.radius_m = kLeastRadius_m;
  for (std::int64_t step = run.first; step <= run.last; ++step) {
    const StepFacts& facts = At(floor, step);
    if ((facts.nearest_m[index] - centre).norm() > kSamePlace_m) continue;
    region.radius_m = std::max(region.radius_m, facts.distance_m[index]);
  }
  return region;
}

std::optional<Region> DangerousPlace(const SeenFloor& floor, const SeenRun& run,
                                     const AnnotatorSpec& spec) {
  const std::int64_t worst = WorstStep(floor.steps, run);
  const auto kind = DangerFrom(At(floor, worst), spec.sees, Keenness(spec.settings, floor.session));
  return kind ? Disc(floor, run, worst, *kind) : Rectangle(floor, run, worst);
}

// Makes the disc that is painted there already as wide as this one; false: there is none.
bool Widen(const Region& region, std::vector<Place>& places) {
  if (region.shape != RegionShape::kDisc) return false;
  for (Place& place : places) {
    Region& there = place.region;
    if (there.shape != RegionShape::kDisc || there.layout != region.layout) continue;
    const double apart_m =
        std::hypot(there.points[0] - region.points[0], there.points[1] - region.points[1]);
    if (apart_m > kSamePlace_m) continue;
    there.radius_m = std::max(there.radius_m, region.radius_m);
    return true;
  }
  return false;
}

std::vector<Place> DangerousPlaces(std::span<const SeenFloor> floors, const AnnotatorSpec& spec,
                                   int most) {
  std::vector<Place> places;
  for (const SeenFloor& floor : floors) {
    if (floor.layout.empty()) continue;
    for (const SeenRun& run : RunsOf(floor.steps, true)) {
      std::optional<Region> region = DangerousPlace(floor, run, spec);
      if (!region || Widen(*region, places)) continue;
      if (std::ssize(places) < most) places.push_back({*std::move(region), &floor});
    }
  }
  return places;
}

// From a point to where the robot looked unsafe in that layout.
double ClearanceAt(const Eigen::Vector2f& point, const std::string& layout,
                   std::span<const SeenFloor> floors) {
  double clearance_m = std::numeric_limits<double>::infinity();
  for (const SeenFloor& floor : floors) {
    if (floor.layout != layout) continue;
    for (std::size_t i = 0; i < floor.steps.size(); ++i) {
      if (!(floor.steps[i].margin > 0.0F)) continue;
      clearance_m = std::min(clearance_m, double((floor.facts[i].robot_m - point).norm()));
    }
  }
  return clearance_m;
}

// At a random step of the episode, nothing if there is no room.
std::optional<Region> SafePlace(const SeenFloor& floor, std::span<const SeenFloor> floors,
                                RandomState& random) {
  constexpr int kTries = 20;
  constexpr double kWidest_m = 0.5;
  constexpr double kNarrowest_m = 0.1;
  constexpr double kOfClearance = 0.9;
  for (int i = 0; i < kTries; ++i) {
    const int step = random.Choice(static_cast<int>(floor.steps.size()));
    const Eigen::Vector2f point = At(floor, step).robot_m;
    const double radius_m =
        std::min(kWidest_m, kOfClearance * ClearanceAt(point, floor.layout, floors));
    if (radius_m < kNarrowest_m) continue;
    Region region = RegionAt(floor, step, RegionShape::kDisc);
    region.points = {point.x(), point.y()};
    region.radius_m = radius_m;
    return region;
  }
  return std::nullopt;
}

}  // namespace

std::optional<sim::SceneObjectKind> DangerFrom(const StepFacts& facts,
                                               const DangerPredicate& predicate, double keenness) {
  const DangerClause* worst = nullptr;
  float margin = -std::numeric_limits<float>::infinity();
  for (const DangerClause& clause : predicate.clauses) {
    const float seen = See(facts, DangerPredicate{{clause}}, keenness).margin;
    if (worst != nullptr && !(seen > margin)) continue;
    worst = &clause;
    margin = seen;
  }
  if (worst == nullptr) return std::nullopt;
  for (const DangerCondition& condition : worst->conditions) {
    if (condition.measure == DangerMeasure::kDistance) return condition.object;
  }
  for (const DangerCondition& condition : worst->conditions) {
    if (condition.measure != DangerMeasure::kCost) continue;
    return condition.cost ? sim::SourceOf(*condition.cost) : ChargedMost(facts.costs);
  }
  return std::nullopt;
}

std::vector<Region> PaintRegions(std::span<const SeenFloor> floors, const AnnotatorSpec& spec,
                                 int most, RandomState& random) {
  std::vector<Region> regions;
  for (Place& place : DangerousPlaces(floors, spec, most)) {
    RegionHand hand(spec.settings, place.floor->session, random);
    std::optional<Region> safe = SafePlace(*place.floor, floors, random);
    if (!hand.Misses()) {
      const DangerClass danger = place.region.danger;
      hand.Finish(true, danger, regions.emplace_back(std::move(place.region)));
    }
    if (!safe) continue;
    hand.Finish(hand.Alarms(), DangerClass{0}, regions.emplace_back(*std::move(safe)));
  }
  return regions;
}

}  // namespace lookout::agents
