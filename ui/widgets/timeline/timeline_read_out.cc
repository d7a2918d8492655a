// What a tooltip says of a step or of a mark. Part of timeline.cc.
#include <cmath>

#include "ui/theme/icons.h"
#include "ui/theme/kinds.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/text.h"
#include "ui/widgets/timeline/timeline_rows.h"

namespace lookout::ui {
namespace {

std::string_view ActorAt(const TimelineData& data, std::size_t step) {
  std::string_view name;
  for (const TimelineActor& actor : data.actors) {
    if (actor.first <= static_cast<StepIndex>(step)) name = actor.name;
  }
  return name;
}

}  // namespace

void ReadOutMark(const TimelineData& data, const TimelineMark& mark) {
  const KindStyle style = VerdictStyle(CurrentTheme(), mark.verdict);
  if (mark.shape != TimelineShape::kSpan) {
    const char* icon = mark.shape == TimelineShape::kClip ? kIconCompare : kIconDrive;
    TextWrapped(Short("%s  %.*s", icon, static_cast<int>(mark.label.size()), mark.label.data()));
  } else {
    Text(Short("%s  %s", style.icon, style.name), style.colour);
    ImGui::SameLine();
    Text(mark.label);
  }
  if (mark.severity >= 0) Text(Short("How bad: %d of %d", mark.severity, agents::kMostSeverity));
  TextMuted(Short("steps %d to %d, %.2f s", mark.first, mark.last,
                  (mark.last - mark.first + 1) * data.step_duration_s));
  if (mark.has_lead()) {
    const KindStyle unsafe = VerdictStyle(CurrentTheme(), agents::Verdict::kUnsafe);
    TextWrapped(Short("%s  What led to it, steps %d to %d, counts as unsafe.", unsafe.icon,
                      mark.led_first, mark.led_last),
                unsafe.colour);
  }
  if (mark.outlasting_lag > 0) {
    TextWrapped(Short("Its label is step %d alone: the lag of letting go, %d steps, is longer than "
                      "the mark.",
                      mark.judged_first, mark.outlasting_lag),
                CurrentTheme().warning);
  } else if (mark.has_lag()) {
    TextWrapped(
        Short("The thin line is its label, steps %d to %d: earlier by the time from seeing "
              "to pressing and letting go. An edge that you move is exact, without that time.",
              mark.judged_first, mark.judged_last),
        CurrentTheme().text_muted);
  }
  if (!mark.saved) Text("being saved", CurrentTheme().warning);
}

void ReadOutStep(const TimelineData& data, std::size_t step) {
  const Theme& theme = CurrentTheme();
  TextMuted(Short("step %zu   %.2f s", step, static_cast<double>(step) * data.step_duration_s));
  if (const std::string_view actor = ActorAt(data, step); !actor.empty()) {
    NameAndValue("Acts", actor);
  }
  if (data.read_out_more) data.read_out_more(static_cast<StepIndex>(step));
  if (step < data.reward.size()) NameAndValue("Reward", CompactNumber(data.reward[step]));
  if (step < data.cost.size()) NameAndValue("Cost", CompactNumber(data.cost[step]));
  if (step < data.predicted.size() && std::isfinite(data.predicted[step])) {
    const float spread = step < data.spread.size() ? data.spread[step] : 0.0F;
    const std::string_view danger = data.danger_name;
    NameAndValue(danger.empty() ? "Predicted" : danger,
                 Short("%.2f \xC2\xB1 %.2f", data.predicted[step], spread), theme.predicted_cost);
    TextMuted(Short("by model %lld%s", static_cast<long long>(data.predicted_by),
                    data.predicted_in_recording ? ", as recorded" : ""));
  }
  if (step < data.ghost_cost.size()) {
    NameAndValue("Ghost's cost", CompactNumber(data.ghost_cost[step]), kGhostColour);
  }
  if (step < data.ghost_predicted.size() && std::isfinite(data.ghost_predicted[step])) {
    NameAndValue("Ghost, predicted", Short("%.2f", data.ghost_predicted[step]), kGhostColour);
  }
}

}  // namespace lookout::ui
