#include "app/platform/gl_context.h"

#include <doctest/doctest.h>
#include <glad/gl.h>

#include <cstdlib>
#include <optional>
#include <string>

#include "app/platform/window_fit.h"

namespace lookout::app {
namespace {

// An environment variable for the length of a test; empty unsets it.
class Environment {
 public:
  Environment(const char* name, const char* value) : name_(name) {
    if (const char* old = std::getenv(name)) old_ = old;
    Set(value);
  }
  ~Environment() { Set(old_ ? old_->c_str() : ""); }
  Environment(const Environment&) = delete;
  Environment& operator=(const Environment&) = delete;

 private:
  void Set(const char* value) {
    if (*value == '\0') {
      unsetenv(name_);
    } else {
      setenv(name_, value, 1);
    }
  }

  const char* name_;
  std::optional<std::string> old_;
};

}  // namespace

TEST_CASE("an offscreen context draws, and its screen can be read back from the top") {
  auto context = OpenOffscreen({20, 10});
  if (!context) {
    MESSAGE("skipped, no OpenGL here: ", context.error().message);
    return;
  }
  GlContext& gl = **context;
  CHECK(gl.window() == nullptr);
  CHECK(gl.framebuffer_size() == ui::SizePx{20, 10});
  CHECK_FALSE(gl.description().renderer.empty());
  gl.BindScreen();
  glClearColor(1, 0, 0, 1);
  glClear(GL_COLOR_BUFFER_BIT);
  glEnable(GL_SCISSOR_TEST);
  glScissor(0, 9, 20, 1);  // the top row
  glClearColor(0, 1, 0, 1);
  glClear(GL_COLOR_BUFFER_BIT);
  glDisable(GL_SCISSOR_TEST);
  const ui::RgbImage image = gl.ReadScreen();
  CHECK(image.at(5, 0)[1] == 255);
  CHECK(image.at(5, 1)[0] == 255);
  CHECK(image.at(5, 9)[0] == 255);
  CHECK(glGetError() == GL_NO_ERROR);
  CHECK_FALSE(gl.should_close());
  gl.RequestClose();
  CHECK(gl.should_close());
  gl.ForgetCloseRequest();
  CHECK_FALSE(gl.should_close());
}

TEST_CASE("no display is said, with a way out and the exit code for it") {
  const Environment no_x("DISPLAY", "");
  const Environment no_wayland("WAYLAND_DISPLAY", "");
  const auto window = OpenWindow({});
  REQUIRE_FALSE(window.ok());
  CHECK(window.error().code == ErrorCode::kNoDisplay);
  CHECK(window.error().message.find("lookout demo") != std::string::npos);
  CHECK(window.error().message.find("DISPLAY") != std::string::npos);
}

TEST_CASE("an OpenGL that is too old is refused with what was found and what is needed") {
  if (!OpenOffscreen({8, 8}).ok()) return;
  const Environment old("MESA_GL_VERSION_OVERRIDE", "2.1");
  const auto context = OpenOffscreen({8, 8});
  if (context.ok()) {
    MESSAGE("skipped, the driver is not Mesa");
    return;
  }
  CHECK(context.error().code == ErrorCode::kNoDisplay);
  CHECK(context.error().message.find("3.3") != std::string::npos);
}

TEST_CASE("a new window is no larger than the screen has room for") {
  CHECK(FittingWindow({1280, 720}, {800, 500}, 1.0F) == ui::SizePx{800, 500});
  CHECK(FittingWindow({1280, 720}, {1920, 1053}, 1.0F) == ui::SizePx{1280, 720});
  CHECK(FittingWindow({1280, 720}, {1920, 1080}, 2.0F) == ui::SizePx{960, 540});
  CHECK(FittingWindow({1280, 720}, {0, 0}, 1.0F) == ui::SizePx{1280, 720});
}

TEST_CASE("a picture of no size is refused") { CHECK_FALSE(OpenOffscreen({0, 10}).ok()); }

}  // namespace lookout::app
