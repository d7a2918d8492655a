#include <EGL/egl.h>
#include <EGL/eglext.h>
#include <fmt/format.h>
#include <glad/gl.h>

#include <array>
#include <cstdlib>
#include <cstring>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include "app/platform/gl_context.h"

namespace lookout::app {
namespace {

Error NoOffscreen(const std::string& cause) {
  return {
      cause + " Install a software OpenGL (on Debian: apt-get install libegl1 libgl1-mesa-dri).",
      ErrorCode::kNoDisplay};
}

bool HasClientExtension(const char* name) {
  const char* extensions = eglQueryString(EGL_NO_DISPLAY, EGL_EXTENSIONS);
  return extensions != nullptr && std::strstr(extensions, name) != nullptr;
}

EGLDisplay PlatformDisplay(EGLenum platform, void* native) {
  const auto get = reinterpret_cast<PFNEGLGETPLATFORMDISPLAYEXTPROC>(
      eglGetProcAddress("eglGetPlatformDisplayEXT"));
  return get == nullptr ? EGL_NO_DISPLAY : get(platform, native, nullptr);
}

// The displays worth trying, best first: what the person asked for, Mesa without a display server,
// each graphics card, and what EGL thinks is the default.
std::vector<EGLDisplay> CandidateDisplays() {
  std::vector<EGLDisplay> displays;
  if (std::getenv("EGL_PLATFORM") != nullptr)
    displays.push_back(eglGetDisplay(EGL_DEFAULT_DISPLAY));
  if (HasClientExtension("EGL_MESA_platform_surfaceless")) {
    displays.push_back(PlatformDisplay(EGL_PLATFORM_SURFACELESS_MESA, EGL_DEFAULT_DISPLAY));
  }
  if (HasClientExtension("EGL_EXT_platform_device")) {
    const auto query =
        reinterpret_cast<PFNEGLQUERYDEVICESEXTPROC>(eglGetProcAddress("eglQueryDevicesEXT"));
    std::array<EGLDeviceEXT, 8> devices{};
    EGLint count = 0;
    if (query != nullptr) query(static_cast<EGLint>(devices.size()), devices.data(), &count);
    for (EGLint i = 0; i < count; ++i) {
      displays.push_back(PlatformDisplay(EGL_PLATFORM_DEVICE_EXT, devices[i]));
    }
  }
  displays.push_back(eglGetDisplay(EGL_DEFAULT_DISPLAY));
  return displays;
}

// How many contexts there are on each display. All of a process get the same display from Mesa, and
// eglTerminate ends it for all of them: only the last may call it.
class DisplayUsers {
 public:
  static bool Join(EGLDisplay display) {
    const std::lock_guard lock(Get().mutex_);
    if (eglInitialize(display, nullptr, nullptr) == EGL_FALSE) return false;
    ++Get().count_[display];
    return true;
  }
  static void Leave(EGLDisplay display) {
    const std::lock_guard lock(Get().mutex_);
    if (--Get().count_[display] == 0) eglTerminate(display);
  }

 private:
  static DisplayUsers& Get() {
    static DisplayUsers users;
    return users;
  }
  std::mutex mutex_;
  std::map<EGLDisplay, int> count_;
};

// EGL's handles in the order of their making; ends them in the reverse.
struct EglHandles {
  EGLDisplay display = EGL_NO_DISPLAY;
  EGLContext context = EGL_NO_CONTEXT;
  EGLSurface surface = EGL_NO_SURFACE;  // stays none where the display has no pbuffers

