// OpenGL contexts: a GLFW window, or an offscreen EGL context that needs no display server.
// Compatibility profile 3.3, because MuJoCo's renderer uses the fixed pipeline. A window belongs to
// the main thread; an offscreen context to the one thread on which it is current.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "app/platform/input_queue.h"
#include "sim/base/result.h"
#include "ui/viewport/painting/rgb_image.h"

struct GLFWwindow;

namespace lookout::app {

// What the driver says of itself.
struct GlDescription {
  std::string vendor;
  std::string renderer;
  std::string version;
  bool software = false;  // a processor does the drawing: llvmpipe, softpipe, swrast
};

class GlContext {
 public:
  virtual ~GlContext() = default;
  GlContext() = default;
  GlContext(const GlContext&) = delete;
  GlContext& operator=(const GlContext&) = delete;

  const GlDescription& description() const { return description_; }

  // The window for ImGui's GLFW backend; nullptr offscreen. Keys and mouse come by input().
  virtual GLFWwindow* window() const = 0;

  // Drawable pixels; 0x0 while minimised.
  virtual ui::SizePx framebuffer_size() const = 0;
  // In the screen's own coordinates, as the mouse reports; equal to the above offscreen.
  virtual ui::SizePx window_size() const = 0;
  // Factor that the desktop asks text to be enlarged by; 1 offscreen.
  virtual float content_scale() const = 0;

  // On the calling thread. A new context is current on the thread that opened it; another thread
  // may take it after a Release.
  virtual void MakeCurrent() = 0;
  virtual void Release() = 0;

  // Makes what is shown to the person the target of drawing.
  virtual void BindScreen() = 0;
  // Shows it. Waits for vsync if the display does.
  void SwapBuffers();
  // Takes what the person did into input(). With a wait, sleeps until something happens or the time
  // is over. What comes in with one call reacts to the picture that was there at the call before:
  // so call it before SwapBuffers, too.
  void PollEvents(double wait_s = 0.0);
  InputQueue& input() { return input_; }
  // How many pictures SwapBuffers has shown.
  std::int64_t pictures_shown() const { return pictures_shown_; }

  virtual bool should_close() const = 0;
  virtual void RequestClose() = 0;
  virtual void ForgetCloseRequest() = 0;  // the window stays
  virtual void SetTitle(const std::string& title) = 0;
  virtual bool fullscreen() const = 0;
  virtual void SetFullscreen(bool fullscreen) = 0;
  // Paths dropped on the window since the last call.
  virtual std::vector<std::filesystem::path> TakeDroppedPaths() = 0;

  // What BindScreen's target holds now; empty at 0x0. Call before SwapBuffers.
  ui::RgbImage ReadScreen();

 protected:
  // Loads the GL functions through `load` into the current context and fills description(). Rejects
  // (kNoDisplay) what is older than 3.3 or lacks the compatibility profile, naming both.
  Status LoadGl(void (*(*load)(const char*))());

  virtual void DoSwap() = 0;
  virtual void DoPoll(double wait_s) = 0;

 private:
  GlDescription description_;
  InputQueue input_;
  std::int64_t pictures_shown_ = 0;
};

struct WindowSettings {
  std::string title = "Lookout";
  ui::SizePx size{1280, 720};
  bool maximized = false;
  bool visible = true;
  int samples = 0;  // of the window itself; the 3-D view brings its own
};

// Fails with kNoDisplay if there is no display server or no sufficient OpenGL; under a second.
Result<std::unique_ptr<GlContext>> OpenWindow(const WindowSettings& settings);

// A screen of `size` pixels that nobody sees. Needs no display server.
Result<std::unique_ptr<GlContext>> OpenOffscreen(ui::SizePx size);

}  // namespace lookout::app
