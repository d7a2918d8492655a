#include <glad/gl.h>
// glad first: GLFW must not bring its own GL header.
#include <GLFW/glfw3.h>

#include <cstdlib>
#include <utility>

#include "app/platform/gl_context.h"
#include "app/platform/window_fit.h"

namespace lookout::app {
namespace {

Error NoDisplay(const std::string& cause) {
  return {cause +
              " Run `lookout demo` to play the whole loop without a display, or start Lookout in "
              "a desktop session.",
          ErrorCode::kNoDisplay};
}

// The text of GLFW's last error and its code; clears it.
std::pair<int, std::string> TakeGlfwError() {
  const char* text = nullptr;
  const int code = glfwGetError(&text);
  return {code, text == nullptr ? "no reason given" : text};
}

std::string DisplayName() {
  const char* display = std::getenv("DISPLAY");
  const char* wayland = std::getenv("WAYLAND_DISPLAY");
  if (display != nullptr && *display != '\0') return "DISPLAY=" + std::string(display);
  if (wayland != nullptr && *wayland != '\0') return "WAYLAND_DISPLAY=" + std::string(wayland);
  return "neither DISPLAY nor WAYLAND_DISPLAY is set";
}

// GLFW's life: begun before the first window, ended after the last.
class GlfwLibrary {
 public:
  static Result<std::unique_ptr<GlfwLibrary>> Start() {
    if (glfwInit() == GLFW_FALSE) {
      const std::string reason = TakeGlfwError().second;
      return NoDisplay("There is no display to open a window on (" + DisplayName() + "; " + reason +
                       ").");
    }
    return std::unique_ptr<GlfwLibrary>(new GlfwLibrary);
  }
  ~GlfwLibrary() { glfwTerminate(); }
  GlfwLibrary(const GlfwLibrary&) = delete;
  GlfwLibrary& operator=(const GlfwLibrary&) = delete;

 private:
  GlfwLibrary() = default;
};

struct DestroyWindow {
  void operator()(GLFWwindow* window) const { glfwDestroyWindow(window); }
};
using WindowPtr = std::unique_ptr<GLFWwindow, DestroyWindow>;

class GlfwContext final : public GlContext {
 public:
  GlfwContext(std::unique_ptr<GlfwLibrary> library, WindowPtr window)
      : library_(std::move(library)), window_(std::move(window)) {
    glfwSetWindowUserPointer(window_.get(), this);
    glfwSetDropCallback(window_.get(), [](GLFWwindow* w, int count, const char** paths) {
      auto* self = static_cast<GlfwContext*>(glfwGetWindowUserPointer(w));
      self->dropped_.insert(self->dropped_.end(), paths, paths + count);
    });
    ListenToInput();
  }

  Status Load() {
    glfwMakeContextCurrent(window_.get());
    glfwSwapInterval(1);
    return LoadGl(glfwGetProcAddress);
  }

  GLFWwindow* window() const override { return window_.get(); }

  ui::SizePx framebuffer_size() const override {
    ui::SizePx size;
    glfwGetFramebufferSize(window_.get(), &size.width, &size.height);
    if (glfwGetWindowAttrib(window_.get(), GLFW_ICONIFIED) == GLFW_TRUE) return {};
    return size;
  }

  ui::SizePx window_size() const override {
    ui::SizePx size;
    glfwGetWindowSize(window_.get(), &size.width, &size.height);
    return size;
  }

  float content_scale() const override {
    float scale_x = 1.0F;
    float scale_y = 1.0F;
    glfwGetWindowContentScale(window_.get(), &scale_x, &scale_y);
    return scale_x > 0.0F ? scale_x : 1.0F;
  }

