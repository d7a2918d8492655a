// Keys with their meaning, in one line of a panel. Window thread.
#pragma once

#include <array>
#include <span>
#include <utility>

#include "ui/panels/state/keymap.h"

namespace lookout::ui {

using KeyHint = std::pair<ActionId, const char*>;

// Of a span that is held.
inline constexpr std::array<KeyHint, 3> kSpanKeys{{{ActionId::kMarkUnsafe, "unsafe"},
                                                   {ActionId::kMarkSafe, "safe"},
                                                   {ActionId::kMarkUnsure, "not sure"}}};

// lead: a word before them.
void DrawKeyHints(const Keymap& keymap, const char* lead, std::span<const KeyHint> hints);

}  // namespace lookout::ui
