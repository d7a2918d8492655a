#include "ui/viewport/painting/view_matrices.h"

#include <Eigen/Geometry>

namespace lookout::ui {

std::optional<Eigen::Vector2f> ViewMatrices::Project(const Eigen::Vector3f& point) const {
  const Eigen::Vector4f clip = clip_from_view * view_from_world * point.homogeneous();
  if (clip.w() <= 1e-6F) return std::nullopt;
  return Eigen::Vector2f(0.5F + 0.5F * clip.x() / clip.w(), 0.5F - 0.5F * clip.y() / clip.w());
}

ViewMatrices MatricesOf(const mjvGLCamera& camera, float aspect) {
  ViewMatrices out;
  out.camera_position_in_world = Eigen::Map<const Eigen::Vector3f>(camera.pos);
  const Eigen::Map<const Eigen::Vector3f> forward(camera.forward);
  const Eigen::Map<const Eigen::Vector3f> up(camera.up);

  Eigen::Matrix3f view_from_world_rotation;
  view_from_world_rotation << forward.cross(up).transpose(), up.transpose(), -forward.transpose();
  out.view_from_world.topLeftCorner<3, 3>() = view_from_world_rotation;
  out.view_from_world.topRightCorner<3, 1>() =
      -view_from_world_rotation * out.camera_position_in_world;

  // glFrustum, with the width following the height as mjr_render does it.
  const float height = camera.frustum_top - camera.frustum_bottom;
  const float width = aspect * height;
  const float near = camera.frustum_near;
  const float far = camera.frustum_far;
  Eigen::Matrix4f& p = out.clip_from_view;
  p.setZero();
  p(0, 0) = 2 * near / width;
  p(0, 2) = 2 * camera.frustum_center / width;
  p(1, 1) = 2 * near / height;
  p(1, 2) = (camera.frustum_top + camera.frustum_bottom) / height;
  p(2, 2) = -(far + near) / (far - near);
  p(2, 3) = -2 * far * near / (far - near);
  p(3, 2) = -1;
  return out;
}

}  // namespace lookout::ui
