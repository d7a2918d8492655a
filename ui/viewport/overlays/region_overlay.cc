#include "ui/viewport/overlays/region_overlay.h"

#include <algorithm>
#include <cmath>

#include "ui/viewport/overlays/floor_layers.h"

namespace lookout::ui {
namespace {

constexpr float kLine_m = 0.012F;
constexpr float kHatchPitch_m = 0.12F;

Rgba ColorOf(const agents::Region& region) {
  return region.verdict == agents::Verdict::kUnsafe ? palette::kVermilion : palette::kGoalLine;
}

void AddDisc(const Eigen::Vector3f& center, const agents::Region& region, float dashes,
             PaintList& out) {
  const Rgba color = ColorOf(region);
  const bool unsafe = region.verdict == agents::Verdict::kUnsafe;
  out.discs.push_back({.center = center,
                       .radius_m = static_cast<float>(region.radius_m),
                       .fill = color.WithAlpha(dashes > 0.0F ? 0.08F : 0.16F),
                       .ring = color.WithAlpha(0.95F),
                       .ring_width_m = 2.0F * kLine_m,
                       .dashes = dashes,
                       .hatch_alpha = unsafe ? 0.35F : 0.0F});
}

// Of a rectangle its four corners.
std::vector<Eigen::Vector2f> CornersOf(const agents::Region& region) {
  std::vector<Eigen::Vector2f> corners;
  const std::vector<double>& points = region.points;
  if (region.shape == agents::RegionShape::kRectangle && points.size() == 4) {
    const Eigen::Vector4d box(points[0], points[1], points[2], points[3]);
    const Eigen::Vector4f p = box.cast<float>();
    return {{p[0], p[1]}, {p[2], p[1]}, {p[2], p[3]}, {p[0], p[3]}};
  }
  for (std::size_t i = 0; i + 1 < points.size(); i += 2) {
    corners.emplace_back(static_cast<float>(points[i]), static_cast<float>(points[i + 1]));
  }
  return corners;
}

void AddLine(const Eigen::Vector2f& from, const Eigen::Vector2f& to, Rgba color, float half_width_m,
             PaintList& out) {
  const auto on_floor = [](const Eigen::Vector2f& p) {
    return Eigen::Vector3f(p.x(), p.y(), kRingHeight);
  };
  if ((to - from).norm() < 1e-4F) return;
  out.AddRibbon({{on_floor(from), color, half_width_m}, {on_floor(to), color, half_width_m}});
}

// Where the horizontal line at y crosses the polygon's sides, from left to right.
std::vector<float> CrossingsAt(float y, const std::vector<Eigen::Vector2f>& corners) {
  std::vector<float> crossings;
  for (std::size_t i = 0, j = corners.size() - 1; i < corners.size(); j = i++) {
    const Eigen::Vector2f& a = corners[i];
    const Eigen::Vector2f& b = corners[j];
    if ((a.y() > y) == (b.y() > y)) continue;
    crossings.push_back(a.x() + (b.x() - a.x()) * (y - a.y()) / (b.y() - a.y()));
  }
  std::ranges::sort(crossings);
  return crossings;
}

// The even-odd rule, as agents::Covers.
void AddHatch(const std::vector<Eigen::Vector2f>& corners, Rgba color, float half_width_m,
              PaintList& out) {
  const auto [low, high] = std::ranges::minmax(corners, {}, [](const auto& p) { return p.y(); });
  const float first = std::ceil(low.y() / kHatchPitch_m) * kHatchPitch_m;
  for (float y = first; y < high.y(); y += kHatchPitch_m) {
    const std::vector<float> crossings = CrossingsAt(y, corners);
    for (std::size_t i = 0; i + 1 < crossings.size(); i += 2) {
      AddLine({crossings[i], y}, {crossings[i + 1], y}, color, half_width_m, out);
    }
  }
}

void AddCorners(const agents::Region& region, PaintList& out) {
  const std::vector<Eigen::Vector2f> corners = CornersOf(region);
  const Rgba color = ColorOf(region);
  if (corners.size() < 2) return;
  for (std::size_t i = 0, j = corners.size() - 1; i < corners.size(); j = i++) {
    AddLine(corners[j], corners[i], color.WithAlpha(0.95F), kLine_m, out);
  }
  if (corners.size() < 3) return;
  const bool unsafe = region.verdict == agents::Verdict::kUnsafe;
  AddHatch(corners, color.WithAlpha(unsafe ? 0.30F : 0.10F),
           unsafe ? kLine_m : 0.5F * kHatchPitch_m, out);
}

}  // namespace

void PaintRegions(const std::vector<agents::Region>& regions, const ViewWorld& world,
                  PaintList& out) {
  constexpr float kDashes = 24.0F;
  for (const agents::Region& region : regions) {
    if (region.shape == agents::RegionShape::kDisc) {
      if (region.points.size() != 2) continue;
      const Eigen::Vector3d center(region.points[0], region.points[1], 0.0);
      AddDisc(OnFloor(center, kKeepOutHeight), region, 0.0F, out);
    } else if (region.shape == agents::RegionShape::kAround) {
      for (const sim::SceneObject& object : world.scene().scene.objects) {
        if (sim::SceneObjectKindName(object.kind) != region.around) continue;
        AddDisc(OnFloor(world.BodyPosition(object.body), kKeepOutHeight), region, kDashes, out);
      }
    } else {
      AddCorners(region, out);
    }
  }
}

}  // namespace lookout::ui
