#include "ui/panels/marks/correction_card.h"

#include <algorithm>
#include <cmath>

#include "ui/commands.h"
#include "ui/panels/state/window_state.h"
#include "ui/theme/icons.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/text.h"

namespace lookout::ui {
namespace {

constexpr float kNotch = 0.25F;  // of a key

bool StandsOnScreen(const CorrectionDraft& draft, const Snapshots& snapshots) {
  const Playhead& playhead = snapshots.playhead;
  return draft.at.episode == playhead.episode && draft.at.step == playhead.step &&
         !snapshots.playing() && snapshots.pair == nullptr;
}

// By how much the keys of this frame move a slider.
float Moved(const Keymap& keymap, ActionId plus, Key plus_arrow, ActionId minus, Key minus_arrow) {
  const auto pressed = [&](ActionId action, Key arrow) {
    return IsPressed({keymap.chord(action).key}, true) || IsPressed({arrow}, true);
  };
  return (pressed(plus, plus_arrow) ? kNotch : 0.0F) -
         (pressed(minus, minus_arrow) ? kNotch : 0.0F);
}

void Steer(const Keymap& keymap, CorrectionDraft& draft) {
  draft.forward +=
      Moved(keymap, ActionId::kDriveForward, Key::kUp, ActionId::kDriveBackward, Key::kDown);
  draft.turn += Moved(keymap, ActionId::kDriveLeft, Key::kLeft, ActionId::kDriveRight, Key::kRight);
  draft.forward = std::clamp(draft.forward, -1.0F, 1.0F);
  draft.turn = std::clamp(draft.turn, -1.0F, 1.0F);
}

// What the card is about, and a cross; true if that was clicked.
bool DrawCorrectionHeading(const Moment& at, float width) {
  ImGui::AlignTextToFramePadding();
  Text(Short("%s  What should be done at step %d?", kIconDrive, at.step));
  ImGui::SameLine(width - Px(12) - ButtonWidth({.icon = kIconClose}));
  return Button({.id = "correction_cancel",
                 .icon = kIconClose,
                 .look = ButtonLook::kGhost,
                 .tooltip = "Gives the correction up",
                 .key = "Esc"});
}

void DrawSliders(CorrectionDraft& draft) {
  FieldLabel("Forward");
  SliderField("correction/forward", draft.forward, -1.0F, 1.0F, "%.2f",
              ImGui::GetContentRegionAvail().x);
  FieldLabel("Turn left");
  SliderField("correction/turn", draft.turn, -1.0F, 1.0F, "%.2f", ImGui::GetContentRegionAvail().x);
}

}  // namespace

void DrawCorrectionCard(const Rect& view, const ActionContext& context) {
  CorrectionDraft& draft = context.window.correction;
  if (draft.shown && !StandsOnScreen(draft, context.snapshots)) draft = {};
  if (!draft.shown) return;
  const bool has_keys = !IsModal(context.window) && !ImGui::GetIO().WantTextInput;
  if (has_keys) Steer(context.window.keymap, draft);
  const float width = std::min(Px(340), view.width() - Px(16));
  const float height = 4.0F * ImGui::GetFrameHeightWithSpacing() + Px(16);
  const ImVec2 low(view.min.x + Px(12), view.max.y - Px(14));
  const ScopedRegion region("correction##card", {{low.x, low.y - height}, {low.x + width, low.y}},
                            CurrentTheme().raised, {Px(12), Px(8)},
                            ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse,
                            ScopedRegion::Layer::kSheet);
  const bool cancelled = DrawCorrectionHeading(draft.at, width);
  DrawSliders(draft);
  const bool played =
      Button({.id = "correction_play",
              .icon = kIconCompare,
              .text = "Play both futures",
              .look = ButtonLook::kPrimary,
              .width = -1.0F,
              .tooltip = "Yours holds this drive for 10 steps before the agent goes on. It counts "
                         "as the safer one.",
              .key = "Enter"}) ||
      (has_keys && IsPressed({Key::kEnter}));
  if (played) {
    context.sender.Send(
        CorrectHere{.at = draft.at,
                    .drive = {.forward = draft.forward, .turn = draft.turn},
                    .time_spent_ms = std::llround(1000.0 * (ImGui::GetTime() - draft.opened_s))});
  }
  if (played || cancelled) draft = {};
}

}  // namespace lookout::ui
