// What one of a model's own cameras sees, drawn by MuJoCo alone: the picture that a robot observes.
// One thread; an OpenGL context must be current in every call, making and death included.
#pragma once

#include <cstdint>
#include <span>

#include "ui/viewport/painting/render_handles.h"
#include "ui/viewport/painting/rgb_image.h"

namespace lookout::ui {

class CameraPicture {
 public:
  // Serves the model and every other with the same textures and planes.
  CameraPicture(const mjModel& model, SizePx size);

  // pixels: [3 x width x height], row by row from the bottom. The data's forward pass must be
  // current.
  void Draw(const mjModel& model, const mjData& data, int camera, std::span<std::uint8_t> pixels);

 private:
  SizePx size_;
  mjvOption options_;
  VisualScene scene_;
  RenderContext context_;
};

}  // namespace lookout::ui
