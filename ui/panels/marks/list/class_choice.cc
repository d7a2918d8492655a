#include "ui/panels/marks/list/class_choice.h"

#include <string_view>
#include <utility>

#include "agents/feedback/kinds/danger_classes.h"
#include "ui/commands.h"
#include "ui/panels/state/mark_actions.h"
#include "ui/panels/state/mark_edits.h"
#include "ui/panels/state/window_state.h"
#include "ui/theme/icons.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/text.h"

namespace lookout::ui {
namespace {

using agents::DangerClass;
using agents::DangerClasses;

// Of the mark that is being made, or else of the selected one, or else of the next.
DangerClass PresentClass(const ActionContext& context) {
  const MarksState& marks = context.window.marks;
  if (context.snapshots.open_mark) return context.snapshots.open_mark->danger;
  const agents::Mark* selected = SelectedOnScreen(context.snapshots, marks);
  const bool has_class = selected != nullptr && selected->verdict == agents::Verdict::kUnsafe;
  return has_class ? selected->danger : marks.danger;
}

void DrawNaming(const ActionContext& context) {
  DangerNaming& naming = context.window.marks.naming;
  if (std::exchange(naming.focus, false)) ImGui::SetKeyboardFocusHere();
  const std::string usual(DangerClasses::UsualName(naming.danger));
  const bool changed =
      TextField("danger_name", naming.name, agents::kLongestDangerBytes, 0.0F, usual.c_str());
  const bool left = ImGui::IsItemDeactivated();
  Tooltip(Short("What class %d is called in this project; left empty: %s", int{naming.danger},
                usual.c_str()),
          "Enter");
  if (changed) context.sender.Send(NameDangerClass{naming.danger, naming.name});
  if (changed || left) naming = {};
}

}  // namespace

void DrawClassChoice(const ActionContext& context, const std::string& read_only) {
  if (context.window.marks.naming.shown) return DrawNaming(context);
  const DangerClasses& classes = context.snapshots.marks.danger_classes();
  const DangerClass present = PresentClass(context);
  const float button = ButtonWidth({.icon = kIconEdit});
  const auto chosen =
      DropDown({.id = "danger",
                .icon = kIconMark,
                .preview = classes.NameOf(present),
                .count = agents::kDangerClassCount,
                .selected = present,
                .width = ImGui::GetContentRegionAvail().x - button - Px(6),
                .tooltip = "Class of danger of what is unsafe, also by the digits 0 to 9"},
               [&classes](int i) -> std::string_view {
                 return classes.NameOf(static_cast<DangerClass>(i));
               });
  if (chosen) ChooseDangerClass(context, static_cast<DangerClass>(*chosen));
  ImGui::SameLine(0.0F, Px(6));
  const char* none = present == 0 ? "This is no class: choose one, then it can be renamed" : "";
  if (Button({.id = "danger_rename",
              .icon = kIconEdit,
              .look = ButtonLook::kGhost,
              .width = button,
              .tooltip = "Gives this class a name of your own, for the whole project",
              .disabled_because = read_only.empty() ? std::string_view(none) : read_only})) {
    context.window.marks.naming = {
        .shown = true, .focus = true, .danger = present, .name = classes.NameOf(present)};
  }
}

}  // namespace lookout::ui
