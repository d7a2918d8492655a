#include "ui/panels/frame/left_panel.h"

#include <algorithm>
#include <array>

#include "ui/panels/browse/agents_section.h"
#include "ui/panels/browse/episodes_panel.h"
#include "ui/panels/frame/bars/overlay_switches.h"
#include "ui/theme/icons.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/text.h"

namespace lookout::ui {
namespace {

// Every section of the left side, from top to bottom.
constexpr std::array kSections{&kAgentsSection, &kEpisodesSection, &kOverlaysSection};

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

// What the sections below this one take of the height, with their headings.
float HeightBelow(std::size_t section, const PanelContext& context) {
  float height = 0.0F;
  for (std::size_t i = section + 1; i < kSections.size(); ++i) {
    const bool open = SectionOpen(context.window.settings, kSections[i]->name);
    if (!open || kSections[i]->height == nullptr) continue;
    height += kSections[i]->height(context) + 2.0F * ImGui::GetFrameHeight();
  }
  return height;
}

}  // namespace

void DrawLeftPanel(const PanelContext& context) {
  DrawEnvironment({context.snapshots, context.sender, context.window}, context.inputs);
  for (std::size_t i = 0; i < kSections.size(); ++i) {
    const PanelSection& section = *kSections[i];
    const Short id("section/%s", section.name);
    bool& open = SectionOpen(context.window.settings, section.name);
    if (!Section(id.c_str(), section.title(context), section.remark(context), open)) continue;
    section.draw(context, ImGui::GetContentRegionAvail().y - HeightBelow(i, context));
  }
}

}  // namespace lookout::ui
