// Who oversees, in order, as rows to add, move and remove, and as the text that the command line
// takes. Part of the panel of overseers; window thread only.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ui/panels/state/panel.h"

namespace lookout::ui {

// "a+b" as its parts, and back.
std::vector<std::string> OverseersIn(std::string_view spec);
std::string Joined(std::span<const std::string> overseers);

// A kind of overseer that may be added; the kinds are those of the program.
struct OverseerChoice {
  std::string_view kind, title, help;
  std::string_view spec;        // as it is added
  std::string_view lacks = {};  // what has to be typed behind that first, in words; empty: nothing
};
std::span<const OverseerChoice> OverseerChoices();

// What one of them is called: "Look-ahead" of "lookahead:cost=rule".
std::string_view OverseerTitle(std::string_view overseer);

void DrawOverseerList(const PanelContext& context);

}  // namespace lookout::ui
