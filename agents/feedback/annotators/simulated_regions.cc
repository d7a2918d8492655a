#include "agents/feedback/annotators/simulated_regions.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "agents/feedback/annotators/seen_runs.h"
#include "agents/feedback/annotators/slips.h"
#include "sim/objects/object_kinds.h"

namespace lookout::agents {
namespace {

constexpr double kSamePlace_m = 0.1;
constexpr double kLeastRadius_m = 0.02;
constexpr double kRobotRoom_m = 0.05;  // beyond where its centre was
constexpr double kFalseRule_m = 0.4;

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

// The annotator's hand: how a region comes out.
class Hand {
 public:
  Hand(const AnnotatorSettings& settings, double session, RandomState& random)
      : settings_(settings), slips_(settings, session, random) {}

  bool Misses() { return slips_.Happens(settings_.miss_rate); }
  bool Alarms() { return slips_.Happens(settings_.false_alarm_rate); }

  // What the region is called, and how true it is to its place.
  void Finish(bool unsafe, DangerClass danger, Region& region) {
    bool flipped = slips_.Happens(settings_.flip_rate);
    flipped = (unsafe && slips_.Happens(settings_.unsafe_as_safe_rate)) != flipped;
    region.verdict = unsafe != flipped ? Verdict::kUnsafe : Verdict::kSafe;
    region.danger = 0;
    if (region.verdict == Verdict::kUnsafe) {
      const bool wrong = slips_.Happens(settings_.wrong_class_rate);
      region.danger = wrong ? slips_.OtherClass(danger) : danger;
    }
    const double scale = std::exp(slips_.Noise(settings_.size_jitter));
    region.radius_m = std::clamp(region.radius_m * scale, 0.0, kMostRegion_m);
    if (region.shape == RegionShape::kRectangle) Scale(scale, region.points);
    if (region.points.empty()) return;
    const double x_m = slips_.Noise(settings_.place_jitter_m);
    const double y_m = slips_.Noise(settings_.place_jitter_m);
    for (std::size_t i = 0; i < region.points.size(); i += 2) {
      region.points[i] = std::clamp(region.points[i] + x_m, -kMostRegion_m, kMostRegion_m);
      region.points[i + 1] = std::clamp(region.points[i + 1] + y_m, -kMostRegion_m, kMostRegion_m);
    }
  }

 private:
  // Two opposite corners about their middle.
  static void Scale(double scale, std::vector<double>& corners) {
    for (const std::size_t axis : {std::size_t{0}, std::size_t{1}}) {
      const double middle = 0.5 * (corners[axis] + corners[axis + 2]);
      corners[axis] = middle + scale * (corners[axis] - middle);
      corners[axis + 2] = middle + scale * (corners[axis + 2] - middle);
    }
  }

  const AnnotatorSettings& settings_;
  Slips slips_;
};

// A region as it would be without faults, and who is to blame for it.
struct Place {
  Region region;
  const SeenFloor* floor = nullptr;
  bool unsafe = true;
};

Region RegionAt(const SeenFloor& floor, std::int64_t step, RegionShape shape) {
  Region region;
  region.episode = floor.episode;
  region.step = static_cast<StepIndex>(step);
  region.shape = shape;
  region.layout = shape == RegionShape::kAround ? std::string() : floor.layout;
  region.danger = floor.steps[static_cast<std::size_t>(step)].danger;
  return region;
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
    Hand hand(spec.settings, place.floor->session, random);
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

std::vector<Region> WriteRules(std::span<const SeenFloor> floors, const AnnotatorSpec& spec,
                               RandomState& random) {
  std::vector<Region> regions;
  if (floors.empty()) return regions;
  const Rules rules = RulesWithoutFaults(floors, spec);
  Hand hand(spec.settings, floors.front().session, random);
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
