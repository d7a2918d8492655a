#include "ui/viewport/scene/view_camera.h"

#include <mujoco/mujoco.h>

#include <Eigen/Geometry>
#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace lookout::ui {
namespace {

constexpr double kHomeAzimuth_deg = 90.0;
constexpr double kHomeElevation_deg = -52.0;
constexpr double kTrackDistance_m = 2.6;
constexpr double kArenaHeight_m = 0.35;  // of the box that must be visible
constexpr double kSurround_m = 0.3;      // beyond the extents: robots leave them
constexpr double kFilled = 0.96;         // of the view's half-size, at the tighter side
constexpr double kRadPerDeg = std::numbers::pi / 180.0;

// Right, up and backward of a camera with this azimuth and elevation, as columns.
Eigen::Matrix3d WorldFromCamera(const mjvCamera& camera) {
  const double azimuth = camera.azimuth * kRadPerDeg;
  const double elevation = camera.elevation * kRadPerDeg;
  const Eigen::Vector3d forward(std::cos(elevation) * std::cos(azimuth),
                                std::cos(elevation) * std::sin(azimuth), std::sin(elevation));
  const Eigen::Vector3d right(std::sin(azimuth), -std::cos(azimuth), 0.0);
  Eigen::Matrix3d out;
  out << right, right.cross(forward), -forward;
  return out;
}

std::array<Eigen::Vector3d, 8> Corners(const sim::Rectangle& extents) {
  std::array<Eigen::Vector3d, 8> corners;
  for (int i = 0; i < 8; ++i) {
    corners[i] = {(i & 1) != 0 ? extents[2] + kSurround_m : extents[0] - kSurround_m,
                  (i & 2) != 0 ? extents[3] + kSurround_m : extents[1] - kSurround_m,
                  (i & 4) != 0 ? kArenaHeight_m : 0.0};
  }
  return corners;
}

}  // namespace

void FrameArena(const sim::Rectangle& extents, float fovy_deg, float aspect, mjvCamera& camera) {
  const Eigen::Matrix3d world_from_camera = WorldFromCamera(camera);
  const double tan_y = std::tan(0.5 * fovy_deg * kRadPerDeg);
  const double tan_x = tan_y * aspect;
  Eigen::Vector3d target(0.5 * (extents[0] + extents[2]), 0.5 * (extents[1] + extents[3]), 0.0);
  double distance = 10.0;

  // A few rounds of "centre what is seen, then fit the distance" settle both.
  for (int round = 0; round < 12; ++round) {
    Eigen::Array2d low(1e9, 1e9);
    Eigen::Array2d high(-1e9, -1e9);
    for (const Eigen::Vector3d& corner : Corners(extents)) {
      const Eigen::Vector3d in_camera = world_from_camera.transpose() * (corner - target);
      const double depth = std::max(distance - in_camera.z(), 1e-3);
      const Eigen::Array2d seen(in_camera.x() / (depth * tan_x), in_camera.y() / (depth * tan_y));
      low = low.min(seen);
      high = high.max(seen);
    }
    const Eigen::Array2d middle = 0.5 * (low + high);
    const double extent = 0.5 * (high - low).maxCoeff();
    // Shift on the floor: along the picture's up direction, a step on the floor is foreshortened.
    const Eigen::Vector3d right = world_from_camera.col(0);
    const Eigen::Vector3d ahead = Eigen::Vector3d::UnitZ().cross(right);
    const double foreshortening = std::max(std::abs(world_from_camera.col(1).dot(ahead)), 0.2);
    target += middle.x() * tan_x * distance * right +
              middle.y() * tan_y * distance / foreshortening * ahead;
    distance *= extent / kFilled;
  }
  std::copy_n(target.data(), 3, camera.lookat);
  camera.distance = distance;
}

ViewCamera::ViewCamera() {
  mjv_defaultCamera(&camera_);
  Home();
}

void ViewCamera::Prepare(const mjModel* model, const sim::Rectangle& extents, float aspect) {
  if (camera_.type == mjCAMERA_FIXED && camera_.fixedcamid >= model->ncam) Home();
  if (camera_.type == mjCAMERA_TRACKING && camera_.trackbodyid >= model->nbody) Home();
  if (framing_) FrameArena(extents, model->vis.global.fovy, aspect, camera_);
}

void ViewCamera::Home() {
  Free();
  camera_.azimuth = kHomeAzimuth_deg;
  camera_.elevation = kHomeElevation_deg;
  framing_ = true;
}

void ViewCamera::Free() {
  camera_.type = mjCAMERA_FREE;
  camera_.fixedcamid = -1;
  camera_.trackbodyid = -1;
}

void ViewCamera::Track(int body) {
  framing_ = false;
  camera_.type = mjCAMERA_TRACKING;
  camera_.fixedcamid = -1;
  camera_.trackbodyid = body;
  camera_.distance = std::min<double>(camera_.distance, kTrackDistance_m);
}

void ViewCamera::Cycle(const mjModel* model, int direction) {
  // Position 0 is the free camera, 1 .. ncam the model's own.
  const int count = model->ncam + 1;
  const int now = camera_.type == mjCAMERA_FIXED ? camera_.fixedcamid + 1 : 0;
  const int next = ((now + direction) % count + count) % count;
  if (next == 0) {
    Home();
    return;
  }
  framing_ = false;
  camera_.type = mjCAMERA_FIXED;
  camera_.trackbodyid = -1;
  camera_.fixedcamid = next - 1;
}

void ViewCamera::Align() {
  if (camera_.type == mjCAMERA_FIXED) Free();
  camera_.azimuth = 90.0 * std::round(camera_.azimuth / 90.0);
  camera_.elevation = camera_.elevation < -65.0 ? -90.0 : -45.0;
}

void ViewCamera::LookAt(const Eigen::Vector3d& point_in_world) {
  framing_ = false;
  Free();
  std::copy_n(point_in_world.data(), 3, camera_.lookat);
}

void ViewCamera::Move(const mjModel* model, const mjvScene& scene, int action, double dx,
                      double dy) {
  framing_ = false;
  mjv_moveCamera(model, action, dx, dy, &scene, &camera_);
}

std::string ViewCamera::Name(const mjModel* model) const {
  if (camera_.type == mjCAMERA_TRACKING) {
    const char* name = mj_id2name(model, mjOBJ_BODY, camera_.trackbodyid);
    return std::string("Tracking ") + (name == nullptr ? "a body" : name);
  }
  if (camera_.type != mjCAMERA_FIXED) return framing_ ? "Whole arena" : "Free camera";
  const char* name = mj_id2name(model, mjOBJ_CAMERA, camera_.fixedcamid);
  return std::string("Camera ") +
         (name == nullptr ? std::to_string(camera_.fixedcamid) : std::string(name));
}

}  // namespace lookout::ui
