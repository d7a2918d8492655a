#include "ui/panels/marks/timeline_actors.h"

#include "ui/model/decision_in_words.h"
#include "ui/theme/ui_context.h"
#include "ui/widgets/text.h"

namespace lookout::ui {
namespace {

ImU32 ColourOf(sim::ActionSource source) {
  const Theme& theme = CurrentTheme();
  switch (source) {
    case sim::ActionSource::kHuman:
      return theme.good;
    case sim::ActionSource::kOverseer:
      return theme.warning;
    case sim::ActionSource::kAgent:
      return theme.accent;
    case sim::ActionSource::kNone:
      break;
  }
  return theme.text_muted;
}

}  // namespace

void ListActors(const EpisodeTrack& track, std::vector<TimelineActor>& actors) {
  actors.clear();
  for (const ActorSpan& span : track.actors()) {
    actors.push_back({span.first, span.name, ColourOf(span.source), span.overseen});
  }
}

void ReadOutDecision(const EpisodeTrack& track, StepIndex index) {
  if (index < 0 || index >= track.steps()) return;
  const sim::StepRecord& step = track.step(index);
  if (!step.overseer) return;
  NameAndValue("Proposed", ActionInWords(step.Proposed()));
  NameAndValue("Done", ActionInWords(step.executed_action.cast<float>()));
  Text(FateInWords(step), ColourOf(step.source));
  if (step.reason) TextWrapped(*step.reason, CurrentTheme().text_muted);
}

}  // namespace lookout::ui
