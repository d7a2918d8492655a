// The window: one frame after the other over a study, on a screen or offscreen. Main thread only.
// Nothing here waits for a worker.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "app/desktop/frame_times.h"
#include "app/desktop/imgui_platform.h"
#include "app/desktop/picture_saver.h"
#include "app/platform/gl_context.h"
#include "app/session/study.h"
#include "ui/panels/main_window.h"
#include "ui/viewport/scene_view.h"
#include "ui/viewport/viewport_panel.h"

namespace lookout::app {

class Desktop {
 public:
  // settings: as SettingsJson gave them; anything else gives the defaults.
  Desktop(GlContext& gl, Study& study, const std::string& settings);

  // One frame; false when the person wants to leave.
  bool Frame();

  // What the last frame showed.
  ui::RgbImage ReadScreen() { return gl_.ReadScreen(); }

  std::string SettingsJson() const { return main_window_.SettingsJson(); }
  ui::MainWindow& main_window() { return main_window_; }
  ui::ViewportState& viewport() { return viewport_; }
  ui::SceneView& scene_view() { return scene_view_; }
  FrameTimes& frame_times() { return frame_times_; }

 private:
  double ElapsedSinceLastFrame_s();
  void DrawFrame();
  void Perform(ui::ViewAction action);
  void SaveScreenshot();
  void ReportScreenshots();
  void ReportDroppedPaths();
  void MeasureFrame(double whole_ms, double ui_ms, double view_ms);

  GlContext& gl_;
  Study& study_;
  ImGuiPlatform platform_;
  ui::SceneView scene_view_;
  ui::ViewportState viewport_;
  ui::MainWindow main_window_;
  std::vector<ui::OverlaySwitch> overlays_;
  std::vector<std::string> environments_;
  ui::FrameFigures figures_;
  FrameTimes frame_times_;
  PictureSaver pictures_;
  std::vector<PictureSaver::Outcome> saved_pictures_;
  double last_frame_s_ = 0.0;
};

// Runs the window until the person leaves or a signal asks to; keeps its settings. An exit code.
int RunDesktop(GlContext& gl, Study& study);

}  // namespace lookout::app
