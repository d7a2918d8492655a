// What the lists of episodes and of training runs share: search, order, stars, names, deletion.
// Window thread only.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "ui/panels/state/keymap.h"
#include "ui/panels/state/window_state.h"

namespace lookout::ui {

// A field to search in, an order and a switch for what is starred, in one line.
struct LibraryFilterSpec {
  const char* search = "";  // ids of the items
  const char* sort = "";
  const char* starred = "";
  std::span<const char* const> orders;  // to choose from, of ListFilter::order
};
void DrawLibraryFilter(const LibraryFilterSpec& spec, ListFilter& filter);

// Whether a row is to be listed: not deleted, starred if that is asked for, and every word of the
// search in its note's name or in `text`, in either case.
bool IsListed(const ListFilter& filter, const LibraryNote& note, std::string_view text);

// At the right end of a row that was just drawn: its star, and while the mouse is over it (or
// `selected`) the button of a menu that renames, stars and deletes. `why_keep`: why it cannot be
// deleted; empty if it can. The room that it takes is LibraryToolsWidth.
void DrawLibraryTools(const ActionContext& context, const LibraryKey& key, ImVec2 row_min,
                      ImVec2 row_max, bool shown, std::string_view why_keep);
float LibraryToolsWidth();

}  // namespace lookout::ui
