// The other episode of a comparison, in the picture of the one that is shown: its robot and what
// that has pushed, see-through and in a colour of its own, its trail and its goal. Window thread
// only.
#pragma once

#include <mujoco/mjvisualize.h>

#include "ui/viewport/painting/paint_list.h"
#include "ui/viewport/scene/view_input.h"
#include "ui/viewport/scene/view_world.h"

namespace lookout::ui {

// Whether there is a ghost that can be drawn, and it is wanted.
bool HasGhost(const ViewInput& input, const ViewOptions& options);

class Ghost {
 public:
  // For inputs that have a ghost; `world` is that of the shown episode. Geoms beyond the scene's
  // room are left out.
  void AddTo(const ViewInput& input, const ViewOptions& options, const ViewWorld& world,
             mjvScene& scene, PaintList& out);

 private:
  ViewWorld world_;  // of the ghost's episode
};

// Deeper than its lines, because the scene's light is warm and comes on top.
inline constexpr Rgba kGhostBody{0.54F, 0.32F, 1.0F, 0.62F};
// Appends to the scene the robot of the ghost's world, and its boxes, vases and gremlins that stand
// elsewhere than in the shown world, which has the same objects.
void AddGhostBodies(ViewWorld& ghost, const ViewWorld& shown, mjvScene& scene,
                    Rgba body = kGhostBody);
// A thin ring round what the ghost is heading for, where the shown robot heads for something else.
void PaintGhostGoal(const sim::SimState& shown, const sim::SimState& ghost, const ViewWorld& world,
                    PaintList& out);

}  // namespace lookout::ui
