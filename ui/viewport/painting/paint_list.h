// Things that are painted into the scene after MuJoCo drew it: discs with exact boundaries,
// ribbons, balls, and the field on the floor. Plain values, rebuilt every frame; any thread.
#pragma once

#include <Eigen/Core>
#include <vector>

#include "ui/viewport/painting/palette.h"

namespace lookout::ui {

// A horizontal disc. The ring's outer edge lies exactly at the radius.
struct PaintDisc {
  Eigen::Vector3f center = Eigen::Vector3f::Zero();  // world frame, metres
  float radius_m = 0.0F;
  Rgba fill{0, 0, 0, 0};
  Rgba ring;
  float ring_width_m = 0.012F;
  float dashes = 0.0F;       // number round the circle; 0: a closed ring
  float hatch_alpha = 0.0F;  // diagonal lines over the fill
  float softness = 0.0F;     // share of the radius over which the fill fades out
};

// A shaded ball, always round and smooth.
struct PaintBall {
  Eigen::Vector3f center = Eigen::Vector3f::Zero();  // world frame, metres
  float radius_m = 0.0F;
  Rgba color;
};

// A corner of a triangle; `edge` runs from -1 to 1 across a ribbon and fades its rims.
struct PaintVertex {
  Eigen::Vector3f position;  // world frame, metres
  Rgba color;
  float edge = 0.0F;
};

// A quantity over a rectangle of the floor.
struct PaintField {
  const std::vector<float>* values = nullptr;  // [rows * columns], row-major from min y
  int columns = 0;
  int rows = 0;
  Eigen::Vector2f min_m = Eigen::Vector2f::Zero();
  Eigen::Vector2f max_m = Eigen::Vector2f::Zero();
  float low = 0.0F;  // values at the ends of the colour map
  float high = 1.0F;
  int color_map = 0;            // row of the table of colour maps
  std::int64_t content_id = 0;  // the same id promises the same values
};

struct PaintList {
  std::vector<PaintDisc> discs;
  std::vector<PaintVertex> triangles;
  std::vector<PaintBall> balls;
  PaintField field;

  void Clear() {
    discs.clear();
    triangles.clear();
    balls.clear();
    field = {};
  }
  // Two triangles over corners given in order round the quad.
  void AddQuad(const PaintVertex& a, const PaintVertex& b, const PaintVertex& c,
               const PaintVertex& d);
  // A ribbon on a horizontal plane along `points` (at least two), `half_width_m` to each side.
  struct RibbonPoint {
    Eigen::Vector3f position;
    Rgba color;
    float half_width_m = 0.01F;
  };
  void AddRibbon(const std::vector<RibbonPoint>& points);
  // A flat arrow head with its tip at `tip`, pointing along the unit vector `direction`.
  void AddArrowHead(const Eigen::Vector3f& tip, const Eigen::Vector2f& direction, float length_m,
                    Rgba color);
  // A standing cylinder wall, from its colour at the bottom to nothing at the top.
  void AddBeam(const Eigen::Vector3f& center, float radius_m, float height_m, Rgba color);
};

}  // namespace lookout::ui
