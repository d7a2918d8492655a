// Rounded labels over the 3-D view. Window thread only, inside an ImGui frame with a UiContext.
#pragma once

#include <imgui.h>

#include <string>

namespace lookout::ui {

struct PillLook {
  ImU32 text = 0;
  ImU32 background = 0;
  ImU32 border = 0;
};
PillLook PlainPill();

ImVec2 PillSize(const std::string& text);

// Its place is given by the fraction of its own size that lies before `anchor`. Returns its size.
ImVec2 DrawPill(ImDrawList& list, ImVec2 anchor, ImVec2 pivot, const std::string& text,
                const PillLook& look);

}  // namespace lookout::ui
