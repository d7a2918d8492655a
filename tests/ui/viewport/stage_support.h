// The viewport panel in a whole ImGui window, drawn offscreen, with a mouse that tests move.
#pragma once

#include <imgui.h>

#include <optional>
#include <variant>
#include <vector>

#include "tests/ui/viewport/view_support.h"
#include "ui/theme/ui_context.h"
#include "ui/viewport/pair_view.h"
#include "ui/viewport/viewport_panel.h"

namespace lookout::ui {

class RecordingSender : public CommandSender {
 public:
  void Send(Command command) override { sent.push_back(std::move(command)); }
  std::vector<Command> sent;

  // How many player commands of type T were sent.
  template <typename T>
  int CountPlayer() const {
    int count = 0;
    for (const Command& command : sent) {
      const auto* player = std::get_if<PlayerCommand>(&command);
      count += player != nullptr && std::holds_alternative<T>(*player) ? 1 : 0;
    }
    return count;
  }
};

// Owns the ImGui context and everything a panel reads. Members may be changed between frames.
class Stage {
 public:
  Stage(app::GlContext& gl, LiveEpisode& episode, float scale = 1.0F,
        RenderQuality quality = RenderQuality::kFast);
  ~Stage();
  Stage(const Stage&) = delete;
  Stage& operator=(const Stage&) = delete;

  // An episode beside the live one, for `playhead` to show.
  EpisodeStore& store() { return store_; }

  // Draws one frame that shows the live step (or `playhead`, if it is set not to be live).
  void Frame();

  void MoveMouse(float x, float y);
  void Press(int button, bool down) { ImGui::GetIO().MouseDown[button] = down; }

  PlayerSnapshot player;
  FieldSnapshot field;
  Playhead playhead;
  std::optional<Comparison> comparison;
  std::vector<OpenMark> open_marks;
  InputMode mode = InputMode::kView;
  ViewportState state;
  RecordingSender sender;
  SceneView view;
  std::optional<PairOnScreen> pair;   // drawn in place of the panel
  std::optional<PairView> pair_view;  // made with the first pair

 private:
  void AppendNewSteps();

  app::GlContext& gl_;
  LiveEpisode& episode_;
  EpisodeStore store_;
  StepIndex appended_ = 0;
  std::optional<UiContext> ui_;
};

}  // namespace lookout::ui
