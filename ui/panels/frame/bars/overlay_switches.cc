#include "ui/panels/frame/bars/overlay_switches.h"

#include <algorithm>
#include <array>

#include "ui/widgets/controls.h"
#include "ui/widgets/text.h"

namespace lookout::ui {
namespace {

constexpr char kFieldId[] = "field";

std::string_view KeyOfOverlay(const Keymap& keymap, std::string_view id) {
  constexpr std::array<std::pair<std::string_view, ActionId>, 6> kKeys{
      {{"field", ActionId::kField},
       {"trail", ActionId::kTrail},
       {"lidar", ActionId::kLidar},
       {"hazards", ActionId::kHazards},
       {"frames", ActionId::kFrames},
       {"labels", ActionId::kLabels}}};
  for (const auto& [name, action] : kKeys) {
    if (name == id) return keymap.text(action);
  }
  return {};
}

void DrawFieldQuantity(FieldQuantity& quantity) {
  const std::array<Segment, 3> quantities{
      {{"quantity/predicted", "", "Predicted", "Probability of unsafe, for the present heading"},
       {"quantity/spread", "", "Spread", "Where the ensemble disagrees: mark there next"},
       {"quantity/error", "", "Error", "Predicted minus the environment's rule"}}};
  if (const auto chosen =
          Segmented(quantities, static_cast<int>(quantity), ImGui::GetContentRegionAvail().x)) {
    quantity = static_cast<FieldQuantity>(*chosen);
  }
}

// Short enough for half the panel; the whole label is in the tooltip.
std::string_view ShortLabel(const OverlaySwitch& overlay) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 13> kShort{
      {{"hazards", "Hazards"},
       {"task", "Task"},
       {"buttons", "Buttons"},
       {"gremlins", "Gremlins"},
       {"solids", "Solids"},
       {"keep_out", "Keep-out"},
       {"goal", "Goal"},
       {"lidar", "Lidar"},
       {"attention", "Attention"},
       {"ghost", "Ghost"},
       {"why", "Why"},
       {"field", "Floor cost"},
       {"frames", "Frames"}}};
  for (const auto& [id, label] : kShort) {
    if (id == overlay.id) return label;
  }
  return overlay.label;
}

}  // namespace

float OverlaySwitchesHeight(const WindowInputs& inputs) {
  const auto chips = std::ranges::count_if(inputs.overlays, &OverlaySwitch::applies);
  const std::ptrdiff_t rows = (chips + 1) / 2;
  return (ChipHeight() + Px(4)) * static_cast<float>(rows);
}

void DrawOverlaySwitches(const WindowInputs& inputs, WindowState& window) {
  const float gap = Px(5);
  const ScopedStyle tight(ImGuiStyleVar_ItemSpacing, ImVec2(gap, Px(4)));
  const float width = (ImGui::GetContentRegionAvail().x - gap) * 0.5F;
  bool field_shown = false;
  int drawn = 0;
  for (const OverlaySwitch& overlay : inputs.overlays) {
    if (!overlay.applies) continue;
    const bool shown = *overlay.shown;
    const Short id("overlay/%s", overlay.id);
    if (drawn++ % 2 == 1) ImGui::SameLine();
    if (CheckChip({.id = id.c_str(),
                   .text = ShortLabel(overlay),
                   .tooltip = overlay.label,
                   .key = KeyOfOverlay(window.keymap, overlay.id)},
                  shown, width)) {
      window.overlays_to_toggle.emplace_back(overlay.id);
    }
    field_shown = field_shown || (shown && overlay.id == std::string_view(kFieldId));
  }
  if (field_shown && inputs.field_quantity != nullptr) DrawFieldQuantity(*inputs.field_quantity);
}

void SetOverlay(const OverlaySwitch& overlay, bool shown, CommandSender& sender,
                WindowSettings& settings) {
  *overlay.shown = shown;
  settings.overlays[overlay.id] = shown;
  if (overlay.id == std::string_view(kFieldId)) sender.Send(SetFieldVisible{shown});
}

constinit const PanelSection kOverlaysSection{
    .name = "overlays",
    .title = [](const PanelContext&) { return Short("Overlays"); },
    .remark = [](const PanelContext&) { return Short(); },
    .height = [](const PanelContext& context) { return OverlaySwitchesHeight(context.inputs); },
    .draw = [](const PanelContext& context,
               float /*room_px*/) { DrawOverlaySwitches(context.inputs, context.window); }};

}  // namespace lookout::ui
