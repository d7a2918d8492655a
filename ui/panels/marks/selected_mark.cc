#include "ui/panels/marks/selected_mark.h"

#include <array>

#include "ui/commands.h"
#include "ui/panels/state/action_button.h"
#include "ui/panels/state/mark_actions.h"
#include "ui/panels/state/window_state.h"
#include "ui/theme/kinds.h"
#include "ui/widgets/controls.h"

namespace lookout::ui {
namespace {

using agents::Mark;
using agents::Verdict;

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
  if (WhyNotMark(context).empty()) DrawVerdict(context.sender, state, mark);
  DrawNote(context.sender, state, mark);
  const float width = (ImGui::GetContentRegionAvail().x - 2.0F * Px(6)) / 3.0F;
  ActionButton(ActionId::kSetIn, context, {.text = "Begin here", .width = width});
  ImGui::SameLine(0.0F, Px(6));
  ActionButton(ActionId::kSetOut, context, {.text = "End here", .width = width});
  ImGui::SameLine(0.0F, Px(6));
  ActionButton(ActionId::kLoop, context,
               {.text = "Loop", .selected = state.looping, .width = width});
}

float SelectedMarkHeight() {
  return 3.0F * (ImGui::GetFrameHeight() + ImGui::GetStyle().ItemSpacing.y);
}

}  // namespace lookout::ui
