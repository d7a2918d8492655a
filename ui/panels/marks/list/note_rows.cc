#include "ui/panels/marks/list/note_rows.h"

#include <algorithm>

#include "agents/feedback/kinds/note.h"
#include "ui/commands.h"
#include "ui/panels/marks/list/row_tools.h"
#include "ui/panels/state/actions.h"
#include "ui/panels/state/mark_edits.h"
#include "ui/theme/icons.h"
#include "ui/theme/kinds.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/text.h"

namespace lookout::ui {
namespace {

constexpr std::size_t kLongestSearch = 200;

void DrawNoteText(const ActionContext& context, const NoteRow& row, const RowState& state,
                  float right) {
  const Theme& theme = CurrentTheme();
  const Annotators& annotators = context.snapshots.marks.annotators();
  const AnnotatorProfile* author = annotators.Find(row.annotator);
  const std::string_view who = Cut(annotators.TitleOf(row.annotator), 40);
  const bool elsewhere = row.note.episode != context.snapshots.playhead.episode;
  const Short place =
      elsewhere ? Short("ep. %lld, ", static_cast<long long>(row.note.episode.value)) : Short();
  const Short detail("%sstep %d \xC2\xB7 %.*s", place.c_str(), row.note.step,
                     static_cast<int>(who.size()), who.data());
  DrawRowWords(state, right,
               {.icon = kIconNote,
                .icon_colour = AnnotatorColour(theme, author != nullptr ? author->colour : 0),
                .title = Cut(row.note.text, 120),
                .title_colour = theme.text,
                .detail = detail.view()});
}

void DrawNoteRow(const ActionContext& context, const NoteRow& row, float height,
                 const std::string& read_only) {
  MarksState& marks = context.window.marks;
  const ScopedId id(row.id.value);
  const RowState state = Row(Short("note_row/%lld", static_cast<long long>(row.id.value)), height,
                             row.id == marks.selected);
  if (WantsTooltip()) Tooltip(Cut(row.note.text, 2000));
  DrawNoteText(context, row, state, state.max.x - Px(kRowTools + 6));
  if (DrawRowTools(state, {"delete_note", "Remove this note (can be undone)", row.saved},
                   read_only)) {
    RemoveMark(context.sender, marks, row.id);
  } else if (state.clicked) {
    ShowMoment(context.snapshots, context.sender, marks, row.id, {row.note.episode, row.note.step});
  }
}

}  // namespace

void SearchNotes(MarksState& marks) {
  NoteSearch& search = marks.search;
  if (search.version == marks.index.version() && search.found_for == search.text) return;
  search.version = marks.index.version();
  search.found_for = search.text;
  search.marks.clear();
  search.notes.clear();
  const bool all = search.text.find_first_not_of(' ') == std::string::npos;
  const auto found = [&](const std::string& note) {
    return all || (!note.empty() && agents::HasWords(note, search.text));
  };
  search.any_to_find = !marks.index.notes().empty();
  for (std::size_t i = 0; i < marks.index.rows().size(); ++i) {
    const std::string& note = marks.index.rows()[i].note;
    search.any_to_find = search.any_to_find || !note.empty();
    if (found(note)) search.marks.push_back(i);
  }
  for (std::size_t i = 0; i < marks.index.notes().size(); ++i) {
    if (found(marks.index.notes()[i].note.text)) search.notes.push_back(i);
  }
}

void DrawNoteSearch(MarksState& marks) {
  if (!marks.search.any_to_find && marks.search.text.empty()) return;
  static_cast<void>(
      TextField("note_search", marks.search.text, kLongestSearch, 0.0F, "Search in notes"));
}

void DrawNoteRows(const ActionContext& context, float row_height, const std::string& read_only) {
  const MarksState& marks = context.window.marks;
  const std::vector<std::size_t>& found = marks.search.notes;
  if (found.empty()) return;
  TextSmall("Notes");
  DrawRowsInView(found.size(), row_height, [&](std::size_t i) {
    DrawNoteRow(context, marks.index.notes()[found[i]], row_height, read_only);
  });
}

}  // namespace lookout::ui
