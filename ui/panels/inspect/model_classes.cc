#include "ui/panels/inspect/model_classes.h"

#include <cmath>
#include <string>
#include <string_view>

#include "agents/feedback/models/class_heads.h"
#include "agents/feedback/models/cost_model.h"
#include "ui/commands.h"
#include "ui/theme/theme.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/scopes.h"
#include "ui/widgets/text.h"

namespace lookout::ui {
namespace {

using agents::ClassReport;
using agents::DangerClass;

// "AUC 0.98, 12 % missed"
Short FiguresOf(const ClassReport& report) {
  if (!report.has_head)
    return Short("%lld mark%s", static_cast<long long>(report.marks), report.marks == 1 ? "" : "s");
  if (!std::isfinite(report.auc)) return Short("not tested");
  return Short("AUC %.2f, %.0f %% missed", report.auc, 100.0 * report.miss_rate);
}

// True when clicked. figures: at the right edge.
bool DrawClassRow(DangerClass danger, std::string_view name, std::string_view figures,
                  bool has_head, bool shown) {
  const Theme& theme = CurrentTheme();
  const ScopedId id(int{danger});
  const RowState row = Row(Short("class/%d", int{danger}), Px(26), shown);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float figures_width = TextSize(figures, CurrentFonts().small).x;
  const float width = row.max.x - row.min.x;
  const float y = row.min.y + Px(5);
  DrawText(list, {row.min.x + Px(8), y}, width - figures_width - Px(24),
           has_head ? theme.text : theme.text_muted, name);
  DrawText(list, {row.max.x - Px(8) - figures_width, y + Px(1)}, figures_width + 1.0F,
           theme.text_muted, figures, CurrentFonts().small);
  return row.clicked && has_head;
}

}  // namespace

void DrawModelClasses(const ActionContext& context) {
  const auto& [snapshots, sender, window] = context;
  if (snapshots.fit.model == nullptr || snapshots.fit.model->report().classes.empty()) return;
  const agents::CostModelReport& report = snapshots.fit.model->report();
  const agents::DangerClasses& names = snapshots.marks.danger_classes();
  Heading("Danger shown", "on meter, timeline, floor");
  agents::CostUse use = snapshots.cost_use;
  const bool tested = std::isfinite(report.auc);
  if (DrawClassRow(0, "All, in total", tested ? Short("AUC %.2f", report.auc) : Short("not tested"),
                   true, use.danger == 0)) {
    use.danger = 0;
  }
  Tooltip("The probability of any danger, as training uses it");
  for (const ClassReport& one : report.classes) {
    if (DrawClassRow(one.danger, names.NameOf(one.danger), FiguresOf(one), one.has_head,
                     use.danger == one.danger)) {
      use.danger = one.danger;
    }
    // The sentence is made for whoever points there, not in every frame.
    if (WantsTooltip()) Tooltip(ClassInWords(one, names));
  }
  if (use != snapshots.cost_use) sender.Send(SetCostReading{use});
}

}  // namespace lookout::ui
