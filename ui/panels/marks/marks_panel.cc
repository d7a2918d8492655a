#include "ui/panels/marks/marks_panel.h"

#include <algorithm>
#include <array>
#include <utility>

#include "ui/panels/marks/list/annotator_line.h"
#include "ui/panels/marks/list/class_choice.h"
#include "ui/panels/marks/list/key_hints.h"
#include "ui/panels/marks/list/mark_words.h"
#include "ui/panels/marks/list/note_rows.h"
#include "ui/panels/marks/list/pair_rows.h"
#include "ui/panels/marks/list/row_tools.h"
#include "ui/panels/marks/list/selected_mark.h"
#include "ui/panels/marks/list/statement_rows.h"
#include "ui/panels/marks/list/take_over_rule.h"
#include "ui/panels/state/action_button.h"
#include "ui/panels/state/actions.h"
#include "ui/panels/state/mark_actions.h"
#include "ui/panels/state/mark_edits.h"
#include "ui/theme/icons.h"
#include "ui/theme/kinds.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/text.h"

namespace lookout::ui {
namespace {

using agents::Mark;
using agents::Verdict;

// Three buttons that start and stop a span, each with its key: the keys explain themselves.
void DrawSpanButtons(const ActionContext& context) {
  constexpr std::array<std::pair<Verdict, ActionId>, 3> kVerdicts{
      {{Verdict::kUnsafe, ActionId::kMarkUnsafe},
       {Verdict::kSafe, ActionId::kMarkSafe},
       {Verdict::kUnsure, ActionId::kMarkUnsure}}};
  // Each as wide as its word needs, and a third of what is left over.
  float spare = ImGui::GetContentRegionAvail().x - 2.0F * Px(6);
  std::array<float, 3> widths{};
  for (std::size_t i = 0; i < kVerdicts.size(); ++i) {
    const KindStyle style = VerdictStyle(CurrentTheme(), kVerdicts[i].first);
    widths[i] = ButtonWidth({.icon = style.icon, .text = style.name});
    spare -= widths[i];
  }
  for (std::size_t i = 0; i < kVerdicts.size(); ++i) {
    const auto [verdict, action] = kVerdicts[i];
    const KindStyle style = VerdictStyle(CurrentTheme(), verdict);
    const OpenMark* open_mark = context.snapshots.open_mark();
    const bool open = open_mark != nullptr && open_mark->verdict == verdict;
    if (i > 0) ImGui::SameLine(0.0F, Px(6));
    ActionButton(action, context,
                 {.icon = open ? kIconStop : style.icon,
                  .text = style.name,
                  .selected = open,
                  .width = widths[i] + spare / 3.0F,
                  .icon_colour = style.colour});
  }
}

// No span begins while two clips are compared.
constexpr std::array<KeyHint, 3> kPairKeys{{{ActionId::kFirstSafer, "left"},
                                            {ActionId::kSecondSafer, "right"},
                                            {ActionId::kCannotTell, "can't tell"}}};

void DrawKeyHelp(const ActionContext& context) {
  const bool pair = context.snapshots.pair != nullptr;
  DrawKeyHints(context.window.keymap, pair ? "Safer" : "Hold", pair ? kPairKeys : kSpanKeys);
  NoteItem(pair ? "pair_keys" : "span_keys");
}

void DrawEdits(const ActionContext& context) {
  const float square = ImGui::GetFrameHeight();
  ActionButton(ActionId::kUndo, context, {.width = square});
  ImGui::SameLine(0.0F, Px(6));
  ActionButton(ActionId::kRedo, context, {.width = square});
  ImGui::SameLine(0.0F, Px(6));
  const float width = (ImGui::GetContentRegionAvail().x - Px(6)) / 2.0F;
  ActionButton(ActionId::kWriteNote, context, {.text = "Note", .width = width});
  ImGui::SameLine(0.0F, Px(6));
  ActionButton(ActionId::kDrawRegion, context, {.text = "Region", .width = width});
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
      (mark.last_step - mark.first_step + 1) * snapshots.episodes.StepDuration(mark.episode);
  const Short head = MarkInWords(mark, snapshots.marks.danger_classes());
  const Short length("%.2f s", seconds);
  const float length_width = TextSize(length).x;
  DrawText(list, {text_left, row.min.y + Px(4)}, width - length_width - Px(8), theme.text, head);
  DrawText(list, {right_px - length_width, row.min.y + Px(4)}, length_width + 1.0F,
           theme.text_muted, length);
  const Annotators& annotators = snapshots.marks.annotators();
  const std::string_view annotator = Cut(annotators.TitleOf(mark.annotator), 40);
  const std::string_view note = Cut(mark.note, 80);
  const bool elsewhere = mark.episode != snapshots.playhead.episode;
  const Short place =
      elsewhere ? Short("ep. %lld, ", static_cast<long long>(mark.episode.value)) : Short();
  const Short detail("%s%d\xE2\x80\x93%d \xC2\xB7 %.*s%s%.*s", place.c_str(), mark.first_step,
                     mark.last_step, static_cast<int>(annotator.size()), annotator.data(),
                     note.empty() ? "" : " \xC2\xB7 ", static_cast<int>(note.size()), note.data());
  DrawText(list, {text_left, row.min.y + Px(23)}, width, theme.text_muted, detail, small);
  // The stripe is whose it is, as on the timeline.
  const AnnotatorProfile* author = annotators.Find(mark.annotator);
  if (author == nullptr || annotators.all().size() < 2) return;
  list.AddRectFilled({row.min.x + Px(2), row.min.y + Px(6)}, {row.min.x + Px(5), row.max.y - Px(6)},
                     AnnotatorColour(theme, author->colour), Px(1.5F));
}

void DrawMarkRow(const Snapshots& snapshots, CommandSender& sender, MarksState& state,
                 const Mark& mark, float height, const std::string& read_only) {
  const ScopedId id(mark.id.value);
  const RowState row = Row(Short("mark_row/%lld", static_cast<long long>(mark.id.value)), height,
                           mark.id == state.selected);
  DrawMarkText(snapshots, mark, row, row.max.x - Px(kRowTools + 6));
  const bool saved = snapshots.marks.IsSaved(mark.id);
  if (DrawRowTools(row, {"delete", "Remove this mark (can be undone)", saved}, read_only)) {
    RemoveMark(sender, state, mark.id);
  } else if (row.clicked) {
    ShowMark(snapshots, sender, state, mark);
  }
}

// A newly selected mark, or else the first of an episode that came on screen, is scrolled to if it
// is out of sight; a row that was clicked is not, so it stays under the mouse.
void RevealRows(const Snapshots& snapshots, MarksState& state, float pitch) {
  const std::span<const Mark> rows = state.index.rows();
  const EpisodeId shown = snapshots.playhead.episode;
  const bool other_episode = std::exchange(state.revealed_episode, shown) != shown;
  const bool other_mark = std::exchange(state.revealed, state.selected) != state.selected;
  const auto selected = std::ranges::find(rows, state.selected, &Mark::id);
  if (other_mark && selected != rows.end()) {
    KeepRowInView(static_cast<int>(selected - rows.begin()), pitch);
  } else if (other_episode && !state.index.of_shown().empty()) {
    KeepRowInView(static_cast<int>(state.index.first_of_shown()), pitch);
  }
}

void DrawNothingFound(NoteSearch& search) {
  ImGui::Dummy({1, Px(8)});
  const std::string_view text = Cut(search.text, 40);
  TextWrapped(Short("No note has \"%.*s\". Notes on marks and on moments are searched, for every "
                    "word that is typed.",
                    static_cast<int>(text.size()), text.data()),
              CurrentTheme().text_muted);
  NoteItem("nothing_found");
  if (Button({.id = "show_all_marks", .icon = kIconUndo, .text = "Show all again"})) {
    search.text.clear();
  }
}

void DrawList(const ActionContext& context, float height, const std::string& read_only) {
  const ScopedChild child("marks_list", {0, height});
  MarksState& state = context.window.marks;
  const std::span<const Mark> rows = state.index.rows();
  if (rows.empty() && state.index.pairs().empty() && state.index.notes().empty() &&
      state.index.statements().empty()) {
    ImGui::Dummy({1, Px(8)});
    TextWrapped(Short("No marks yet. Play the episode and hold %s while the robot does something "
                      "you call unsafe.",
                      context.window.keymap.text(ActionId::kMarkUnsafe).c_str()),
                CurrentTheme().text_muted);
    return;
  }
  const bool searches = state.search.text.find_first_not_of(' ') != std::string::npos;
  if (searches && state.search.marks.empty() && state.search.notes.empty()) {
    return DrawNothingFound(state.search);
  }
  const ScopedStyle tight(ImGuiStyleVar_ItemSpacing, ImVec2(Px(4), Px(2)));
  const float row_height = Px(44);
  const float pitch = row_height + Px(2);
  if (state.search.text.empty()) RevealRows(context.snapshots, state, pitch);
  ImGuiListClipper clipper;
  const std::vector<std::size_t>& found = state.search.marks;
  clipper.Begin(static_cast<int>(found.size()), pitch);
  while (clipper.Step()) {
    for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i) {
      DrawMarkRow(context.snapshots, context.sender, state,
                  rows[found[static_cast<std::size_t>(i)]], row_height, read_only);
    }
  }
  DrawNoteRows(context, row_height, read_only);
  if (found.size() != rows.size()) return;
  DrawStatementRows(context, row_height, read_only);
  DrawPairRows(context, row_height, read_only);
}

// ", 2 pairs"; nothing of none.
Short CountOf(std::size_t count, const char* one) {
  return count == 0 ? Short() : Short(", %zu %s%s", count, one, count == 1 ? "" : "s");
}

// "5 marks, 1 note, 2 pairs"
Short CountInWords(const MarksIndex& index) {
  const std::size_t marks = index.rows().size();
  const auto count = [&](auto&& is_one) {
    return static_cast<std::size_t>(std::ranges::count_if(index.statements(), is_one));
  };
  const std::size_t regions = count([](const auto& row) { return row.region.has_value(); });
  const std::size_t taken = count([](const auto& row) { return row.intervention.has_value(); });
  return Short("%zu mark%s%s%s%s%s%s", marks, marks == 1 ? "" : "s",
               CountOf(index.notes().size(), "note").c_str(),
               CountOf(index.pairs().size(), "pair").c_str(), CountOf(regions, "region").c_str(),
               CountOf(taken, "take-over").c_str(),
               CountOf(index.statements().size() - regions - taken, "correction").c_str());
}

void DrawMarksPanel(const Snapshots& snapshots, CommandSender& sender, WindowState& window) {
  const ActionContext context{snapshots, sender, window};
  MarksState& state = window.marks;
  const std::string read_only = WhyNotMark(context);
  DrawSpanButtons(context);
  DrawKeyHelp(context);
  DrawClassChoice(context, read_only);
  DrawEdits(context);
  DrawAnnotators(context, read_only);
  const bool all_saved = snapshots.marks.all_saved();
  Heading(CountInWords(state.index), all_saved ? "all on disk" : "being saved\xE2\x80\xA6");
  SearchNotes(state);
  DrawNoteSearch(state);
  const Mark* selected = SelectedOnScreen(snapshots, state);
  const StatementRow* statement = state.index.FindStatement(state.selected);
  const bool taken_over = statement != nullptr && statement->intervention;
  const float below = selected != nullptr ? SelectedMarkHeight(*selected)
                      : taken_over        ? SelectedTakeOverHeight()
                                          : 0.0F;
  // A short list leaves its room to what is below it.
  const std::size_t listed = state.index.rows().size() + state.index.notes().size() +
                             state.index.statements().size() + state.index.pairs().size();
  const float least =
      listed == 0 ? Px(120) : std::min(Px(120), Px(4) + static_cast<float>(listed) * Px(46));
  DrawList(context, std::max(least, ImGui::GetContentRegionAvail().y - below), read_only);
  if (selected != nullptr) DrawSelectedMark(context, *selected);
  if (taken_over) DrawSelectedTakeOver(context, *statement);
}

}  // namespace

constinit const Panel kMarksPanel{"tab/marks", kIconMark, "Marks", [](const PanelContext& context) {
                                    DrawMarksPanel(context.snapshots, context.sender,
                                                   context.window);
                                  }};

}  // namespace lookout::ui
