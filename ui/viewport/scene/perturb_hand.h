// A person's hand on a body: selects it, and turns drags into a force (running) or a pose (paused).
// Window thread only.
#pragma once

#include <mujoco/mjvisualize.h>

#include <Eigen/Core>
#include <optional>

#include "ui/commands.h"
#include "ui/viewport/scene/view_mouse.h"
#include "ui/viewport/scene/view_world.h"

namespace lookout::ui {

class PerturbHand {
 public:
  PerturbHand() { mjv_defaultPerturb(&perturb_); }

  int selected_body() const { return perturb_.select > 0 ? perturb_.select : 0; }
  bool holding() const { return perturb_.active != 0; }
  // point_in_world: where it was touched. Body 0 selects nothing.
  void Select(const ViewWorld& world, int body, const Eigen::Vector3d& point_in_world);
  void Deselect();

  // Takes this frame's drag and gives what the player is to be told: a MoveBody while paused, a
  // SetPerturbation while running, and a last empty one when the hand lets go.
  std::optional<PlayerCommand> Drag(ViewWorld& world, const mjvScene& scene,
                                    const MouseInput& input, bool paused);

  // For drawing; nullptr while nothing is selected.
  const mjvPerturb* drawn() const { return selected_body() > 0 ? &perturb_ : nullptr; }

 private:
  std::optional<PlayerCommand> LetGo();
  PlayerCommand Force(ViewWorld& world) const;
  PlayerCommand Pose(const ViewWorld& world) const;

  mjvPerturb perturb_;
  bool force_applied_ = false;
};

}  // namespace lookout::ui