  void MakeCurrent() override { glfwMakeContextCurrent(window_.get()); }
  void Release() override { glfwMakeContextCurrent(nullptr); }
  void BindScreen() override { glBindFramebuffer(GL_FRAMEBUFFER, 0); }
  bool should_close() const override { return glfwWindowShouldClose(window_.get()) == GLFW_TRUE; }
  void RequestClose() override { glfwSetWindowShouldClose(window_.get(), GLFW_TRUE); }
  void ForgetCloseRequest() override { glfwSetWindowShouldClose(window_.get(), GLFW_FALSE); }
  void SetTitle(const std::string& title) override {
    glfwSetWindowTitle(window_.get(), title.c_str());
  }

  bool fullscreen() const override { return glfwGetWindowMonitor(window_.get()) != nullptr; }
  void SetFullscreen(bool fullscreen) override;

  std::vector<std::filesystem::path> TakeDroppedPaths() override {
    return std::exchange(dropped_, {});
  }

 protected:
  void DoSwap() override { glfwSwapBuffers(window_.get()); }

  void DoPoll(double wait_s) override {
    if (wait_s > 0.0) {
      glfwWaitEventsTimeout(wait_s);
    } else {
      glfwPollEvents();
    }
  }

 private:
  struct Rectangle {
    int x = 0, y = 0, width = 0, height = 0;
  };
  void ListenToInput();

  std::unique_ptr<GlfwLibrary> library_;  // outlives the window
  WindowPtr window_;
  std::vector<std::filesystem::path> dropped_;
  Rectangle windowed_;  // where the window was before full screen
};

// Into the queue of the context that a window belongs to.
void Put(GLFWwindow* window, const InputEvent& event) {
  static_cast<GlfwContext*>(glfwGetWindowUserPointer(window))->input().Add(event);
}

// GLFW gives up every key that is down when the window loses the keyboard; the repetition of a held
// key is not an event of its own.
void GlfwContext::ListenToInput() {
  using Kind = InputEvent::Kind;
  GLFWwindow* window = window_.get();
  glfwSetKeyCallback(window, [](GLFWwindow* w, int key, int, int action, int) {
    if (key < 0 || action == GLFW_REPEAT) return;
    Put(w, {.kind = Kind::kKey, .code = key, .down = action == GLFW_PRESS});
  });
  glfwSetMouseButtonCallback(window, [](GLFWwindow* w, int button, int action, int) {
    Put(w, {.kind = Kind::kButton, .code = button, .down = action == GLFW_PRESS});
  });
  glfwSetCursorPosCallback(window, [](GLFWwindow* w, double x, double y) {
    Put(w, {.kind = Kind::kMove, .x = static_cast<float>(x), .y = static_cast<float>(y)});
  });
  glfwSetCursorEnterCallback(window, [](GLFWwindow* w, int entered) {
    if (entered == GLFW_FALSE) Put(w, {.kind = Kind::kLeave});
  });
  glfwSetScrollCallback(window, [](GLFWwindow* w, double x, double y) {
    Put(w, {.kind = Kind::kWheel, .x = static_cast<float>(x), .y = static_cast<float>(y)});
  });
  glfwSetCharCallback(window, [](GLFWwindow* w, unsigned int character) {
    Put(w, {.kind = Kind::kCharacter, .code = static_cast<int>(character)});
  });
}

// The monitor under the centre of a window.
GLFWmonitor* MonitorAt(int x, int y) {
  int count = 0;
  GLFWmonitor** monitors = glfwGetMonitors(&count);
  for (int i = 0; i < count; ++i) {
    int left = 0;
    int top = 0;
    glfwGetMonitorPos(monitors[i], &left, &top);
    const GLFWvidmode* mode = glfwGetVideoMode(monitors[i]);
    if (mode == nullptr) continue;
    if (x >= left && x < left + mode->width && y >= top && y < top + mode->height) {
      return monitors[i];
    }
  }
  return glfwGetPrimaryMonitor();
}

void GlfwContext::SetFullscreen(bool wanted) {
  if (wanted == fullscreen()) return;
  if (!wanted) {
    glfwSetWindowMonitor(window_.get(), nullptr, windowed_.x, windowed_.y, windowed_.width,
                         windowed_.height, GLFW_DONT_CARE);
    return;
  }
  glfwGetWindowPos(window_.get(), &windowed_.x, &windowed_.y);
  glfwGetWindowSize(window_.get(), &windowed_.width, &windowed_.height);
  GLFWmonitor* monitor =
      MonitorAt(windowed_.x + windowed_.width / 2, windowed_.y + windowed_.height / 2);
  const GLFWvidmode* mode = monitor == nullptr ? nullptr : glfwGetVideoMode(monitor);
  if (mode == nullptr) return;
  glfwSetWindowMonitor(window_.get(), monitor, 0, 0, mode->width, mode->height, mode->refreshRate);
}

void SetHints(const WindowSettings& settings) {
  glfwDefaultWindowHints();
  glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
  glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 3);
  glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_COMPAT_PROFILE);
  glfwWindowHint(GLFW_SAMPLES, settings.samples);
  glfwWindowHint(GLFW_MAXIMIZED, settings.maximized ? GLFW_TRUE : GLFW_FALSE);
  glfwWindowHint(GLFW_VISIBLE, settings.visible ? GLFW_TRUE : GLFW_FALSE);
  glfwWindowHint(GLFW_SCALE_TO_MONITOR, GLFW_TRUE);
}

