#include "ui/panels/frame/side_panel.h"

#include <algorithm>
#include <array>

#include "ui/panels/inspect/cost_model_panel.h"
#include "ui/panels/marks/marks_panel.h"
#include "ui/panels/training/training_panel.h"
#include "ui/theme/icons.h"
#include "ui/widgets/controls.h"

namespace lookout::ui {

void DrawSidePanel(const Snapshots& snapshots, CommandSender& sender, const WindowInputs& inputs,
                   WindowState& window) {
  const std::array<Segment, 3> tabs{{{"tab/marks", kIconMark, "Marks"},
                                     {"tab/cost_model", kIconModel, "Cost model"},
                                     {"tab/training", kIconTraining, "Training"}}};
  int& tab = window.settings.side_tab;
  tab = std::clamp(tab, 0, static_cast<int>(tabs.size()) - 1);
  if (const auto chosen = Tabs(tabs, tab)) tab = *chosen;
  const ScopedChild child("side", {0, 0});
  ImGui::Dummy({1, Px(1)});
  switch (static_cast<SideTab>(tab)) {
    case SideTab::kMarks:
      DrawMarksPanel(snapshots, sender, window);
      break;
    case SideTab::kCostModel:
      DrawCostModelPanel(snapshots, sender, window.marks, window.cost_model);
      break;
    case SideTab::kTraining:
      DrawTrainingPanel(snapshots, sender, inputs, window.training);
      break;
  }
}

}  // namespace lookout::ui
