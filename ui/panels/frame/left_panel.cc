#include "ui/panels/frame/left_panel.h"

#include <algorithm>

#include "ui/panels/browse/agent_choices.h"
#include "ui/panels/browse/episodes_panel.h"
#include "ui/panels/frame/overlay_switches.h"
#include "ui/theme/icons.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/text.h"

namespace lookout::ui {
namespace {

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
    Tooltip(std::string(choice.name)
                .append("\n")
                .append(enabled ? std::string_view(choice.remark) : choice.disabled_because));
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

// Whether what is played is kept.
void DrawRecording(const ActionContext& context) {
  bool records = context.snapshots.recording;
  if (Toggle(
          {.id = "recording",
           .icon = kIconSaved,
           .text = records ? "Recorded" : "Not recorded",
           .tooltip = "What is played is kept in the project. Off: episodes that begin from now on "
                      "stay in memory only. One in which something is marked is recorded in "
                      "any case."},
          records)) {
    context.sender.Send(SetRecording{records});
  }
}

}  // namespace

void DrawLeftPanel(const Snapshots& snapshots, CommandSender& sender, const WindowInputs& inputs,
                   WindowState& window) {
  const ActionContext context{snapshots, sender, window};
  WindowSettings& settings = window.settings;
  DrawEnvironment(context, inputs);
  if (Section("section/agents", "Agent", Cut(snapshots.player.agent_name, 40),
              SectionOpen(settings, "agents"))) {
    DrawAgents(snapshots, sender, inputs);
  }
  const bool overlays_open = SectionOpen(settings, "overlays");
  const auto& episodes = snapshots.episodes.summaries();
  if (Section("section/episodes", Short("Episodes (%zu)", episodes.size()), "cost",
              SectionOpen(settings, "episodes"))) {
    DrawRecording(context);
    // The list takes what the overlays leave, but some rows at least; the panel scrolls then.
    const float below =
        (overlays_open ? OverlaySwitchesHeight(inputs) + 2.0F * ImGui::GetFrameHeight() : 0.0F) +
        Px(44);
    const float needs = Px(44) * static_cast<float>(std::max<std::size_t>(episodes.size(), 1)) +
                        (episodes.size() > 4 ? ImGui::GetFrameHeight() + Px(10) : Px(4));
    const float room = std::max(Px(44 * 4 + 34), ImGui::GetContentRegionAvail().y - below);
    DrawEpisodesPanel(context, std::min(needs, room));
  }
  if (Section("section/overlays", "Overlays", "", SectionOpen(settings, "overlays"))) {
    DrawOverlaySwitches(inputs, window);
  }
}

}  // namespace lookout::ui
