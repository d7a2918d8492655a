#include "ui/panels/marks/list/statement_rows.h"

#include "ui/commands.h"
#include "ui/panels/marks/list/row_tools.h"
#include "ui/panels/state/actions.h"
#include "ui/panels/state/mark_edits.h"
#include "ui/panels/state/window_state.h"
#include "ui/theme/icons.h"
#include "ui/theme/kinds.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/text.h"

namespace lookout::ui {
namespace {

constexpr float kSwitch = 30.0F;  // the width of a region's eye, at 100 %

// "ep. 3, step 120 · me · switched off"
Short PlaceInWords(const MarkStore& marks, const StatementRow& row) {
  const std::string_view who = Cut(marks.annotators().TitleOf(row.annotator), 40);
  const bool off = row.region && !row.region->on;
  return Short("ep. %lld, step %d \xC2\xB7 %.*s%s", static_cast<long long>(row.where.episode.value),
               row.where.first, static_cast<int>(who.size()), who.data(),
               off ? " \xC2\xB7 switched off" : "");
}

void DrawStatementText(const ActionContext& context, const StatementRow& row, const RowState& state,
                       float right) {
  const Theme& theme = CurrentTheme();
  const Annotators& annotators = context.snapshots.marks.annotators();
  const AnnotatorProfile* author = annotators.Find(row.annotator);
  const bool off = row.region && !row.region->on;
  const Short place = PlaceInWords(context.snapshots.marks, row);
  DrawRowWords(state, right,
               {.icon = row.region ? kIconHazard : kIconDrive,
                .icon_colour = AnnotatorColour(theme, author != nullptr ? author->colour : 0),
                .title = row.words,
                .title_colour = off ? theme.text_muted : theme.text,
                .detail = place.view()});
}

// The eye of a region, left of the row's tools; true if it was clicked.
bool DrawSwitch(const RowState& state, const agents::Region& region, const std::string& read_only) {
  const ImVec2 after = ImGui::GetCursorScreenPos();
  ImGui::SetCursorScreenPos(
      {state.max.x - Px(kRowTools + kSwitch),
       state.min.y + (state.max.y - state.min.y - ImGui::GetFrameHeight()) * 0.5F});
  const ScopedDisabled scope(!read_only.empty());
  const bool clicked = Button(
      {.id = "region_switch",
       .icon = region.on ? kIconView : kIconHidden,
       .look = ButtonLook::kGhost,
       .tooltip = region.on ? "Switches it off: it says nothing then" : "Switches it on again"});
  ImGui::SetCursorScreenPos(after);
  return clicked;
}

void DrawStatementRow(const ActionContext& context, const StatementRow& row, float height,
                      const std::string& read_only) {
  MarksState& marks = context.window.marks;
  const ScopedId id(row.id.value);
  const RowState state = Row(Short("statement/%lld", static_cast<long long>(row.id.value)), height,
                             row.id == marks.selected);
  // Whole, since a narrow panel cuts both lines.
  if (WantsTooltip()) {
    Tooltip(row.words + "\n" + std::string(PlaceInWords(context.snapshots.marks, row).view()));
  }
  DrawStatementText(context, row, state,
                    state.max.x - Px(kRowTools + 6 + (row.region ? kSwitch : 0.0F)));
  const bool switched = row.region && DrawSwitch(state, *row.region, read_only);
  if (switched) {
    agents::Region region = *row.region;
    region.on = !region.on;
    context.sender.Send(ReviseRegion{row.id, std::move(region)});
  }
  if (DrawRowTools(state, {"delete_statement", "Remove this (can be undone)", row.saved},
                   read_only)) {
    RemoveMark(context.sender, marks, row.id);
  } else if (state.clicked && !switched) {
    ShowMoment(context.snapshots, context.sender, marks, row.id,
               {row.where.episode, row.where.first});
  }
}

}  // namespace

void DrawStatementRows(const ActionContext& context, float row_height,
                       const std::string& read_only) {
  const std::span<const StatementRow> rows = context.window.marks.index.statements();
  if (rows.empty()) return;
  TextSmall("Regions, take-overs, corrections");
  DrawRowsInView(rows.size(), row_height,
                 [&](std::size_t i) { DrawStatementRow(context, rows[i], row_height, read_only); });
}

}  // namespace lookout::ui
