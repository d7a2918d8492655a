// What stands at the right end of every row of the marks tab. Window thread only.
#pragma once

#include <string>

#include "ui/widgets/controls.h"

namespace lookout::ui {

inline constexpr float kRowTools = 52.0F;  // their width, at 100 %

// What a row of the marks tab is about.
struct RowSubject {
  const char* delete_id = "";  // of the button
  const char* remove = "";     // "Remove this note (can be undone)"
  bool saved = false;          // on disk
};

// The sign of being on disk, and the button that removes it; true if that was pressed. The next
// item follows below the row. read_only: why nothing can be removed; empty: it can.
bool DrawRowTools(const RowState& row, const RowSubject& subject, const std::string& read_only);

}  // namespace lookout::ui
