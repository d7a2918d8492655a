// ImGui on OpenGL: what reaches the screen, read back as pixels.
#include "app/desktop/imgui_platform.h"

#include <doctest/doctest.h>
#include <glad/gl.h>
#include <imgui.h>

#include <cstdlib>
#include <memory>

#include "ui/theme/ui_context.h"

using namespace lookout;

namespace {

// Pixels that differ from the background in the corner.
int DrawnPixels(const ui::RgbImage& image) {
  const std::uint8_t* background = image.at(image.size.width - 1, image.size.height - 1);
  int drawn = 0;
  for (int y = 0; y < image.size.height; ++y) {
    for (int x = 0; x < image.size.width; ++x) {
      drawn += std::abs(image.at(x, y)[1] - background[1]) > 60 ? 1 : 0;
    }
  }
  return drawn;
}

ui::RgbImage DrawText(app::GlContext& gl, app::ImGuiPlatform& platform) {
  platform.BeginFrame(1.0 / 60.0);
  ImGui::SetNextWindowPos({0, 0});
  ImGui::SetNextWindowSize({500, 200});
  ImGui::Begin("text", nullptr, ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoBackground);
  ImGui::TextUnformatted("Some words in the window");
  ImGui::End();
  platform.EndFrame();
  return gl.ReadScreen();
}

}  // namespace

TEST_CASE("The text size changes ten times, and the text is drawn in each size") {
  auto gl = app::OpenOffscreen({640, 240});
  REQUIRE_MESSAGE(gl.ok(), (gl.ok() ? "" : gl.error().message));
  app::ImGuiPlatform platform(**gl);
  ui::UiContext context;
  int before = 0;
  for (int i = 0; i < 10; ++i) {
    CAPTURE(i);
    REQUIRE(context.Apply(ui::ThemeKind::kDark, 0.8F + 0.15F * static_cast<float>(i)));
    platform.ForgetFonts();
    const int drawn = DrawnPixels(DrawText(**gl, platform));
    CHECK(drawn > before);  // larger letters have more pixels
    CHECK(DrawnPixels(DrawText(**gl, platform)) == drawn);
    CHECK(glGetError() == GL_NO_ERROR);
    before = drawn;
  }
}
