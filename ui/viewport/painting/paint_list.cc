#include "ui/viewport/painting/paint_list.h"

#include <cmath>
#include <numbers>

namespace lookout::ui {
namespace {

Eigen::Vector3f Left(const Eigen::Vector3f& along) {
  const Eigen::Vector2f flat = along.head<2>();
  const float length = flat.norm();
  if (length < 1e-6F) return Eigen::Vector3f::UnitY();
  return {-flat.y() / length, flat.x() / length, 0.0F};
}

// Sideways direction at point i: between those of the segments before and after it.
Eigen::Vector3f SideAt(const std::vector<PaintList::RibbonPoint>& points, std::size_t i) {
  const std::size_t before = i == 0 ? 0 : i - 1;
  const std::size_t after = i + 1 == points.size() ? i : i + 1;
  return Left(points[after].position - points[before].position);
}

}  // namespace

void PaintList::AddQuad(const PaintVertex& a, const PaintVertex& b, const PaintVertex& c,
                        const PaintVertex& d) {
  for (const PaintVertex* vertex : {&a, &b, &c, &a, &c, &d}) triangles.push_back(*vertex);
}

void PaintList::AddRibbon(const std::vector<RibbonPoint>& points) {
  if (points.size() < 2) return;
  Eigen::Vector3f side = SideAt(points, 0);
  for (std::size_t i = 0; i + 1 < points.size(); ++i) {
    const RibbonPoint& from = points[i];
    const RibbonPoint& to = points[i + 1];
    const Eigen::Vector3f next_side = SideAt(points, i + 1);
    const Eigen::Vector3f a = side * from.half_width_m;
    const Eigen::Vector3f b = next_side * to.half_width_m;
    AddQuad({from.position + a, from.color, 1.0F}, {from.position - a, from.color, -1.0F},
            {to.position - b, to.color, -1.0F}, {to.position + b, to.color, 1.0F});
    side = next_side;
  }
}

void PaintList::AddArrowHead(const Eigen::Vector3f& tip, const Eigen::Vector2f& direction,
                             float length_m, Rgba color) {
  const Eigen::Vector3f along(direction.x(), direction.y(), 0.0F);
  const Eigen::Vector3f side = 0.6F * length_m * Left(along);
  const Eigen::Vector3f base = tip - length_m * along;
  triangles.push_back({tip, color, 0.0F});
  triangles.push_back({base + side, color, 0.0F});
  triangles.push_back({base - side, color, 0.0F});
}

void PaintList::AddBeam(const Eigen::Vector3f& center, float radius_m, float height_m, Rgba color) {
  constexpr int kSides = 48;
  const auto at = [&](int i, float height, float alpha) {
    const float angle = 2.0F * std::numbers::pi_v<float> * static_cast<float>(i) / kSides;
    return PaintVertex{
        center + Eigen::Vector3f(radius_m * std::cos(angle), radius_m * std::sin(angle), height),
        color.WithAlpha(alpha), 0.0F};
  };
  for (int i = 0; i < kSides; ++i) {
    AddQuad(at(i, 0.0F, color.a), at(i + 1, 0.0F, color.a), at(i + 1, height_m, 0.0F),
            at(i, height_m, 0.0F));
  }
}

}  // namespace lookout::ui
