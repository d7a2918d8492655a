#include "ui/panels/why/why_checks.h"

#include "ui/panels/why/why_figures.h"
#include "ui/panels/why/why_words.h"
#include "ui/theme/icons.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/text.h"

namespace lookout::ui {

void DrawChecks(const PanelContext& context, const ExplanationOnScreen& explanation) {
  WhyChecks& checks = context.window.why.checks;
  const auto number = static_cast<std::size_t>(context.window.why.number);
  const bool is_of_number = explanation.checked_number == number;
  if (explanation.sanity != nullptr && checks.of != explanation.sanity) {
    checks = ChecksOf(explanation.sanity);
  }
  if (Button({.id = "why/check",
              .icon = kIconCheck,
              .text = explanation.checking ? "Checking\xE2\x80\xA6" : "Sanity checks",
              .width = -1.0F,
              .tooltip = "Does the explanation depend on what the model learned, and does it find "
                         "a cue that is planted? Takes some seconds",
              .disabled_because = explanation.checking ? "They are under way" : ""})) {
    context.sender.Send(InspectionCommand(CheckExplanation{number}));
  }
  if (!explanation.sanity_problem.empty()) {
    SmallLines(explanation.sanity_problem, CurrentTheme().warning);
  }
  if (explanation.sanity == nullptr || !is_of_number) return;
  const Theme& theme = CurrentTheme();
  Badge(checks.passed ? "Passed" : "Not passed", checks.passed ? theme.good : theme.error,
        checks.passed ? kIconCheck : kIconWarning);
  NoteItem(checks.passed ? "why/passed" : "why/not_passed");
  for (const WhyCheck& line : checks.lines) {
    Text(line.passed ? kIconCheck : kIconWarning, line.passed ? theme.good : theme.error,
         CurrentFonts().small);
    ImGui::SameLine(0.0F, Px(6));
    SmallLines(line.text, theme.text);
  }
}

}  // namespace lookout::ui
