#include "ui/panels/marks/marks_panel.h"

#include <algorithm>
#include <array>

#include "ui/panels/state/actions.h"
#include "ui/theme/icons.h"
#include "ui/theme/kinds.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/text.h"

namespace lookout::ui {
namespace {

using agents::Mark;
using agents::Verdict;

constexpr std::size_t kLongestNote = 2000;

std::string ReadOnlyReason(const ProjectSnapshot& project) {
  return project.read_only ? "The project is read-only: " + project.read_only_reason
                           : std::string();
}

// Three buttons that start and stop a span, each with its key: the keys explain themselves.
void DrawSpanButtons(const Snapshots& snapshots, CommandSender& sender, const Keymap& keymap,
                     const std::string& read_only) {
  constexpr std::array<std::pair<Verdict, ActionId>, 3> kVerdicts{
      {{Verdict::kUnsafe, ActionId::kMarkUnsafe},
       {Verdict::kSafe, ActionId::kMarkSafe},
       {Verdict::kUnsure, ActionId::kMarkUnsure}}};
  constexpr std::array<const char*, 3> kIds{"span/unsafe", "span/safe", "span/unsure"};
  const float width = (ImGui::GetContentRegionAvail().x - 2.0F * Px(6)) / 3.0F;
  for (std::size_t i = 0; i < kVerdicts.size(); ++i) {
    const auto [verdict, action] = kVerdicts[i];
    const KindStyle style = VerdictStyle(CurrentTheme(), verdict);
    const bool open = snapshots.open_mark && snapshots.open_mark->verdict == verdict;
    if (i > 0) ImGui::SameLine(0.0F, Px(6));
    const bool clicked = Button({.id = kIds[i],
                                 .icon = open ? kIconStop : style.icon,
                                 .text = style.name,
                                 .selected = open,
                                 .width = width,
                                 .tooltip = "Starts a span at this moment; once more ends it. Or "
                                            "hold the key while it plays.",
                                 .key = keymap.text(action),
                                 .disabled_because = read_only,
                                 .icon_colour = style.colour});
    if (!clicked) continue;
    if (open) {
      sender.Send(EndMark{});
    } else {
      sender.Send(BeginMark{verdict});
    }
  }
}

void DrawKeyHelp(const Keymap& keymap) {
  const std::array<std::pair<ActionId, const char*>, 3> keys{{{ActionId::kMarkUnsafe, "unsafe"},
                                                              {ActionId::kMarkSafe, "safe"},
                                                              {ActionId::kMarkUnsure, "not sure"}}};
  TextSmall("Hold");
  for (const auto& [action, meaning] : keys) {
    ImGui::SameLine(0.0F, Px(7));
    KeyCap(keymap.text(action));
    ImGui::SameLine(0.0F, Px(4));
    TextSmall(meaning);
  }
}

void DrawClassChoice(const ActionContext& context) {
  MarksState& marks = context.window.marks;
  const Mark* selected = marks.index.Find(marks.selected);
  const agents::DangerClass present = context.snapshots.open_mark
                                          ? context.snapshots.open_mark->danger
                                      : selected != nullptr ? selected->danger
                                                            : marks.danger;
  const auto chosen = Choice({.id = "danger",
                              .icon = kIconMark,
                              .preview = DangerClassName(present),
                              .count = kDangerClassCount,
                              .selected = present,
                              .tooltip = "Class of danger, also by the digits 0 to 9"},
                             [](int i) -> std::string_view {
                               return DangerClassName(static_cast<agents::DangerClass>(i));
                             });
  if (chosen) ChooseDangerClass(context, static_cast<agents::DangerClass>(*chosen));
}

void DrawUndoRedo(const Snapshots& snapshots, CommandSender& sender, const Keymap& keymap,
                  const std::string& read_only) {
  const agents::MarkSet& set = snapshots.marks.marks();
  const float width = (ImGui::GetContentRegionAvail().x - Px(6)) * 0.5F;
  const std::string_view no_undo = set.NextUndo() ? "" : "There is nothing to undo";
  if (Button({.id = "undo",
              .icon = kIconUndo,
              .text = "Undo",
              .width = width,
              .tooltip = "Takes back the last edit, also of earlier sittings",
              .key = keymap.text(ActionId::kUndo),
              .disabled_because = read_only.empty() ? no_undo : read_only})) {
    sender.Send(Undo{});
  }
  ImGui::SameLine(0.0F, Px(6));
  const std::string_view no_redo = set.NextRedo() ? "" : "There is nothing to redo";
  if (Button({.id = "redo",
              .icon = kIconRedo,
              .text = "Redo",
              .width = width,
              .tooltip = "Brings back what was undone",
              .key = keymap.text(ActionId::kRedo),
              .disabled_because = read_only.empty() ? no_redo : read_only})) {
    sender.Send(Redo{});
  }
}

double StepDuration(const Snapshots& snapshots, EpisodeId episode) {
  const EpisodeTrack* track = snapshots.episodes.Find(episode);
  return track != nullptr ? track->scene().spec.step_duration_s : 0.02;
}

// First line: verdict, class, length. Second: steps, annotator, note. At the right: on disk or not.
void DrawMarkText(const Snapshots& snapshots, const Mark& mark, const RowState& row,
                  float right_px) {
  const Theme& theme = CurrentTheme();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  ImFont* small = CurrentFonts().small;
  const KindStyle style = VerdictStyle(theme, mark.verdict);
  const float left = row.min.x + Px(10);
  const float text_left = left + Px(24);
  const float width = right_px - text_left;
  DrawText(list, {left, row.min.y + Px(5)}, Px(22), style.colour, style.icon);
  const double seconds =
      (mark.last_step - mark.first_step + 1) * StepDuration(snapshots, mark.episode);
  const Short head("%s%s%s", style.name, mark.danger != 0 ? " \xC2\xB7 " : "",
                   mark.danger != 0 ? DangerClassName(mark.danger) : "");
  const Short length("%.2f s", seconds);
  const float length_width = TextSize(length).x;
  DrawText(list, {text_left, row.min.y + Px(4)}, width - length_width - Px(8), theme.text, head);
  DrawText(list, {right_px - length_width, row.min.y + Px(4)}, length_width + 1.0F,
           theme.text_muted, length);
  const std::string_view annotator = Cut(mark.annotator, 40);
  const std::string_view note = Cut(mark.note, 80);
  const bool elsewhere = mark.episode != snapshots.playhead.episode;
  const Short place =
      elsewhere ? Short("ep. %lld, ", static_cast<long long>(mark.episode.value)) : Short();
  const Short detail("%s%d\xE2\x80\x93%d \xC2\xB7 %.*s%s%.*s", place.c_str(), mark.first_step,
                     mark.last_step, static_cast<int>(annotator.size()), annotator.data(),
                     note.empty() ? "" : " \xC2\xB7 ", static_cast<int>(note.size()), note.data());
  DrawText(list, {text_left, row.min.y + Px(23)}, width, theme.text_muted, detail, small);
}

void DrawSavedState(const Snapshots& snapshots, const Mark& mark, ImVec2 at) {
  const Theme& theme = CurrentTheme();
  const bool saved = snapshots.marks.IsSaved(mark.id);
  DrawText(*ImGui::GetWindowDrawList(), at, Px(20), saved ? theme.good : theme.warning,
           saved ? kIconCheck : kIconSaving, CurrentFonts().small);
}

void DrawMarkRow(const Snapshots& snapshots, CommandSender& sender, MarksState& state,
                 const Mark& mark, float height, const std::string& read_only) {
  const ScopedId id(mark.id.value);
  const RowState row = Row(Short("mark_row/%lld", static_cast<long long>(mark.id.value)), height,
                           mark.id == state.selected);
  const ImVec2 after = ImGui::GetCursorScreenPos();
  const float tools = row.max.x - Px(52);
  DrawMarkText(snapshots, mark, row, tools - Px(6));
  DrawSavedState(snapshots, mark, {tools, row.min.y + Px(6)});
  ImGui::SetCursorScreenPos({row.max.x - Px(32), row.min.y + Px(8)});
  bool removed = false;
  {
    const ScopedId mark_id("tools");
    removed = Button({.id = "delete",
                      .icon = kIconTrash,
                      .look = ButtonLook::kGhost,
                      .width = Px(28),
                      .tooltip = "Remove this mark (can be undone)",
                      .disabled_because = read_only,
                      .icon_colour = CurrentTheme().text_muted});
  }
  ImGui::SetCursorScreenPos(after);
  if (removed) {
    sender.Send(DeleteMark{mark.id});
    if (state.selected == mark.id) state.selected = {};
  } else if (row.clicked) {
    ShowMark(snapshots, sender, state, mark);
  }
}

void DrawList(const Snapshots& snapshots, CommandSender& sender, MarksState& state, float height,
              const std::string& read_only) {
  const ScopedChild child("marks_list", {0, height});
  const std::span<const Mark> rows = state.index.rows();
  if (rows.empty()) {
    ImGui::Dummy({1, Px(8)});
    TextWrapped(
        "No marks yet. Play the episode and hold X while the robot does something you call "
        "unsafe.",
        CurrentTheme().text_muted);
    return;
  }
  const ScopedStyle tight(ImGuiStyleVar_ItemSpacing, ImVec2(Px(4), Px(2)));
  const float row_height = Px(44);
  ImGuiListClipper clipper;
  clipper.Begin(static_cast<int>(rows.size()), row_height + Px(2));
  while (clipper.Step()) {
    for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i) {
      DrawMarkRow(snapshots, sender, state, rows[static_cast<std::size_t>(i)], row_height,
                  read_only);
    }
  }
}

void DrawNote(CommandSender& sender, MarksState& state, const Mark& mark) {
  if (state.note_of != mark.id) {
    state.note_of = mark.id;
    state.note = mark.note;
  }
  if (TextField("note", state.note, kLongestNote, 0.0F, "Note on the selected mark")) {
    Mark revised = mark;
    revised.note = state.note;
    sender.Send(ReviseMark{revised});
  }
}

// Set-in, set-out and loop of the selected mark.
void DrawSpan(const Snapshots& snapshots, CommandSender& sender, const Keymap& keymap,
              MarksState& state, const Mark& mark) {
  const float width = (ImGui::GetContentRegionAvail().x - 2.0F * Px(6)) / 3.0F;
  const bool here = mark.episode == snapshots.playhead.episode;
  const std::string_view elsewhere = here ? "" : "This mark is in another episode";
  Mark revised = mark;
  if (Button({.id = "set_in",
              .text = "Begin here",
              .width = width,
              .tooltip = "The mark begins at the playhead",
              .key = keymap.text(ActionId::kSetIn),
              .disabled_because = elsewhere})) {
    revised.first_step = snapshots.playhead.step;
    revised.last_step = std::max(revised.last_step, revised.first_step);
    sender.Send(ReviseMark{revised});
  }
  ImGui::SameLine(0.0F, Px(6));
  if (Button({.id = "set_out",
              .text = "End here",
              .width = width,
              .tooltip = "The mark ends at the playhead",
              .key = keymap.text(ActionId::kSetOut),
              .disabled_because = elsewhere})) {
    revised.last_step = snapshots.playhead.step;
    revised.first_step = std::min(revised.first_step, revised.last_step);
    sender.Send(ReviseMark{revised});
  }
  ImGui::SameLine(0.0F, Px(6));
  if (Button({.id = "loop",
              .icon = kIconLoop,
              .text = "Loop",
              .selected = state.looping,
              .width = width,
              .tooltip = "Replays the span again and again",
              .key = keymap.text(ActionId::kLoop),
              .disabled_because = elsewhere})) {
    state.looping = !state.looping;
  }
}

}  // namespace

