// Over the lower part of the 3-D view, in words: what is about to be blocked and how it can be let
// pass, or what was blocked at the step on screen, and what a held key of Oversee mode does. Window
// thread only.
#pragma once

#include <string>

#include "ui/panels/state/keymap.h"
#include "ui/widgets/scopes.h"

namespace lookout::ui {

// No title: there is nothing to say.
struct OversightWords {
  const char* icon = "";
  std::string title;    // "Blocked by Look-ahead"
  std::string reason;   // "it meets hazard 3 in 0.4 s"
  std::string actions;  // "wanted 1.00, 0.20; done −0.80, 0.00"
  bool good = false;    // a person decided so
  float left = -1.0F;   // of the time before it is done, 0 to 1; negative: it is done already
};
OversightWords OversightInWords(const Snapshots& snapshots, const Keymap& keymap);

void DrawOversightBanner(const Rect& view, const ActionContext& context);

}  // namespace lookout::ui
