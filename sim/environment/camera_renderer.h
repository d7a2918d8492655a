// Pictures for environments whose robot observes through its camera. The simulation draws nothing
// itself: whoever has OpenGL gives it a renderer when an environment is made.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>

#include "sim/base/result.h"

struct mjModel_;  // MuJoCo's compiled model and its state, opaque here
struct mjData_;

namespace lookout::sim {

// Belongs to one environment and is called by that environment's thread.
class CameraRenderer {
 public:
  virtual ~CameraRenderer() = default;

  // Draws what a camera of the model sees. pixels: [3 x width x height] red, green and blue, row by
  // row from the bottom of the picture. The data's forward pass must be current.
  virtual void Draw(const mjModel_& model, const mjData_& data, int camera,
                    std::span<std::uint8_t> pixels) = 0;
};

// Makes a renderer of pictures of that many pixels. Fails (kNoDisplay) where there is no OpenGL.
using CameraFactory =
    std::function<Result<std::unique_ptr<CameraRenderer>>(int width_px, int height_px)>;

}  // namespace lookout::sim
