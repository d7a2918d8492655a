// What oversight looks like in the scene: a ring with rays round a robot whose action is or was not
// let pass, the proposed turn in grey beside the one that is done. Window thread only.
#pragma once

#include <Eigen/Core>
#include <optional>

#include "ui/viewport/painting/paint_list.h"
#include "ui/viewport/scene/view_input.h"
#include "ui/viewport/scene/view_world.h"

namespace lookout::ui {

// The actions that the arrows show.
struct ActionsShown {
  std::optional<Eigen::VectorXd> proposed;  // [action_dim], clipped; none: it is what is done
  Eigen::VectorXd done;                     // [action_dim]
  bool pending = false;                     // it is about to be done
};
ActionsShown ActionsOf(const ViewInput& input);

// What is proposed and not done is grey, on any floor.
Rgba ProposedColor(const ViewOptions& options);

void PaintOversight(const ViewInput& input, const ViewWorld& world, PaintList& out);

}  // namespace lookout::ui
