#include "ui/viewport/scene/view_camera.h"

#include <mujoco/mujoco.h>

#include <Eigen/Geometry>
#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <utility>

namespace lookout::ui {
namespace {

constexpr double kHomeAzimuth_deg = 90.0;
constexpr double kHomeElevation_deg = -52.0;
constexpr double kFollowElevation_deg = -32.0;
constexpr double kFollowDistance_m = 2.6;
constexpr char kRobotCamera[] = "vision";  // as every robot's file has it
constexpr double kArenaHeight_m = 0.35;    // of the box that must be visible
constexpr double kSurround_m = 0.3;        // beyond the extents: robots leave them
constexpr double kFilled = 0.96;           // of the view's half-size, at the tighter side
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

ViewCamera::ViewCamera() { mjv_defaultCamera(&camera_); }

void ViewCamera::Show(CameraView view) {
  view_ = view;
  followed_body_ = 0;
  begins_ = view != CameraView::kFree;
  if (view == CameraView::kFree) LetGo();
}

void ViewCamera::Cycle(int direction) {
  const int next = (static_cast<int>(view_) + direction) % kCameraViewCount;
  Show(static_cast<CameraView>((next + kCameraViewCount) % kCameraViewCount));
}

void ViewCamera::Track(int body) {
  Show(CameraView::kFollow);
  followed_body_ = body;
}

// Bound to no body and no camera of the model.
void ViewCamera::LetGo() {
  camera_.type = mjCAMERA_FREE;
  camera_.fixedcamid = -1;
  camera_.trackbodyid = -1;
}

void ViewCamera::Prepare(const mjModel* model, int robot_body, const sim::Rectangle& floor,
                         float aspect) {
  const int eye = mj_name2id(model, mjOBJ_CAMERA, kRobotCamera);
  if (view_ == CameraView::kRobotEye && eye < 0) Show(CameraView::kWholeArena);
  if (followed_body_ >= model->nbody) followed_body_ = 0;
  const bool begins = std::exchange(begins_, false);
  switch (view_) {
    case CameraView::kWholeArena:
    case CameraView::kTop:
      LetGo();
      camera_.azimuth = kHomeAzimuth_deg;
      camera_.elevation = view_ == CameraView::kTop ? -90.0 : kHomeElevation_deg;
      FrameArena(floor, model->vis.global.fovy, aspect, camera_);
      return;
    case CameraView::kFollow:
      camera_.type = mjCAMERA_TRACKING;
      camera_.fixedcamid = -1;
      camera_.trackbodyid = followed_body_ > 0 ? followed_body_ : robot_body;
      if (!begins) return;
      camera_.elevation = kFollowElevation_deg;
      camera_.distance = std::min<double>(camera_.distance, kFollowDistance_m);
      return;
    case CameraView::kRobotEye:
      camera_.type = mjCAMERA_FIXED;
      camera_.trackbodyid = -1;
      camera_.fixedcamid = eye;
      return;
    case CameraView::kFree:
      return;
  }
}

void ViewCamera::Align() {
  Show(CameraView::kFree);
  camera_.azimuth = 90.0 * std::round(camera_.azimuth / 90.0);
  camera_.elevation = camera_.elevation < -65.0 ? -90.0 : -45.0;
}

void ViewCamera::LookAt(const Eigen::Vector3d& point_in_world) {
  Show(CameraView::kFree);
  std::copy_n(point_in_world.data(), 3, camera_.lookat);
}

void ViewCamera::Move(const mjModel* model, const mjvScene& scene, int action, double dx,
                      double dy) {
  if (view_ == CameraView::kRobotEye) return;
  const bool turns = action == mjMOUSE_ROTATE_V || action == mjMOUSE_ROTATE_H;
  const bool stays = view_ == CameraView::kFollow && (turns || action == mjMOUSE_ZOOM);
  if (!stays && view_ != CameraView::kFree) Show(CameraView::kFree);
  mjv_moveCamera(model, action, dx, dy, &scene, &camera_);
}

}  // namespace lookout::ui
