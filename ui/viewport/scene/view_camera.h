// The camera of the 3-D view, in one of the views of ui/camera_view.h. Window thread only.
#pragma once

#include <mujoco/mjvisualize.h>

#include <Eigen/Core>

#include "sim/config/config.h"
#include "ui/camera_view.h"

namespace lookout::ui {

class ViewCamera {
 public:
  ViewCamera();

  // Once per frame, before the scene is updated: whoever frames `floor` (metres, world) goes on
  // doing so at this aspect (width / height), and whoever follows the robot finds its body again in
  // another model. What `model` lacks is left for the whole arena.
  void Prepare(const mjModel* model, int robot_body, const sim::Rectangle& floor, float aspect);

  // Takes effect with the next Prepare. Free: from where it is.
  void Show(CameraView view);
  // The next view (+1) or the one before (-1), in a circle.
  void Cycle(int direction);
  // Follows that body, which may be another one than the robot's.
  void Track(int body);
  // Looks along the nearest of the world's axes in azimuth, and straight down once steep.
  void Align();
  void LookAt(const Eigen::Vector3d& point_in_world);
  // An mjtMouse action with motion relative to the height of the view, y downwards. Turning and
  // zooming keep following; any other view becomes free, but the robot's eye, which is not moved.
  void Move(const mjModel* model, const mjvScene& scene, int action, double dx, double dy);

  CameraView view() const { return view_; }
  // The body that is followed instead of the robot; 0 if there is none.
  int followed_body() const { return followed_body_; }

  mjvCamera* get() { return &camera_; }
  const mjvCamera& state() const { return camera_; }

 private:
  void LetGo();

  mjvCamera camera_;
  CameraView view_ = CameraView::kWholeArena;
  int followed_body_ = 0;
  bool begins_ = true;  // the view was chosen since the last Prepare
};

// Points `camera` (its azimuth and elevation stay) so that the box over `extents` fills the view,
// with a margin. fovy in degrees.
void FrameArena(const sim::Rectangle& extents, float fovy_deg, float aspect, mjvCamera& camera);

}  // namespace lookout::ui
