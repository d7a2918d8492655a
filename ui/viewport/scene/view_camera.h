// The camera of the 3-D view: free (framed by itself until touched), tracking a body, or one of the
// model's own. Window thread only.
#pragma once

#include <mujoco/mjvisualize.h>

#include <Eigen/Core>
#include <string>

#include "sim/config/config.h"

namespace lookout::ui {

class ViewCamera {
 public:
  ViewCamera();

  // Once per frame, before the scene is updated: keeps an untouched camera framing the arena
  // `extents` at this aspect (width / height) and drops references to things that `model` lacks.
  void Prepare(const mjModel* model, const sim::Rectangle& extents, float aspect);

  // Back to the framing view of the whole arena.
  void Home();
  // Free, from where it is.
  void Free();
  void Track(int body);
  // The model's fixed cameras and the free one in a circle; direction is +1 or -1.
  void Cycle(const mjModel* model, int direction);
  // Looks along the nearest of the world's axes in azimuth, and straight down once steep.
  void Align();
  void LookAt(const Eigen::Vector3d& point_in_world);
  // An mjtMouse action with motion relative to the height of the view, y downwards.
  void Move(const mjModel* model, const mjvScene& scene, int action, double dx, double dy);

  // "Free", "Tracking robot", "Camera fixednear".
  std::string Name(const mjModel* model) const;

  mjvCamera* get() { return &camera_; }
  const mjvCamera& state() const { return camera_; }

 private:
  mjvCamera camera_;
  bool framing_ = true;
};

// Points `camera` (its azimuth and elevation stay) so that the box over `extents` fills the view,
// with a margin. fovy in degrees.
void FrameArena(const sim::Rectangle& extents, float fovy_deg, float aspect, mjvCamera& camera);

}  // namespace lookout::ui
