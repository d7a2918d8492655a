// The keyboard in lists: Up and Down go from the row that was used last to its neighbours, Enter
// clicks it. Part of Row. Window thread only.
#pragma once

namespace lookout::ui {

// Whether Enter was pressed on the item that was drawn last, in an open menu.
bool EnterInMenu();

// After each row of a list, in their order, whose item was drawn last. `height` is how far rows lie
// apart: a list that shows only some of them scrolls. True if Enter was pressed on this row.
bool FollowRowKeys(float height);

}  // namespace lookout::ui
