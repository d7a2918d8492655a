#include "ui/viewport/scene/daylight.h"

#include <algorithm>

namespace lookout::ui {

void TurnLightness(std::span<std::uint8_t> rgb) {
  for (std::size_t i = 0; i + 2 < rgb.size(); i += 3) {
    const std::span<std::uint8_t> pixel = rgb.subspan(i, 3);
    const int lightest = std::max({pixel[0], pixel[1], pixel[2]});
    const int darkest = std::min({pixel[0], pixel[1], pixel[2]});
    for (std::uint8_t& channel : pixel) {
      channel = static_cast<std::uint8_t>(channel + 255 - lightest - darkest);
    }
  }
}

bool SurroundingsAreDark(const mjModel& model) {
  const int tiles = mj_name2id(&model, mjOBJ_TEXTURE, "tiles");
  return tiles >= 0 && model.tex_rgb[model.tex_adr[tiles]] < 128;
}

void TurnSurroundings(mjModel& model) {
  for (const char* name : {"sky", "tiles"}) {
    const int texture = mj_name2id(&model, mjOBJ_TEXTURE, name);
    if (texture < 0) continue;
    const int pixels = model.tex_width[texture] * model.tex_height[texture];
    TurnLightness({model.tex_rgb + model.tex_adr[texture], static_cast<std::size_t>(3 * pixels)});
  }
  float* haze = model.vis.rgba.haze;
  const float shift =
      1.0F - std::max({haze[0], haze[1], haze[2]}) - std::min({haze[0], haze[1], haze[2]});
  std::for_each_n(haze, 3, [shift](float& channel) { channel += shift; });
}

}  // namespace lookout::ui