  EglHandles() = default;
  EglHandles(const EglHandles&) = delete;
  EglHandles& operator=(const EglHandles&) = delete;
  ~EglHandles() {
    if (display == EGL_NO_DISPLAY) return;
    eglMakeCurrent(display, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT);
    if (surface != EGL_NO_SURFACE) eglDestroySurface(display, surface);
    if (context != EGL_NO_CONTEXT) eglDestroyContext(display, context);
    DisplayUsers::Leave(display);
  }
};

// A configuration for desktop OpenGL; with pbuffers if there is one.
std::optional<EGLConfig> ChooseConfig(EGLDisplay display, EGLint surface_type) {
  const std::array<EGLint, 5> wanted{EGL_SURFACE_TYPE, surface_type, EGL_RENDERABLE_TYPE,
                                     EGL_OPENGL_BIT, EGL_NONE};
  EGLConfig config = nullptr;
  EGLint count = 0;
  if (eglChooseConfig(display, wanted.data(), &config, 1, &count) == EGL_FALSE || count == 0) {
    return std::nullopt;
  }
  return config;
}

EGLContext CreateContext(EGLDisplay display, EGLConfig config) {
  const std::array<EGLint, 7> attributes{EGL_CONTEXT_MAJOR_VERSION,
                                         3,
                                         EGL_CONTEXT_MINOR_VERSION,
                                         3,
                                         EGL_CONTEXT_OPENGL_PROFILE_MASK,
                                         EGL_CONTEXT_OPENGL_COMPATIBILITY_PROFILE_BIT,
                                         EGL_NONE};
  return eglCreateContext(display, config, EGL_NO_CONTEXT, attributes.data());
}

// A current context on this display, or nullptr.
std::unique_ptr<EglHandles> TryDisplay(EGLDisplay display) {
  if (display == EGL_NO_DISPLAY || !DisplayUsers::Join(display)) return nullptr;
  auto handles = std::make_unique<EglHandles>();
  handles->display = display;
  if (eglBindAPI(EGL_OPENGL_API) == EGL_FALSE) return nullptr;
  std::optional<EGLConfig> config = ChooseConfig(display, EGL_PBUFFER_BIT);
  const bool has_pbuffer = config.has_value();
  if (!has_pbuffer) config = ChooseConfig(display, 0);
  if (!config) return nullptr;
  handles->context = CreateContext(display, *config);
  if (handles->context == EGL_NO_CONTEXT) return nullptr;
  if (has_pbuffer) {
    const std::array<EGLint, 5> size{EGL_WIDTH, 16, EGL_HEIGHT, 16, EGL_NONE};
    handles->surface = eglCreatePbufferSurface(display, *config, size.data());
  }
  if (eglMakeCurrent(display, handles->surface, handles->surface, handles->context) == EGL_FALSE) {
    return nullptr;
  }
  return handles;
}

class EglContext final : public GlContext {
 public:
  EglContext(std::unique_ptr<EglHandles> handles, ui::SizePx size)
      : handles_(std::move(handles)), size_(size) {}

  ~EglContext() override {
    MakeCurrent();
    if (framebuffer_ != 0) glDeleteFramebuffers(1, &framebuffer_);
    if (color_ != 0) glDeleteRenderbuffers(1, &color_);
  }

  Status Load() {
    if (Status status = LoadGl(eglGetProcAddress); !status) return status;
    glGenRenderbuffers(1, &color_);
    glBindRenderbuffer(GL_RENDERBUFFER, color_);
    glRenderbufferStorage(GL_RENDERBUFFER, GL_RGBA8, size_.width, size_.height);
    glGenFramebuffers(1, &framebuffer_);
    BindScreen();
    glFramebufferRenderbuffer(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_RENDERBUFFER, color_);
    if (glCheckFramebufferStatus(GL_FRAMEBUFFER) != GL_FRAMEBUFFER_COMPLETE) {
      return Error{
          fmt::format(
              "The graphics driver cannot make a picture of {} x {} pixels; ask for a smaller one.",
              size_.width, size_.height),
          ErrorCode::kNoDisplay};
    }
    return {};
  }

  GLFWwindow* window() const override { return nullptr; }
  ui::SizePx framebuffer_size() const override { return size_; }
  ui::SizePx window_size() const override { return size_; }
  float content_scale() const override { return 1.0F; }
  void MakeCurrent() override {
    eglBindAPI(EGL_OPENGL_API);  // what this means is kept per thread
    eglMakeCurrent(handles_->display, handles_->surface, handles_->surface, handles_->context);
  }
  void Release() override {
    eglBindAPI(EGL_OPENGL_API);
    eglMakeCurrent(handles_->display, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT);
  }
  void BindScreen() override { glBindFramebuffer(GL_FRAMEBUFFER, framebuffer_); }
  bool should_close() const override { return should_close_; }
  void RequestClose() override { should_close_ = true; }
  void ForgetCloseRequest() override { should_close_ = false; }
  void SetTitle(const std::string&) override {}
  bool fullscreen() const override { return false; }
  void SetFullscreen(bool) override {}
  std::vector<std::filesystem::path> TakeDroppedPaths() override { return {}; }

 protected:
  void DoSwap() override { glFlush(); }
  void DoPoll(double) override {}

 private:
  std::unique_ptr<EglHandles> handles_;
  ui::SizePx size_;
  GLuint framebuffer_ = 0;
  GLuint color_ = 0;
  bool should_close_ = false;
};

}  // namespace

Result<std::unique_ptr<GlContext>> OpenOffscreen(ui::SizePx size) {
  if (size.empty()) {
    return Error{"An offscreen picture needs a width and a height of at least one pixel.",
                 ErrorCode::kUsage};
  }
  std::string cause = "No EGL display gives an OpenGL 3.3 compatibility context.";
  for (EGLDisplay display : CandidateDisplays()) {
    std::unique_ptr<EglHandles> handles = TryDisplay(display);
    if (handles == nullptr) continue;
    auto context = std::make_unique<EglContext>(std::move(handles), size);
    const Status status = context->Load();
    if (status.ok()) return std::unique_ptr<GlContext>(std::move(context));
    cause = status.error().message;
  }
  return NoOffscreen(cause);
}

}  // namespace lookout::app
