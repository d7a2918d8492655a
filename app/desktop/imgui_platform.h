// Dear ImGui on a GlContext: its context, its theme and fonts, and the backends that feed it.
// Window thread only.
#pragma once

#include <array>
#include <memory>
#include <optional>

#include "app/desktop/gamepad.h"
#include "app/platform/gl_context.h"
#include "app/platform/input_queue.h"
#include "ui/panels/state/keys/keyboard_layout.h"

struct ImGuiContext;

namespace lookout::app {

class ImGuiPlatform {
 public:
  // The GL context must outlive it.
  explicit ImGuiPlatform(GlContext& gl);
  ~ImGuiPlatform();
  ImGuiPlatform(const ImGuiPlatform&) = delete;
  ImGuiPlatform& operator=(const ImGuiPlatform&) = delete;

  // By how much the desktop asks text to be enlarged beyond what its pixels do by themselves, and
  // how many pixels one unit of the window has.
  float monitor_scale() const;
  float pixel_density() const;

  // The font atlas was rebuilt: the next frame uploads it.
  void ForgetFonts() { fonts_changed_ = true; }

  // What the keyboard prints on its keys, if that has changed since the last call; else nullptr.
  const ui::KeyboardLayout* TakeNewKeyboard();

  // Starts ImGui's frame with what of the context's input() one frame can take in; elapsed_s is the
  // wall time since the last one.
  void BeginFrame(double elapsed_s);
  // The first key or button of this frame: when it went down or up, and at which picture.
  const std::optional<InputEvent>& input() const { return first_press_; }
  // Of this frame.
  const ui::Stick& stick() const { return pad_.stick; }
  // Ends it and draws everything onto the screen's buffer. In debug and test builds an OpenGL error
  // of this drawing ends the program; one from before it is logged.
  void EndFrame();

 private:
  struct ContextDeleter {
    void operator()(ImGuiContext* context) const;
  };

  void TakeInput();
  void Apply(const InputEvent& event);
  void TellImGui() const;

  GlContext& gl_;
  std::unique_ptr<ImGuiContext, ContextDeleter> context_;
  // Of the newest frame.
  std::optional<InputEvent> first_press_;
  std::array<bool, ui::KeyboardLayout::kPositions> keys_down_{};
  std::array<bool, 5> buttons_down_{};  // left, right, middle and two more
  float mouse_x_, mouse_y_;
  Gamepad pad_;

  ui::KeyboardLayout layout_;
  bool layout_changed_ = false;
  bool fonts_changed_ = false;
};

}  // namespace lookout::app
