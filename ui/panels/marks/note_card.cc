#include "ui/panels/marks/note_card.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "ui/panels/state/window_state.h"
#include "ui/theme/icons.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/text.h"

namespace lookout::ui {
namespace {

bool HasText(const std::string& text) { return text.find_first_not_of(' ') != std::string::npos; }

// What the note is about, and a cross; true if that was clicked.
bool DrawHeading(const Moment& at, float width) {
  ImGui::AlignTextToFramePadding();
  Text(Short("%s  Note on step %d of episode %lld", kIconNote, at.step,
             static_cast<long long>(at.episode.value)));
  ImGui::SameLine(width - Px(12) - ButtonWidth({.icon = kIconClose}));
  return Button({.id = "note_cancel",
                 .icon = kIconClose,
                 .look = ButtonLook::kGhost,
                 .tooltip = "Gives the note up",
                 .key = "Esc"});
}

}  // namespace

void DrawNoteCard(const Rect& view, const ActionContext& context,
                  const std::optional<Moment>& pressed_at) {
  NoteDraft& draft = context.window.note;
  if (!draft.shown) return;
  const float width = std::min(Px(460), view.width() - Px(16));
  const float height = 2.0F * ImGui::GetFrameHeight() + Px(30);
  const float left = std::round((view.min.x + view.max.x - width) * 0.5F);
  const float bottom = view.max.y - Px(14);
  const ScopedRegion region("note##card", {{left, bottom - height}, {left + width, bottom}},
                            CurrentTheme().raised, {Px(12), Px(8)},
                            ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse,
                            ScopedRegion::Layer::kSheet);
  bool closed = DrawHeading(draft.at, width);
  const float save = ButtonWidth({.icon = kIconCheck, .text = "Save"});
  if (std::exchange(draft.focus, false)) {
    if (pressed_at) draft.at = *pressed_at;
    ImGui::SetKeyboardFocusHere();
  }
  const bool ended = TextField("note_text", draft.text, kLongestNote,
                               ImGui::GetContentRegionAvail().x - save - Px(6),
                               "What there is to say about this moment");
  bool kept = ended && IsPressed({Key::kEnter});
  closed =
      closed || IsPressed({Key::kEscape}) || (IsPressed({Key::kEnter}) && !HasText(draft.text));
  ImGui::SameLine(0.0F, Px(6));
  kept = Button({.id = "note_save",
                 .icon = kIconCheck,
                 .text = "Save",
                 .look = ButtonLook::kPrimary,
                 .tooltip = "Keeps the note",
                 .key = "Enter"}) ||
         kept;
  if (kept && HasText(draft.text)) context.sender.Send(WriteNote{draft.at, draft.text});
  if (kept || closed) draft = {};
}

}  // namespace lookout::ui
