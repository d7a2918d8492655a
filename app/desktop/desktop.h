// The window: one frame after the other over a workspace, on a screen or offscreen. Main thread
// only. Nothing here waits for a worker.
#pragma once

#include <chrono>
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "app/desktop/frame_times.h"
#include "app/desktop/imgui_platform.h"
#include "app/desktop/pictures.h"
#include "app/platform/gl_context.h"
#include "app/workspace/workspace.h"
#include "ui/panels/frame/main_window.h"
#include "ui/viewport/pair_view.h"
#include "ui/viewport/scene_view.h"
#include "ui/viewport/viewport_panel.h"

namespace lookout::app {

class Desktop {
 public:
  // settings: what main_window().SaveSettings() gave; whatever is wrong in it has its default.
  Desktop(GlContext& gl, Workspace& workspace, const std::string& settings);

  // One frame; false when the person wants to leave.
  bool Frame();

  // Why settings are not as the person left them, in the window and at the terminal.
  void WarnOfSettings(std::string warning);

  // What the last frame showed.
  ui::RgbImage ReadScreen() { return gl_.ReadScreen(); }

  ui::MainWindow& main_window() { return main_window_; }
  ui::ViewportState& viewport() { return viewport_; }
  ui::SceneView& scene_view() { return scene_view_; }
  FrameTimes& frame_times() { return frame_times_; }

 private:
  // The parts' times of this frame, milliseconds.
  FrameTime DrawFrame();
  ui::WindowInputs Inputs();
  void ListEnvironments();
  void ListPolicies();
  void DrawView(const ui::Snapshots& snapshots);
  void Perform(ui::ViewAction action);
  void MoveCamera(ui::ViewAction action);
  void TakePictures(double elapsed_s);
  void StartRecording();
  void RecordSpan(const ui::VideoSpan& span);
  void OpenDroppedFiles();
  void Measure(const FrameTime& time);
  void RememberPicture();
  std::optional<ui::Moment> MomentOf(std::int64_t picture) const;

  struct Picture {
    std::int64_t number = 0;  // as GlContext counts them
    ui::Moment shows;
  };

  GlContext& gl_;
  Workspace& workspace_;
  ImGuiPlatform platform_;
  ui::SceneView scene_view_;
  std::optional<ui::PairView> pair_view_;  // while two clips are compared
  ui::ViewportState viewport_;
  ui::MainWindow main_window_;
  std::vector<ui::OverlaySwitch> overlays_;
  std::vector<std::string> environments_;
  std::vector<ui::EnvironmentCard> cards_;
  std::string camera_name_;
  std::vector<ui::NamedPolicy> policies_;
  std::int64_t policies_version_ = -1;  // of the workspace's, in the list above
  std::int64_t registry_version_ =
      -1;                         // of the workspace's own environments, in the two lists above
  std::deque<Picture> pictures_;  // the newest ones
  ui::FrameFigures figures_;
  FrameTimes frame_times_;
  Pictures files_;
  std::optional<ui::Moment> record_until_;  // of a span that is replayed for its video
  std::chrono::steady_clock::time_point last_frame_ = std::chrono::steady_clock::now();
};

}  // namespace lookout::app
