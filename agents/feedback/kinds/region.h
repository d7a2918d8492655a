// A region: a place on the floor, or a distance kept from a kind of object, that a person holds to
// be unsafe or safe. Every recorded step with the robot's centre inside counts. Value types; any
// thread.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "agents/feedback/kinds/feedback_kind.h"
#include "agents/feedback/kinds/mark.h"
#include "sim/base/choices.h"
#include "sim/base/fields.h"

namespace lookout::agents {

enum class RegionShape : std::uint8_t {
  kDisc,       // points: the centre; radius_m
  kRectangle,  // points: two opposite corners, sides along the axes
  kPolygon,    // points: the corners in order, three at least; inside by the even-odd rule
  kAround      // every object of the kind `around`, radius_m from its centre to the robot's
};
std::span<const Choice<RegionShape>> Choices(RegionShape);

struct Region {
  EpisodeId episode;   // that was on screen
  StepIndex step = 0;  // likewise
  RegionShape shape = RegionShape::kDisc;
  std::vector<double> points;  // x, y, x, y, ... in metres, world frame; empty of kAround
  double radius_m = 0.0;
  std::string around;  // a kind of object by its name, of kAround
  std::string layout;  // where it holds (see LayoutOf); empty of kAround, which holds in them all
  Verdict verdict = Verdict::kUnsafe;  // or kSafe
  DangerClass danger = 0;
  double weight = 0.5;  // in the loss, beside 1 of a span
  bool on = true;       // switched off it says nothing
  std::string note;
  bool operator==(const Region&) const = default;
};

// Without the episode, which the record names.
template <FieldsOf<Region> Self, typename Visit>
void VisitFields(Self& self, Visit&& visit) {
  using F = Field<Region>;
  visit(F("step"), self.step);
  visit(F("shape"), self.shape);
  visit(F("points"), self.points);
  visit(F("radius").In("m"), self.radius_m);
  visit(F("around"), self.around);
  visit(F("layout"), self.layout);
  visit(F("verdict"), self.verdict);
  visit(F("danger"), self.danger);
  visit(F("weight"), self.weight);
  visit(F("on"), self.on);
  visit(F("note"), self.note);
}

inline constexpr double kMostRegion_m = 100.0;  // of any coordinate and distance
inline constexpr std::size_t kMostRegionCorners = 200;

// The kind "region".
extern const FeedbackKind kRegionKind;

// Sets kind, version, content and episodes of the record.
void SetContent(const Region& region, FeedbackRecord& record);
// Rejects (kBadInput) records of another kind or of a newer version, and as kRegionKind.check.
Result<Region> RegionOf(const FeedbackRecord& record);

// Whether the point is inside; never of kAround.
bool Covers(const Region& region, double x_m, double y_m);

// "unsafe within 0.60 m of hazards", "safe disc, 0.40 m"
std::string InWords(const Region& region);

}  // namespace lookout::agents
