#include "ui/panels/why/attack_section.h"

#include <array>
#include <optional>

#include "ui/panels/why/blind_spots_section.h"
#include "ui/panels/why/hard_worlds_section.h"
#include "ui/theme/icons.h"
#include "ui/widgets/controls.h"

namespace lookout::ui {
namespace {

// Where the section stands below the panel's top, in pixels.
float TopOfSection() { return ImGui::GetCursorPosY() - ImGui::GetScrollY(); }

// What is above it changes its height with every moment that is explained. Whoever scrolls or
// clicks elsewhere has done with it.
void StayInPlace(std::optional<float>& top_px) {
  if (ImGui::GetIO().MouseWheel != 0.0F || ImGui::IsMouseClicked(ImGuiMouseButton_Left)) {
    top_px.reset();
  }
  if (top_px) ImGui::SetScrollY(ImGui::GetCursorPosY() - *top_px);
}

}  // namespace

void DrawAttacks(const PanelContext& context) {
  WhyState& state = context.window.why;
  StayInPlace(state.attack_top_px);
  const float top_px = TopOfSection();
  const std::array<Segment, 2> targets{
      {{"attack/of_model", kIconModel, "The cost model", "Moments in which it is wrong"},
       {"attack/of_agent", kIconAgent, "The agent", "Worlds in which it comes to harm"}}};
  if (const auto chosen =
          Segmented(targets, state.attacks_agent ? 1 : 0, ImGui::GetContentRegionAvail().x)) {
    state.attacks_agent = *chosen == 1;
  }
  state.attacks_agent ? DrawHardWorlds(context, top_px) : DrawBlindSpots(context, top_px);
}

}  // namespace lookout::ui
