// Places and rules of a simulated annotator, and each of the faults.
#include "agents/feedback/annotators/simulated_regions.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

namespace lookout::agents {
namespace {

using doctest::Approx;
using Kind = sim::SceneObjectKind;

constexpr auto kHazard = static_cast<std::size_t>(Kind::kHazard);

// Straight along x from 0 to 20 m, past a hazard beside the way at every metre's half.
class Drive {
 public:
  Drive() {
    for (int i = 0; i < 1000; ++i) {
      StepFacts& step = facts_.emplace_back();
      step.distance_m.fill(std::numeric_limits<double>::infinity());
      step.robot_m = {0.02F * static_cast<float>(i), 0.0F};
      const Eigen::Vector2f hazard(std::floor(step.robot_m.x()) + 0.5F, 0.1F);
      step.nearest_m[kHazard] = hazard;
      step.distance_m[kHazard] = double((hazard - step.robot_m).norm());
      step.distance_m[static_cast<std::size_t>(Kind::kGoal)] = 3.0;
      const double cost = step.distance_m[kHazard] < 0.2 ? 1.0 : 0.0;
      step.costs.by_kind[static_cast<std::size_t>(sim::CostKind::kHazards)] = cost;
      step.costs.total = cost;
      step.speed_m_s = i < 100 ? 2.0 : 1.0;
    }
  }

  SeenFloor SeenBy(const AnnotatorSpec& spec, double session = 0.0) const {
    SeenFloor floor{.episode = {7}, .layout = "seed 1", .facts = facts_, .steps = {}};
    floor.session = session;
    for (const StepFacts& step : facts_) floor.steps.push_back(See(step, spec.sees, 1.0));
    return floor;
  }

