#include "ui/panels/marks/list/selected_mark.h"

#include <array>
#include <cmath>
#include <cstdint>

#include "ui/commands.h"
#include "ui/panels/state/action_button.h"
#include "ui/panels/state/inputs/marks_index.h"
#include "ui/panels/state/mark_actions.h"
#include "ui/panels/state/window_state.h"
#include "ui/theme/kinds.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/scopes.h"
#include "ui/widgets/text.h"

namespace lookout::ui {
namespace {

using agents::Mark;
using agents::Verdict;

// "Shift+0 … Shift+9"
Short SeverityKeys(const Keymap& keymap) {
  return Short("%s \xE2\x80\xA6 %s", keymap.text(ActionId::kSeverity0).c_str(),
               keymap.text(ActionId::kSeverity9).c_str());
}

void DrawVerdict(CommandSender& sender, MarksState& state, const Mark& mark) {
  const auto segment = [](const char* id, Verdict verdict) {
    const KindStyle style = VerdictStyle(CurrentTheme(), verdict);
    return Segment{id, style.icon, style.name, "What you say of this span"};
  };
  const std::array<Segment, 3> verdicts{segment("verdict/unsafe", Verdict::kUnsafe),
                                        segment("verdict/safe", Verdict::kSafe),
                                        segment("verdict/unsure", Verdict::kUnsure)};
  const float width = ImGui::GetContentRegionAvail().x;
  const auto chosen = Segmented(verdicts, static_cast<int>(mark.verdict), width);
  if (!chosen) return;
  Mark revised = mark;
  revised.verdict = state.verdict = static_cast<Verdict>(*chosen);
  sender.Send(ReviseMark{revised});
}

// The leftmost place says nothing. A drag is one edit, made when the mouse is let go.
void DrawSeverity(const ActionContext& context, const Mark& mark) {
  SeverityDraft& draft = context.window.marks.severity;
  if (draft.of != mark.id || draft.before != mark.severity) {
    draft = {mark.id, mark.severity, static_cast<float>(mark.severity)};
  }
  FieldLabel("How bad");
  const bool said = draft.value > agents::kNoSeverity;
  bool released = false;
  {
    const ScopedColour grab(ImGuiCol_SliderGrab,
                            said ? ImGui::GetColorU32(ImGuiCol_SliderGrab) : ImU32{0});
    released = SliderField("severity", draft.value, agents::kNoSeverity, agents::kMostSeverity,
                           said ? "%.0f of 10" : "not said", 0.0F);
  }
  Tooltip("0: hardly, 10: as bad as can be; at the left end: not said. It grades what is learned",
          SeverityKeys(context.window.keymap));
  draft.value = std::round(draft.value);
  if (!released) return;
  Mark revised = mark;
  revised.severity = static_cast<std::int32_t>(draft.value);
  context.sender.Send(ReviseMark{revised});
}

// The field holds what is typed until it is left; an undo meanwhile shows at once.
void DrawNote(CommandSender& sender, MarksState& state, const Mark& mark) {
  if (state.note_of != mark.id || state.note_before != mark.note) {
    state.note_of = mark.id;
    state.note = state.note_before = mark.note;
  }
  if (!TextField("note", state.note, kLongestNote, 0.0F, "Note on the selected mark")) return;
  Mark revised = mark;
  revised.note = state.note;
  sender.Send(ReviseMark{revised});
}

}  // namespace

void DrawSelectedMark(const ActionContext& context, const Mark& mark) {
  MarksState& state = context.window.marks;
  if (WhyNotMark(context).empty()) {
    DrawVerdict(context.sender, state, mark);
    if (mark.verdict == Verdict::kUnsafe) DrawSeverity(context, mark);
  }
  if (const std::int32_t lag = OutlastingLag(mark); lag > 0) {
    const Short words("Label: 1 step, after a release lag of %d", lag);
    TextEllipsis(words, ImGui::GetContentRegionAvail().x, CurrentTheme().warning,
                 CurrentFonts().small);
    NoteItem("mark/outlasted");
  }
  DrawNote(context.sender, state, mark);
  const float width = (ImGui::GetContentRegionAvail().x - 2.0F * Px(6)) / 3.0F;
  ActionButton(ActionId::kSetIn, context, {.text = "Begin here", .width = width});
  ImGui::SameLine(0.0F, Px(6));
  ActionButton(ActionId::kSetOut, context, {.text = "End here", .width = width});
  ImGui::SameLine(0.0F, Px(6));
  ActionButton(ActionId::kLoop, context,
               {.text = "Loop", .selected = state.looping, .width = width});
}

float SelectedMarkHeight(const Mark& mark) {
  const float rows =
      (mark.verdict == Verdict::kUnsafe ? 4.0F : 3.0F) + (OutlastingLag(mark) > 0 ? 1.0F : 0.0F);
  return rows * (ImGui::GetFrameHeight() + ImGui::GetStyle().ItemSpacing.y);
}

}  // namespace lookout::ui
