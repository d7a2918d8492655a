#include "ui/panels/marks/selected_mark.h"

#include <array>

#include "ui/panels/state/mark_edits.h"
#include "ui/theme/icons.h"
#include "ui/theme/kinds.h"
#include "ui/widgets/controls.h"

namespace lookout::ui {
namespace {

using agents::Mark;
using agents::Verdict;

constexpr std::size_t kLongestNote = 2000;

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

void DrawSelectedMark(const Snapshots& snapshots, CommandSender& sender, const Keymap& keymap,
                      MarksState& state, const Mark& mark, std::string_view read_only) {
  if (read_only.empty()) DrawVerdict(sender, state, mark);
  DrawNote(sender, state, mark);
  const float width = (ImGui::GetContentRegionAvail().x - 2.0F * Px(6)) / 3.0F;
  if (Button({.id = "set_in",
              .text = "Begin here",
              .width = width,
              .tooltip = "The mark begins at the playhead, exactly: without a reaction lag",
              .key = keymap.text(ActionId::kSetIn),
              .disabled_because = read_only})) {
    BeginSelectedHere(snapshots, sender, state);
  }
  ImGui::SameLine(0.0F, Px(6));
  if (Button({.id = "set_out",
              .text = "End here",
              .width = width,
              .tooltip = "The mark ends at the playhead, exactly: without a reaction lag",
              .key = keymap.text(ActionId::kSetOut),
              .disabled_because = read_only})) {
    EndSelectedHere(snapshots, sender, state);
  }
  ImGui::SameLine(0.0F, Px(6));
  if (Button({.id = "loop",
              .icon = kIconLoop,
              .text = "Loop",
              .selected = state.looping,
              .width = width,
              .tooltip = "Replays the span again and again",
              .key = keymap.text(ActionId::kLoop)})) {
    state.looping = !state.looping;
  }
}

float SelectedMarkHeight() {
  return 3.0F * (ImGui::GetFrameHeight() + ImGui::GetStyle().ItemSpacing.y);
}

}  // namespace lookout::ui