 private:
  std::vector<StepFacts> facts_;
};

AnnotatorSpec Ann(const std::string& words) {
  auto spec = ParseAnnotator("Ann: " + words);
  REQUIRE_MESSAGE(spec.ok(), words);
  return *spec;
}

std::vector<Region> Paint(const std::string& words, int most = 100, double session = 0.0,
                          std::uint32_t seed = 1) {
  const Drive drive;
  const AnnotatorSpec spec = Ann(words);
  RandomState random(seed);
  const std::vector<SeenFloor> floors{drive.SeenBy(spec, session)};
  return PaintRegions(floors, spec, most, random);
}

std::vector<Region> Rules(const std::string& words) {
  const Drive drive;
  const AnnotatorSpec spec = Ann(words);
  RandomState random(1);
  const std::vector<SeenFloor> floors{drive.SeenBy(spec)};
  return WriteRules(floors, spec, random);
}

std::int64_t CountRegions(const std::vector<Region>& regions, Verdict verdict) {
  return std::ranges::count(regions, verdict, &Region::verdict);
}

// How far the middle of a dangerous disc is from the hazard that it is meant for.
double OffBy(const Region& region) {
  return std::hypot(region.points[0] - (std::floor(region.points[0]) + 0.5),
                    region.points[1] - 0.1);
}

TEST_CASE("without faults there is a disc on every hazard and a safe one after each") {
  const auto regions = Paint("distance hazard < 0.3 as hazard");
  CHECK(CountRegions(regions, Verdict::kUnsafe) == 20);
  CHECK(CountRegions(regions, Verdict::kSafe) == 20);
  for (const Region& region : regions) {
    CHECK(region.layout == "seed 1");
    CHECK(region.episode == EpisodeId{7});
    if (region.verdict == Verdict::kSafe) continue;
    CHECK(OffBy(region) == Approx(0.0).epsilon(1e-3));
    CHECK(region.radius_m > 0.27);  // as far as it looked unsafe
    CHECK(region.radius_m < 0.3);
    CHECK(region.danger == 1);
  }
  CHECK(Paint("distance hazard < 0.3", 3).size() == 6);
}

TEST_CASE("a safe disc holds no step that looks unsafe") {
  const AnnotatorSpec spec = Ann("cost hazard");
  const Drive drive;
  const SeenFloor floor = drive.SeenBy(spec);
  for (const Region& region : Paint("cost hazard")) {
    if (region.verdict != Verdict::kSafe) continue;
    for (std::size_t i = 0; i < floor.steps.size(); ++i) {
      const Eigen::Vector2f at = floor.facts[i].robot_m;
      CHECK_FALSE((floor.steps[i].margin > 0.0F && Covers(region, double(at.x()), double(at.y()))));
    }
  }
}

TEST_CASE("what is passed twice is painted once, and what has no object is a rectangle") {
  const Drive drive;
  const AnnotatorSpec spec = Ann("cost");
  const std::vector<SeenFloor> twice{drive.SeenBy(spec), drive.SeenBy(spec)};
  RandomState random(1);
  CHECK(CountRegions(PaintRegions(twice, spec, 100, random), Verdict::kUnsafe) == 20);
  const auto fast = Paint("speed > 1.5");
  REQUIRE(CountRegions(fast, Verdict::kUnsafe) == 1);
  CHECK(fast.front().shape == RegionShape::kRectangle);
  CHECK(fast.front().points[0] == Approx(-0.05));
  CHECK(fast.front().points[2] == Approx(1.98 + 0.05).epsilon(1e-3));
}

TEST_CASE("each fault of painting shows") {
  const std::string sees = "distance hazard < 0.3 as hazard; ";
  CHECK(CountRegions(Paint(sees + "miss 0.5"), Verdict::kUnsafe) < 16);
  CHECK(CountRegions(Paint(sees + "miss 0.5"), Verdict::kSafe) == 20);
  CHECK(CountRegions(Paint(sees + "false-alarm 0.5"), Verdict::kUnsafe) > 24);
  CHECK(CountRegions(Paint(sees + "flip-unsafe 1"), Verdict::kUnsafe) == 0);
  CHECK(CountRegions(Paint(sees + "flip 1"), Verdict::kUnsafe) == 20);  // all the safe ones
  const auto wrong = Paint(sees + "wrong-class 1");
  CHECK(std::ranges::none_of(wrong, [](const Region& region) { return region.danger == 1; }));
  double off_m = 0.0;
  for (const Region& region : Paint(sees + "place-jitter 0.05")) {
    if (region.verdict == Verdict::kUnsafe) off_m += OffBy(region) / 20.0;
  }
  CHECK(off_m > 0.03);
  CHECK(off_m < 0.12);
  const auto sized = Paint(sees + "size-jitter 0.5");
  CHECK(std::ranges::any_of(sized, [](const Region& region) { return region.radius_m > 0.4; }));
  const std::int64_t fresh =
      CountRegions(Paint(sees + "miss 0.2; fatigue 3", 100, 0.0), Verdict::kUnsafe);
  const std::int64_t tired =
      CountRegions(Paint(sees + "miss 0.2; fatigue 3", 100, 1.0), Verdict::kUnsafe);
  CHECK(fresh > tired);
  CHECK(Paint(sees + "miss 0.5; place-jitter 0.1") == Paint(sees + "miss 0.5; place-jitter 0.1"));
  CHECK(Paint(sees + "miss 0.5") != Paint(sees + "miss 0.5", 100, 0.0, 2));
}

TEST_CASE("rules say how near is too near, or how near the rule charged") {
  const auto stated = Rules("distance hazard < 0.3 as hazard or distance goal < 0.2 as 7");
  REQUIRE(stated.size() == 2);
  CHECK(stated[0].around == "hazard");
  CHECK(stated[0].radius_m == 0.3);
  CHECK(stated[0].danger == 1);
  CHECK(stated[0].layout.empty());
  CHECK(stated[1].around == "goal");
  const auto charged = Rules("cost");
  REQUIRE(charged.size() == 1);
  CHECK(charged[0].around == "hazard");
  CHECK(charged[0].radius_m > 0.18);
  CHECK(charged[0].radius_m < 0.2);
  CHECK(Rules("speed > 1").empty());
}

TEST_CASE("each fault of rules shows") {
  CHECK(Rules("cost; miss 1").empty());
  const auto alarmed = Rules("cost; false-alarm 1");
  REQUIRE(alarmed.size() == 2);  // of the goal, too, which is there and harmless
  CHECK(alarmed[1].around == "goal");
  CHECK(Rules("cost; flip-unsafe 1").front().verdict == Verdict::kSafe);
  CHECK(Rules("distance hazard < 0.3; size-jitter 0.5").front().radius_m != Approx(0.3));
}

}  // namespace
}  // namespace lookout::agents
