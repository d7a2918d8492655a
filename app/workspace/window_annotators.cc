// What the window does about annotators: who marks, who sees what, and what they call dangers. Part
// of window_controller.h.
#include <utility>

#include "app/project/settings/annotators_file.h"
#include "app/project/settings/danger_classes_json.h"
#include "app/workspace/window_controller.h"

namespace lookout::app {

void WindowController::Apply(const ui::SwitchAnnotator& command) {
  marking_.Handle(ui::EndMark{}, {});  // it is still the other one's
  if (marking_.store().annotators().SwitchTo(command.name)) SaveAnnotators();
}

void WindowController::Apply(const ui::SaveAnnotator& command) {
  if (marking_.store().annotators().Put(command.profile)) SaveAnnotators();
}

void WindowController::Apply(const ui::NameDangerClass& command) {
  if (!marking_.store().danger_classes().Rename(command.danger, command.name)) return;
  links_.to_project_writer(
      SaveSetting{kDangerClassesSetting, DangerClassesText(marks().danger_classes())});
}

void WindowController::SaveAnnotators() {
  links_.to_project_writer(SaveSetting{kAnnotatorsSetting, AnnotatorsText(marks().annotators())});
}

bool WindowController::IsBlind() const {
  return mode_ == ui::InputMode::kMark && marks().annotators().present().blind;
}

}  // namespace lookout::app
