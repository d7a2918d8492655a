// What all rows of the marks tab have: a sign and two lines of words, and tools at the right end.
// Window thread only.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "ui/theme/ui_context.h"
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

// A sign and, beside it, a title above a detail in small letters.
struct RowWords {
  const char* icon = "";
  ImU32 icon_colour = 0;
  std::string_view title;
  ImU32 title_colour = 0;
  std::string_view detail;
};
// right: where the words are cut at the latest.
void DrawRowWords(const RowState& row, float right, const RowWords& words);

// draw(i): of each of `count` rows of that height that is in view.
template <typename Draw>
void DrawRowsInView(std::size_t count, float row_height, const Draw& draw) {
  ImGuiListClipper clipper;
  clipper.Begin(static_cast<int>(count), row_height + Px(2));
  while (clipper.Step()) {
    for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i) {
      draw(static_cast<std::size_t>(i));
    }
  }
}

}  // namespace lookout::ui
