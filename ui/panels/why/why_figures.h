// What is drawn of an explanation in its panel: bars of objects and inputs, the grid of speeds and
// headings. Window thread only.
#pragma once

#include <imgui.h>

#include <string_view>

#include "ui/panels/state/why/why_state.h"
#include "ui/theme/ui_context.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/text.h"

namespace lookout::ui {

// A row with its bar for each object; the one under the mouse is state.pointed_object.
void DrawObjectBars(WhyState& state);
// Shares of the prediction by inputs, of a lidar bin by bin, all round.
void DrawInputBars(const WhyWords& words);
// The predicted cost at other speeds and headings; the present ones have a frame.
void DrawMotionGrid(const agents::MotionCurve& motion, double unsafe_from);
// A field with its name before it; draw: the field, as wide as it is told.
template <typename Draw>
void NamedField(std::string_view name, std::string_view help, Draw draw) {
  const float width = Px(86);
  ImGui::AlignTextToFramePadding();
  TextEllipsis(name, ImGui::GetContentRegionAvail().x - width - Px(8), CurrentTheme().text_muted);
  ImGui::SameLine(ImGui::GetContentRegionMax().x - width);
  draw(width);
  Tooltip(help);
}
// Small text in lines as wide as the panel.
void SmallLines(std::string_view text, ImU32 colour = 0);

}  // namespace lookout::ui