void DrawMarksPanel(const Snapshots& snapshots, CommandSender& sender, WindowState& window) {
  MarksState& state = window.marks;
  const std::string read_only = ReadOnlyReason(snapshots.project);
  DrawSpanButtons(snapshots, sender, window.keymap, read_only);
  DrawKeyHelp(window.keymap);
  DrawClassChoice({snapshots, sender, window});
  DrawUndoRedo(snapshots, sender, window.keymap, read_only);
  const bool all_saved = snapshots.marks.all_saved();
  const std::size_t count = state.index.rows().size();
  Heading(Short("%zu mark%s", count, count == 1 ? "" : "s"),
          all_saved ? "all on disk" : "being saved\xE2\x80\xA6");
  const Mark* selected = state.index.Find(state.selected);
  const float below = selected != nullptr
                          ? 2.0F * (ImGui::GetFrameHeight() + ImGui::GetStyle().ItemSpacing.y)
                          : 0.0F;
  const float least = Px(120);
  DrawList(snapshots, sender, state, std::max(least, ImGui::GetContentRegionAvail().y - below),
           read_only);
  if (selected != nullptr) {
    DrawNote(sender, state, *selected);
    DrawSpan(snapshots, sender, window.keymap, state, *selected);
  }
}

}  // namespace lookout::ui
