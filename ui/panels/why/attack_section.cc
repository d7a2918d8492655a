#include "ui/panels/why/attack_section.h"

#include <array>
#include <optional>

#include "ui/panels/why/attack_parts.h"
#include "ui/panels/why/blind_spots_section.h"
#include "ui/panels/why/hard_worlds_section.h"
#include "ui/panels/why/sensors_section.h"
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
  static constexpr std::array<Segment, 3> kTargets{
      {{.id = "attack/of_model",
        .text = "Cost model",
        .tooltip = "Moments in which the cost model is wrong"},
       {.id = "attack/of_sensors",
        .text = "Sensors",
        .tooltip = "How far they may be off before the cost model's verdict on this moment turns"},
       {.id = "attack/of_agent",
        .text = "Agent",
        .tooltip = "Worlds in which the agent comes to harm"}}};
  if (const auto chosen =
          Segmented(kTargets, static_cast<int>(state.target), ImGui::GetContentRegionAvail().x)) {
    state.target = static_cast<AttackTarget>(*chosen);
    state.attack_top_px = TopInSight();
  }
  switch (state.target) {
    case AttackTarget::kModel:
      return DrawBlindSpots(context, top_px);
    case AttackTarget::kSensors:
      return DrawSensors(context);
    case AttackTarget::kAgent:
      return DrawHardWorlds(context, top_px);
  }
}

}  // namespace lookout::ui
