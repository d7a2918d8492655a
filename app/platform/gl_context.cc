#include "app/platform/gl_context.h"

#include <glad/gl.h>

#include <algorithm>
#include <string_view>

namespace lookout::app {
namespace {

std::string GlString(GLenum name) {
  const GLubyte* text = glGetString(name);
  return text == nullptr ? "" : reinterpret_cast<const char*>(text);
}

bool IsSoftware(std::string_view renderer) {
  for (const std::string_view name : {"llvmpipe", "softpipe", "swrast", "Software Rasterizer"}) {
    if (renderer.find(name) != std::string_view::npos) return true;
  }
  return false;
}

// Profiles exist from 3.2 on; before that everything is compatible.
bool HasCompatibilityProfile() {
  GLint mask = 0;
  glGetIntegerv(GL_CONTEXT_PROFILE_MASK, &mask);
  return (mask & GL_CONTEXT_COMPATIBILITY_PROFILE_BIT) != 0;
}

void FlipRows(ui::RgbImage& image) {
  const std::size_t row = 3 * static_cast<std::size_t>(image.size.width);
  for (int y = 0; y < image.size.height / 2; ++y) {
    auto top = image.pixels.begin() + static_cast<std::ptrdiff_t>(row * y);
    auto bottom =
        image.pixels.begin() + static_cast<std::ptrdiff_t>(row * (image.size.height - 1 - y));
    std::swap_ranges(top, top + static_cast<std::ptrdiff_t>(row), bottom);
  }
}

}  // namespace

Status GlContext::LoadGl(GLADapiproc (*load)(const char*)) {
  const int version = gladLoadGL(load);
  if (version == 0) {
    return Error{
        "The graphics driver gave a context without OpenGL functions. Install a driver with "
        "OpenGL 3.3 (on Debian: libgl1-mesa-dri).",
        ErrorCode::kNoDisplay};
  }
  description_ = {GlString(GL_VENDOR), GlString(GL_RENDERER), GlString(GL_VERSION), false};
  description_.software = IsSoftware(description_.renderer);
  if (version < GLAD_MAKE_VERSION(3, 3) || !HasCompatibilityProfile()) {
    return Error{"The graphics driver offers OpenGL \"" + description_.version + "\" on \"" +
                     description_.renderer +
                     "\", but Lookout needs 3.3 with the compatibility profile. Update the driver, "
                     "or set LIBGL_ALWAYS_SOFTWARE=1 to draw without it.",
                 ErrorCode::kNoDisplay};
  }
  return {};
}

void GlContext::SwapBuffers() {
  DoSwap();
  ++pictures_shown_;
}

void GlContext::PollEvents(double wait_s) {
  DoPoll(wait_s);
  input_.SetPicture(pictures_shown_);
}

ui::RgbImage GlContext::ReadScreen() {
  ui::RgbImage image{framebuffer_size(), {}};
  if (image.size.empty()) return {};
  image.pixels.resize(3 * static_cast<std::size_t>(image.size.width) * image.size.height);
  BindScreen();
  glPixelStorei(GL_PACK_ALIGNMENT, 1);
  glReadPixels(0, 0, image.size.width, image.size.height, GL_RGB, GL_UNSIGNED_BYTE,
               image.pixels.data());
  FlipRows(image);
  return image;
}

}  // namespace lookout::app
