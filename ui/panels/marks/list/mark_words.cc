#include "ui/panels/marks/list/mark_words.h"

#include "ui/theme/kinds.h"
#include "ui/theme/ui_context.h"

namespace lookout::ui {

Short MarkInWords(const agents::Mark& mark, const agents::DangerClasses& classes) {
  const bool named = mark.danger != 0;
  const bool graded = mark.severity != agents::kNoSeverity;
  return Short(
      "%s%s%s%s", VerdictStyle(CurrentTheme(), mark.verdict).name, named ? " \xC2\xB7 " : "",
      named ? classes.NameOf(mark.danger).c_str() : "",
      graded ? Short(" \xC2\xB7 %d of %d", mark.severity, agents::kMostSeverity).c_str() : "");
}

}  // namespace lookout::ui
