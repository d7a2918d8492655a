#include "agents/feedback/kinds/region.h"

#include <doctest/doctest.h>

#include <limits>
#include <string>

#include "agents/feedback/targets/step_opinions.h"

namespace lookout::agents {

namespace {

Region Drawn(RegionShape shape, std::vector<double> points, double radius_m = 0.0) {
  return {.episode = {1},
          .step = 3,
          .shape = shape,
          .points = std::move(points),
          .radius_m = radius_m,
          .layout = "room"};
}

FeedbackRecord RegionRecord(const Region& region) {
  FeedbackRecord record;
  record.id = {7};
  record.annotator = "me";
  SetContent(region, record);
  return record;
}

// The robot walks along x, 0.1 m a step; a vase lies at the origin.
class Walk : public EpisodePlaces {
 public:
  std::string_view Layout(EpisodeId episode) override {
    return episode.value < 3 ? "room" : "hall";
  }
  Point RobotAt(EpisodeId, StepIndex step) override { return {0.1 * step, 0.0}; }
  double DistanceTo(EpisodeId, StepIndex step, std::string_view kind) override {
    if (kind == "vase") return 0.1 * step;
    return kind == "hazard" ? std::numeric_limits<double>::infinity()
                            : std::numeric_limits<double>::quiet_NaN();
  }
};

// How many steps of each of three episodes of ten steps it calls unsafe or safe.
std::vector<int> Said(const Region& region, bool unsafe) {
  const std::vector<std::pair<EpisodeId, StepIndex>> lengths{{{1}, 10}, {{2}, 10}, {{3}, 10}};
  Walk walk;
  StepOpinions opinions(lengths, &walk);
  const FeedbackRecord record = RegionRecord(region);
  kRegionKind.tell_targets(record, opinions);
  std::vector<int> said(3);
  for (const auto& [episode, of_episode] : opinions.steps()) {
    for (const Opinion& opinion : of_episode.at("me")) {
      if (unsafe ? opinion.unsafe : opinion.safe) ++said[episode.value - 1];
    }
  }
  return said;
}

}  // namespace

TEST_CASE("a region covers what is inside its shape") {
  const Region disc = Drawn(RegionShape::kDisc, {1.0, 1.0}, 0.5);
  CHECK(Covers(disc, 1.5, 1.0));
  CHECK_FALSE(Covers(disc, 1.4, 1.4));
  const Region rectangle = Drawn(RegionShape::kRectangle, {1.0, -1.0, -1.0, 2.0});
  CHECK(Covers(rectangle, 0.0, 1.9));
  CHECK_FALSE(Covers(rectangle, 0.0, -1.1));
  // An L: the notch is outside.
  const Region corner = Drawn(RegionShape::kPolygon, {0, 0, 2, 0, 2, 1, 1, 1, 1, 2, 0, 2});
  CHECK(Covers(corner, 0.5, 1.5));
  CHECK(Covers(corner, 1.5, 0.5));
  CHECK_FALSE(Covers(corner, 1.5, 1.5));
  const double nan = std::numeric_limits<double>::quiet_NaN();
  for (const Region* region : {&disc, &rectangle, &corner}) CHECK_FALSE(Covers(*region, nan, nan));
}

TEST_CASE("a region counts in every episode of its layout, and nowhere else") {
  Region region = Drawn(RegionShape::kDisc, {0.5, 0.0}, 0.21);
  CHECK(Said(region, true) == std::vector{5, 5, 0});
  CHECK(Said(region, false) == std::vector{0, 0, 0});
  region.verdict = Verdict::kSafe;
  CHECK(Said(region, false) == std::vector{5, 5, 0});
  region.on = false;
  CHECK(Said(region, false) == std::vector{0, 0, 0});
}

TEST_CASE("a rule about a kind of object counts in every layout where distances are known") {
  Region rule{.episode = {1}, .shape = RegionShape::kAround, .radius_m = 0.35, .around = "vase"};
  CHECK(Said(rule, true) == std::vector{4, 4, 4});
  CHECK(InWords(rule) == "unsafe within 0.35 m of vases");
  rule.around = "hazard";
  CHECK(Said(rule, true) == std::vector{0, 0, 0});
  rule.around = "gremlin";
  CHECK(Said(rule, true) == std::vector{0, 0, 0});
}

TEST_CASE("a region survives its record, and one that makes no sense is refused") {
  const Region sound = Drawn(RegionShape::kPolygon, {0.125, 0, 2, 0.1, 2, 1.0 / 3.0});
  const Result<Region> again = RegionOf(RegionRecord(sound));
  REQUIRE(again);
  CHECK(*again == sound);
  const auto refused = [&](auto&& change, std::string_view word) {
    Region region = sound;
    change(region);
    const Status status = CheckContent(RegionRecord(region));
    CAPTURE(word);
    REQUIRE_FALSE(status);
    CHECK(status.error().message.find(word) != std::string::npos);
  };
  refused([](Region& region) { region.points.pop_back(); }, "polygon");
  refused([](Region& region) { region.points.front() = 1e9; }, "100 m");
  refused([](Region& region) { region.shape = RegionShape::kDisc; }, "centre");
  refused([](Region& region) { region.verdict = Verdict::kUnsure; }, "neither");
  refused([](Region& region) { region.weight = 0.0; }, "weight");
  refused([](Region& region) { region.shape = RegionShape::kAround; }, "around no kind");
}

}  // namespace lookout::agents
