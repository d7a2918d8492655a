#include "ui/panels/marks/list/pair_rows.h"

#include "ui/commands.h"
#include "ui/panels/marks/list/pair_words.h"
#include "ui/panels/marks/list/row_tools.h"
#include "ui/panels/state/mark_edits.h"
#include "ui/panels/state/window_state.h"
#include "ui/theme/icons.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/text.h"

namespace lookout::ui {
namespace {

void DrawPairText(const PairRow& row, const RowState& state, float right_px) {
  const Theme& theme = CurrentTheme();
  const agents::Preference& pair = row.pair;
  const std::string_view annotator = Cut(row.annotator, 40);
  const Short detail("ep. %lld, %d | ep. %lld, %d \xC2\xB7 %.*s",
                     static_cast<long long>(pair.first.episode.value), pair.first.first,
                     static_cast<long long>(pair.second.episode.value), pair.second.first,
                     static_cast<int>(annotator.size()), annotator.data());
  DrawRowWords(state, right_px,
               {.icon = kIconCompare,
                .icon_colour = theme.accent,
                .title = PairInWords(pair),
                .title_colour = theme.text,
                .detail = detail.view()});
}

void DrawPairRow(const ActionContext& context, const PairRow& row, float height,
                 const std::string& read_only) {
  MarksState& marks = context.window.marks;
  const ScopedId id(row.id.value);
  const RowState state = Row(Short("pair_row/%lld", static_cast<long long>(row.id.value)), height,
                             row.id == marks.selected);
  DrawPairText(row, state, state.max.x - Px(kRowTools + 6));
  if (DrawRowTools(state, {"delete_pair", "Remove this pair (can be undone)", row.saved},
                   read_only)) {
    RemoveMark(context.sender, marks, row.id);
  } else if (state.clicked) {
    marks.selected = row.id;
    context.sender.Send(SelectMark{row.id});
    context.sender.Send(ShowPair{row.id});
  }
}

}  // namespace

void DrawPairRows(const ActionContext& context, float row_height, const std::string& read_only) {
  const std::span<const PairRow> rows = context.window.marks.index.pairs();
  if (rows.empty()) return;
  TextSmall("Pairs of clips");
  DrawRowsInView(rows.size(), row_height,
                 [&](std::size_t i) { DrawPairRow(context, rows[i], row_height, read_only); });
}

}  // namespace lookout::ui
