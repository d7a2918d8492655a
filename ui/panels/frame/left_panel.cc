#include "ui/panels/frame/left_panel.h"

#include <algorithm>
#include <array>

#include "ui/panels/browse/agent_choices.h"
#include "ui/panels/browse/episodes_panel.h"
#include "ui/theme/icons.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/text.h"

namespace lookout::ui {
namespace {

constexpr char kFieldId[] = "field";

void DrawAgents(const Snapshots& snapshots, CommandSender& sender, const WindowInputs& inputs) {
  const std::vector<AgentChoice> choices = AgentChoices(snapshots, inputs.policies);
  const ScopedStyle tight(ImGuiStyleVar_ItemSpacing, ImVec2(Px(4), Px(1)));
  const Theme& theme = CurrentTheme();
  for (std::size_t i = 0; i < choices.size(); ++i) {
    const AgentChoice& choice = choices[i];
    const ScopedId id(static_cast<int>(i));
    const bool enabled = choice.disabled_because.empty();
    const bool acting = IsActing(choice, snapshots.player);
    if (!acting && IsFromElsewhere(choice, snapshots.player)) continue;  // the toolbar lists all
    const ScopedDisabled scope(!enabled);
    const RowState row = Row(Short("agent/%zu", i), Px(27), acting);
    Tooltip(enabled ? choice.remark : choice.disabled_because);
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const ImU32 text = acting ? theme.text : theme.text_muted;
    const float y = row.min.y + Px(5);
    const ImU32 colour = enabled ? text : WithAlpha(theme.text_muted, 0.5F);
    DrawText(list, {row.min.x + Px(9), y}, Px(22), acting ? theme.accent : colour, choice.icon);
    const char* check = acting ? kIconCheck : "";
    DrawText(list, {row.max.x - Px(22), y}, Px(20), theme.accent, check);
    DrawText(list, {row.min.x + Px(33), y}, row.max.x - Px(26) - row.min.x - Px(33), colour,
             choice.name);
    if (row.clicked && enabled && !acting) sender.Send(WishFor(choice));
  }
}

// What is being played, in one line; a click opens the browser.
void DrawEnvironment(const ActionContext& context, const WindowInputs& inputs) {
  const auto playing =
      std::ranges::find(inputs.cards, context.snapshots.player.environment, &EnvironmentCard::id);
  if (playing == inputs.cards.end()) return;
  const Theme& theme = CurrentTheme();
  const RowState row = Row("playing", Px(28), false);
  Tooltip(Short("%s: %s. Click to choose another environment.", playing->name.c_str(),
                playing->contents.c_str()));
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float y = row.min.y + Px(5);
  DrawText(list, {row.min.x + Px(9), y}, Px(22), theme.accent, kIconEnvironment);
  const float right = row.max.x - Px(24);
  float x = row.min.x + Px(33);
  x += DrawText(list, {x, y}, right - x, theme.text, playing->name, CurrentFonts().strong) + Px(8);
  DrawText(list, {x, y + Px(2)}, right - x, theme.text_muted, playing->contents,
           CurrentFonts().small);
  DrawText(list, {row.max.x - Px(20), y}, Px(20), theme.text_muted, kIconDown);
  if (row.clicked) Perform(ActionId::kEnvironments, context);
}

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
  constexpr std::array<std::pair<std::string_view, std::string_view>, 11> kShort{
      {{"hazards", "Hazards"},
       {"task", "Task"},
       {"buttons", "Buttons"},
       {"gremlins", "Gremlins"},
       {"solids", "Solids"},
       {"keep_out", "Keep-out"},
       {"goal", "Goal"},
       {"lidar", "Lidar"},
       {"ghost", "Ghost"},
       {"field", "Floor cost"},
       {"frames", "Frames"}}};
  for (const auto& [id, label] : kShort) {
    if (id == overlay.id) return label;
  }
  return overlay.label;
}

// Two columns of switches; the field's quantity below them while it is shown.
void DrawOverlays(const WindowInputs& inputs, WindowState& window) {
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

}  // namespace

void SetOverlay(const OverlaySwitch& overlay, bool shown, CommandSender& sender,
                WindowSettings& settings) {
  *overlay.shown = shown;
  settings.overlays[overlay.id] = shown;
  if (overlay.id == std::string_view(kFieldId)) sender.Send(SetFieldVisible{shown});
}

void DrawLeftPanel(const Snapshots& snapshots, CommandSender& sender, const WindowInputs& inputs,
                   WindowState& window) {
  DrawEnvironment({snapshots, sender, window}, inputs);
  Heading("Agent");
  DrawAgents(snapshots, sender, inputs);
  ImGui::Dummy({1, Px(2)});
  const auto& episodes = snapshots.episodes.summaries();
  Heading("Episodes", "cost");
  // The list takes what the overlays leave, but a few rows at least; the panel scrolls then.
  const auto chips = std::ranges::count_if(inputs.overlays, &OverlaySwitch::applies);
  const std::ptrdiff_t chip_rows = (chips + 1) / 2;
  const float overlays = (ChipHeight() + Px(4)) * static_cast<float>(chip_rows) +
                         2.0F * ImGui::GetFrameHeight() + Px(26);
  const float rows = Px(44) * static_cast<float>(std::max<std::size_t>(episodes.size(), 1)) + Px(4);
  const float room = std::max(Px(44 * 2), ImGui::GetContentRegionAvail().y - overlays);
  DrawEpisodesPanel(snapshots, sender, std::min(rows, room));
  ImGui::Dummy({1, Px(2)});
  Heading("Overlays");
  DrawOverlays(inputs, window);
}

}  // namespace lookout::ui
