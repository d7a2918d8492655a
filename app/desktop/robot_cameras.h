// Draws what robots see, for environments that observe it: an offscreen picture for each of them,
// on any thread that draws nothing else.
#pragma once

#include "sim/environment/camera_renderer.h"

namespace lookout::app {

// Fails (kNoDisplay) where OpenGL cannot draw without a window.
sim::CameraFactory RobotCameras();

}  // namespace lookout::app