// What the driver gives when it may choose: for the message, after it refused what we need.
std::string OfferedVersion() {
  glfwDefaultWindowHints();
  glfwWindowHint(GLFW_VISIBLE, GLFW_FALSE);
  const WindowPtr window(glfwCreateWindow(64, 64, "", nullptr, nullptr));
  if (window == nullptr) return "";
  glfwMakeContextCurrent(window.get());
  if (gladLoadGL(glfwGetProcAddress) == 0) return "";
  const GLubyte* version = glGetString(GL_VERSION);
  std::string text = version == nullptr ? "" : reinterpret_cast<const char*>(version);
  glfwMakeContextCurrent(nullptr);
  return text;
}

// Where no window manager is, nobody else keeps a window on the screen. GLFW enlarges a new one by
// the monitor's content scale.
ui::SizePx FittingSize(ui::SizePx wanted) {
  GLFWmonitor* monitor = glfwGetPrimaryMonitor();
  if (monitor == nullptr) return wanted;
  ui::SizePx free;
  glfwGetMonitorWorkarea(monitor, nullptr, nullptr, &free.width, &free.height);
  float scale_x = 1.0F;
  float scale_y = 1.0F;
  glfwGetMonitorContentScale(monitor, &scale_x, &scale_y);
  return FittingWindow(wanted, free, scale_x > 0.0F ? scale_x : 1.0F);
}

Error NoContext() {
  const std::string reason = TakeGlfwError().second;
  const std::string offered = OfferedVersion();
  return NoDisplay("The display (" + DisplayName() + ") offers " +
                   (offered.empty() ? "no OpenGL at all" : "OpenGL \"" + offered + "\"") +
                   ", but Lookout needs 3.3 with the compatibility profile (" + reason + ").");
}

}  // namespace

Result<std::unique_ptr<GlContext>> OpenWindow(const WindowSettings& settings) {
  Result<std::unique_ptr<GlfwLibrary>> library = GlfwLibrary::Start();
  if (!library) return library.error();
  SetHints(settings);
  const ui::SizePx size = FittingSize(settings.size);
  WindowPtr window(
      glfwCreateWindow(size.width, size.height, settings.title.c_str(), nullptr, nullptr));
  if (window == nullptr) return NoContext();
  auto context = std::make_unique<GlfwContext>(std::move(*library), std::move(window));
  if (Status status = context->Load(); !status) return NoDisplay(status.error().message);
  return std::unique_ptr<GlContext>(std::move(context));
}

}  // namespace lookout::app
