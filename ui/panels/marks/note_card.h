// The field in which a note on the moment on screen is written. Window thread only.
#pragma once

#include <optional>

#include "ui/commands.h"
#include "ui/panels/state/keymap.h"
#include "ui/widgets/scopes.h"

namespace lookout::ui {

// At the lower edge of the view while a note is being written: Enter keeps it, Escape gives it up.
// It is about what was on screen when it was asked for, `pressed_at` if that is known.
void DrawNoteCard(const Rect& view, const ActionContext& context,
                  const std::optional<Moment>& pressed_at);

}  // namespace lookout::ui
