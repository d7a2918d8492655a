// Whether MuJoCo's GL objects made for one model also serve another. Any thread.
#pragma once

#include <mujoco/mjmodel.h>

namespace lookout::ui {

// True if textures, meshes, planes and visual settings of both models are the same, but for
// the offscreen size and the quality, which the view sets itself; making a context anew takes about
// 0.15 s on a software renderer, this comparison less than a millisecond.
bool SameGlContent(const mjModel& a, const mjModel& b);

}  // namespace lookout::ui
