#include "agents/feedback/kinds/region.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "agents/feedback/kinds/content.h"

namespace lookout::agents {
namespace {

constexpr std::array kShapes{Choice<RegionShape>{RegionShape::kDisc, "disc"},
                             Choice<RegionShape>{RegionShape::kRectangle, "rectangle"},
                             Choice<RegionShape>{RegionShape::kPolygon, "polygon"},
                             Choice<RegionShape>{RegionShape::kAround, "around"}};

bool IsPlace(double value) { return std::abs(value) <= kMostRegion_m; }  // false for NaN

// "a disc has one point" and so on; empty: it has them.
std::string_view WhyNotPoints(const Region& region) {
  const std::size_t numbers = region.points.size();
  switch (region.shape) {
    case RegionShape::kDisc:
      return numbers == 2 ? "" : "has no centre";
    case RegionShape::kRectangle:
      return numbers == 4 ? "" : "is a rectangle without two corners";
    case RegionShape::kPolygon:
      return numbers >= 6 && numbers % 2 == 0 && numbers <= 2 * kMostRegionCorners
                 ? ""
                 : "is a polygon with fewer than 3 or more than 200 corners";
    case RegionShape::kAround:
      return numbers == 0 && !region.around.empty() ? "" : "is around no kind of object";
  }
  return "has no shape";
}

Status CheckRegion(const Region& region) {
  if (region.step < 0) return BadInput(fmt::format("was drawn at step {}", region.step));
  if (region.verdict == Verdict::kUnsure) return BadInput("is neither unsafe nor safe");
  if (const std::string_view why = WhyNotPoints(region); !why.empty()) {
    return BadInput("is a region that " + std::string(why));
  }
  if (!std::ranges::all_of(region.points, IsPlace)) {
    return BadInput("is a region with a corner that is no place within 100 m");
  }
  const bool round = region.shape == RegionShape::kDisc || region.shape == RegionShape::kAround;
  if (round && !(region.radius_m > 0.0 && region.radius_m <= kMostRegion_m)) {
    return BadInput("is a region whose radius is not above 0 and at most 100 m");
  }
  if (!(region.weight > 0.0 && region.weight <= 1.0)) {
    return BadInput("is a region whose weight is not above 0 and at most 1");
  }
  return {};
}

Status CheckRegionRecord(const FeedbackRecord& record) {
  const Result<Region> region = RegionOf(record);
  return region ? Status{} : Status(region.error());
}

void TellRegionTargets(const FeedbackRecord& record, TargetSink& sink) {
  const Region region = RegionOf(record).value();
  if (!region.on) return;
  sink.AddPlace(record, region, region.verdict == Verdict::kUnsafe ? 1.0F : 0.0F,
                static_cast<float>(region.weight));
}

std::string DescribeRegion(const FeedbackRecord& record) {
  return InWords(RegionOf(record).value());
}

Segment WhereRegion(const FeedbackRecord& record) {
  const Region region = RegionOf(record).value();
  return {region.episode, region.step, region.step};
}

bool InPolygon(const std::vector<double>& points, double x, double y) {
  bool inside = false;
  const std::size_t corners = points.size() / 2;
  for (std::size_t i = 0, j = corners - 1; i < corners; j = i++) {
    const double yi = points[2 * i + 1];
    const double yj = points[2 * j + 1];
    if ((yi > y) == (yj > y)) continue;
    const double xi = points[2 * i];
    const double xj = points[2 * j];
    if (x < xi + (xj - xi) * (y - yi) / (yj - yi)) inside = !inside;
  }
  return inside;
}

}  // namespace

constexpr FeedbackKind kRegionKind{.name = "region",
                                   .version = 1,
                                   .check = CheckRegionRecord,
                                   .tell_targets = TellRegionTargets,
                                   .in_words = DescribeRegion,
                                   .where = WhereRegion};

std::span<const Choice<RegionShape>> Choices(RegionShape) { return kShapes; }

void SetContent(const Region& region, FeedbackRecord& record) {
  record.kind = kRegionKind.name;
  record.version = kRegionKind.version;
  record.content = EncodeContent(region);
  record.episodes = {region.episode};
}

Result<Region> RegionOf(const FeedbackRecord& record) {
  if (KindOf(record) != &kRegionKind) {
    return BadInput("is of kind '" + record.kind + "', no region");
  }
  if (record.episodes.size() != 1) {
    return BadInput(fmt::format("is drawn in {} episodes, expected one", record.episodes.size()));
  }
  Result<Region> region = DecodeContent<Region>(record);
  if (!region) return region.error();
  region->episode = record.episodes.front();
  if (Status sound = CheckRegion(*region); !sound) return sound.error();
  return region;
}

bool Covers(const Region& region, double x_m, double y_m) {
  const std::vector<double>& points = region.points;
  switch (region.shape) {
    case RegionShape::kDisc:
      return std::hypot(x_m - points[0], y_m - points[1]) <= region.radius_m;
    case RegionShape::kRectangle:
      return x_m >= std::min(points[0], points[2]) && x_m <= std::max(points[0], points[2]) &&
             y_m >= std::min(points[1], points[3]) && y_m <= std::max(points[1], points[3]);
    case RegionShape::kPolygon:
      return InPolygon(points, x_m, y_m);
    case RegionShape::kAround:
      return false;
  }
  return false;
}

std::string InWords(const Region& region) {
  const std::string verdict = VerdictName(region.verdict);
  const std::vector<double>& points = region.points;
  switch (region.shape) {
    case RegionShape::kDisc:
      return fmt::format("{} disc, {:.2f} m", verdict, region.radius_m);
    case RegionShape::kRectangle:
      return fmt::format("{} rectangle, {:.2f} by {:.2f} m", verdict,
                         std::abs(points[2] - points[0]), std::abs(points[3] - points[1]));
    case RegionShape::kPolygon:
      return fmt::format("{} polygon of {} corners", verdict, points.size() / 2);
    case RegionShape::kAround:
      break;
  }
  return fmt::format("{} within {:.2f} m of {}s", verdict, region.radius_m, region.around);
}

}  // namespace lookout::agents
