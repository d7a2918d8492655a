#include "ui/panels/marks/annotator_line.h"

#include "ui/theme/theme.h"
#include "ui/theme/ui_context.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/scopes.h"
#include "ui/widgets/text.h"

namespace lookout::ui {

void DrawAnnotator(const Snapshots& snapshots, CommandSender& sender,
                   const std::string& read_only) {
  const MarkStore& marks = snapshots.marks;
  const Short name("Lag of \"%s\", s", marks.annotator().c_str());
  FieldLabel(name);
  double lag_s = marks.reaction_lag_s();
  {
    const ScopedDisabled disabled(!read_only.empty());
    if (NumberField("reaction_lag", lag_s, 0.0, kMostReactionLag_s, "%.2f", Px(60))) {
      sender.Send(SetReactionLag{lag_s});
    }
  }
  Tooltip(
      "The time from seeing to pressing. What you mark while it plays is taken to have happened "
      "this much earlier, times the speed; marks that are there already keep theirs.");
  const std::int64_t newer = marks.marks().of_newer_versions();
  if (newer > 0) {
    TextWrapped(Short("%lld record%s made by a newer version, kept as they are",
                      static_cast<long long>(newer), newer == 1 ? "" : "s"),
                CurrentTheme().text_muted);
  }
}

}  // namespace lookout::ui
