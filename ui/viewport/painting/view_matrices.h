// Where a point of the world lands in the picture. Value type; any thread.
#pragma once

#include <mujoco/mjvisualize.h>

#include <Eigen/Core>
#include <optional>

namespace lookout::ui {

struct ViewMatrices {
  Eigen::Matrix4f view_from_world = Eigen::Matrix4f::Identity();
  Eigen::Matrix4f clip_from_view = Eigen::Matrix4f::Identity();
  Eigen::Vector3f camera_position_in_world = Eigen::Vector3f::Zero();

  // In fractions of the picture, from its top left corner; none behind the camera.
  std::optional<Eigen::Vector2f> Project(const Eigen::Vector3f& point_in_world) const;
  // Direction `axis` of the world in the picture, x to the right, y up, z towards the viewer.
  Eigen::Vector3f RotateToView(const Eigen::Vector3f& axis) const {
    return view_from_world.topLeftCorner<3, 3>() * axis;
  }
};

// The same matrices that mjr_render builds for a monocular camera. aspect: width / height.
ViewMatrices MatricesOf(const mjvGLCamera& camera, float aspect);

}  // namespace lookout::ui
