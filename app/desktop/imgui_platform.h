// Dear ImGui on a GlContext: its context, its theme and fonts, and the backends that feed it.
// Window thread only.
#pragma once

#include <memory>

#include "app/platform/gl_context.h"
#include "ui/theme/ui_context.h"

struct ImGuiContext;

namespace lookout::app {

class ImGuiPlatform {
 public:
  // The GL context must outlive it.
  explicit ImGuiPlatform(GlContext& gl);
  ~ImGuiPlatform();
  ImGuiPlatform(const ImGuiPlatform&) = delete;
  ImGuiPlatform& operator=(const ImGuiPlatform&) = delete;

  // Restyles for the theme and the person's scale on top of the desktop's; uploads new fonts.
  void Apply(ui::ThemeKind theme, float scale);

  // Starts ImGui's frame; elapsed_s is the wall time since the last one.
  void BeginFrame(double elapsed_s);
  // Ends it and draws everything onto the screen's buffer.
  void EndFrame();

 private:
  struct ContextDeleter {
    void operator()(ImGuiContext* context) const;
  };

  GlContext& gl_;
  std::unique_ptr<ImGuiContext, ContextDeleter> context_;
  std::unique_ptr<ui::UiContext> ui_;
};

}  // namespace lookout::app
