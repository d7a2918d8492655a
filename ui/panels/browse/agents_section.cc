#include "ui/panels/browse/agents_section.h"

#include <string>
#include <vector>

#include "ui/panels/browse/agent_choices.h"
#include "ui/panels/browse/attention_strip.h"
#include "ui/theme/icons.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/text.h"

namespace lookout::ui {
namespace {

Short AgentsTitle(const PanelContext& /*context*/) { return Short("Agent"); }

Short AgentsRemark(const PanelContext& context) {
  const std::string_view name = Cut(context.snapshots.player.agent_name, 40);
  return Short("%.*s", static_cast<int>(name.size()), name.data());
}

void DrawAgents(const PanelContext& context, float /*room_px*/) {
  const Snapshots& snapshots = context.snapshots;
  const std::vector<AgentChoice> choices = AgentChoices(snapshots, context.inputs.policies);
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
    if (row.clicked && enabled && !acting) context.sender.Send(WishFor(choice));
  }
  DrawAttentionStrip(snapshots);
}

}  // namespace

constinit const PanelSection kAgentsSection{
    .name = "agents", .title = AgentsTitle, .remark = AgentsRemark, .draw = DrawAgents};

}  // namespace lookout::ui
