// Why the cost model judges the moment on screen as it does, or a policy acts there as it does,
// drawn on what it goes by: a column on each object, rays on the lidar halos, and the robot where
// the smallest move takes it. What raises the number and what lowers it have a colour each. Window
// thread only.
#pragma once

#include <mujoco/mjvisualize.h>

#include "ui/viewport/painting/paint_list.h"
#include "ui/viewport/scene/view_input.h"
#include "ui/viewport/scene/view_world.h"

namespace lookout::ui {

// What is drawn of an object's contribution: its share of the log-odds, or where it shares nothing,
// what taking it away alone changes.
double ContributionShown(const agents::ObjectContribution& one);
// The greatest of them in size; 0: nothing contributes.
double LargestContribution(const agents::ObjectContributions& all);
// Whether one is worth drawing beside the greatest.
bool IsWorthDrawing(double contribution, double largest);
// How high its column is, metres.
float ColumnHeight(double contribution, double largest);

// Whether a column on the floor stands before the robot as seen from `eye`; all in metres, world
// frame. Such a column is painted thinly.
bool StandsBefore(const Eigen::Vector3d& robot, const Eigen::Vector3d& eye,
                  const Eigen::Vector3d& column, double radius_m, double height_m);

// Columns on the objects, rays on the halos, and the way to where the smallest move leads.
// eye: where the camera is, world frame.
void PaintWhy(const ViewInput& input, const ViewOptions& options, const ViewWorld& world,
              const Eigen::Vector3d& eye, PaintList& out);

// The robots that are somewhere else in the same world: after the smallest move that turns the
// verdict round, and where a claim fails.
class MovedRobots {
 public:
  // Geoms beyond the scene's room are left out. world: that of the shown episode.
  void AddTo(const ViewInput& input, const ViewOptions& options, const ViewWorld& world,
             mjvScene& scene, PaintList& out);

 private:
  ViewWorld moved_;
  ViewWorld counterexample_;
};

}  // namespace lookout::ui
