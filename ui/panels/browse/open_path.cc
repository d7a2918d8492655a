#include "ui/panels/browse/open_path.h"

#include "ui/panels/state/keys/chord.h"
#include "ui/panels/state/settings/settings.h"
#include "ui/theme/icons.h"
#include "ui/theme/ui_context.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/text.h"

namespace lookout::ui {

bool OpenPathField(const OpenPathSpec& spec, std::string& path, CommandSender& sender) {
  const float gap = Px(8);
  const float button = ButtonWidth({.icon = kIconPlus, .text = "Open"});
  const float width = ImGui::GetContentRegionAvail().x - button - gap;
  TextField(spec.field, path, kLongestPath, width, spec.hint);
  const bool entered = ImGui::IsItemDeactivated() && IsPressed({Key::kEnter});
  Tooltip(spec.tooltip);
  ImGui::SameLine(0.0F, gap);
  const bool empty = path.empty();
  const bool clicked = Button({.id = spec.button,
                               .icon = kIconPlus,
                               .text = "Open",
                               .disabled_because = empty ? "Type the path of a file first" : ""});
  if (empty || (!clicked && !entered)) return false;
  sender.Send(OpenFiles{{path}});
  return true;
}

void DrawOpenPolicy(CommandSender& sender, std::string& path) {
  TextSmall("Path of a policy, run folder or cost model");
  OpenPathField(
      {.field = "policy_path",
       .button = "open_policy",
       .hint = "~/runs/ppo",
       .tooltip = "Opened as if it were dropped on the window. A policy, a checkpoint or a "
                  "run's folder steers at once and is among the agents from then on; a "
                  "cost model judges at once and is among the versions in its tab"},
      path, sender);
}

}  // namespace lookout::ui
