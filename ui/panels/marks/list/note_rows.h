// Notes as rows of the list of marks, and the search among them. Window thread only.
#pragma once

#include <string>

#include "ui/panels/state/keymap.h"
#include "ui/panels/state/window_state.h"

namespace lookout::ui {

// Brings marks.found up to date with the index and what is searched for.
void SearchNotes(MarksState& marks);
// The field to search in; nothing while there is no note to be found.
void DrawNoteSearch(MarksState& marks);

// The notes that were found, below the marks' rows in the same scrolling region. A click shows the
// moment. read_only: why none can be removed; empty if they can.
void DrawNoteRows(const ActionContext& context, float row_height, const std::string& read_only);

}  // namespace lookout::ui
