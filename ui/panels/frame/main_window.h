// The whole window but for the 3-D view: composes every panel for one frame and turns keys into
// commands. Window thread only.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ui/commands.h"
#include "ui/panels/state/inputs/window_inputs.h"
#include "ui/panels/state/window_state.h"
#include "ui/theme/ui_context.h"
#include "ui/widgets/menu_input.h"

namespace lookout::ui {

class MainWindow {
 public:
  // The present ImGui context must outlive it. Shows the welcome unless LoadSettings says that it
  // was dismissed.
  MainWindow();

  // Before NewFrame: theme and fonts for the settings on a monitor of that scale. True if the font
  // atlas was rebuilt, so that the renderer must upload it again.
  bool PrepareFrame(float monitor_scale, float framebuffer_density = 1.0F);

  // Between NewFrame and Render. Calls draw_view once, with the rectangle of the 3-D view, unless
  // the window is too small to have one.
  void Draw(const Snapshots& snapshots, CommandSender& receiver, const WindowInputs& inputs,
            const ViewportCallback& draw_view);

  // What keys asked of the 3-D view since the last call.
  std::vector<ViewAction> TakeViewActions();

  // Settings as JSON. Load never fails; it returns a warning per key that it ignored.
  std::vector<std::string> LoadSettings(std::string_view json);
  std::string SaveSettings() const;
  // The form of training is of the environment that comes on screen next, whatever the settings
  // say.
  void TrainInEnvironmentOnScreen() {
    state_.training.followed = state_.settings.training.environment;
  }
  // True if they differ from what was last loaded or saved, as text; cheap enough for once a
  // second.
  bool SettingsChanged() const;
  // True if LoadSettings left something out, which SaveSettings therefore lacks.
  bool settings_were_damaged() const { return settings_were_damaged_; }

  WindowState& state() { return state_; }
  UiContext& ui() { return ui_; }

 private:
  void HandleKeys(const ActionContext& context, const WindowInputs& inputs);
  void ToggleOverlays(CommandSender& sender, const WindowInputs& inputs);
  void ApplySavedOverlays(CommandSender& sender, const WindowInputs& inputs);
  void DrawRegions(const Snapshots& snapshots, CommandSender& sender, const WindowInputs& inputs,
                   const ViewportCallback& draw_view, const LayoutRects& rects);
  void DrawSplitters(const LayoutRects& rects);

  UiContext ui_;
  WindowState state_;
  MenuInput menu_input_;
  bool overlays_applied_ = false;
  bool settings_were_damaged_ = false;
  mutable std::string saved_settings_;
};

}  // namespace lookout::ui
