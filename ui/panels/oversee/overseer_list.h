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

// What one of them is called: "Look-ahead" of "lookahead:cost=rule".
std::string_view OverseerTitle(std::string_view overseer);

void DrawOverseerList(const PanelContext& context);

}  // namespace lookout::ui
