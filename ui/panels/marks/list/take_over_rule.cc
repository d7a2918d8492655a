#include "ui/panels/marks/list/take_over_rule.h"

#include <fmt/format.h>

#include <cmath>
#include <utility>

#include "ui/commands.h"
#include "ui/panels/state/mark_actions.h"
#include "ui/panels/state/window_state.h"
#include "ui/theme/icons.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/text.h"

namespace lookout::ui {
namespace {

using agents::Intervention;
using agents::InterventionRule;

// "half as much as a mark", "0.3 of a mark".
std::string WeightInWords(double weight) {
  if (weight == 1.0) return "as much as a mark";
  if (weight == 0.5) return "half as much as a mark";
  return fmt::format("{:.2f} of a mark", weight);
}

StepIndex InSteps(float seconds, double step_duration_s) {
  return static_cast<StepIndex>(std::lround(double(seconds) / step_duration_s));
}

// The two that every rule has besides its gap; true when one of them was let go.
bool DrawBefore(float& before_s) {
  FieldLabel("Unsafe before");
  const bool changed =
      SliderField("take_over/before", before_s, 0.0F, static_cast<float>(kMostBeforeTakeOver_s),
                  before_s > 0.0F ? "%.2f s" : "nothing", 0.0F);
  Tooltip("How much of what led to the take-over counts as unsafe");
  return changed;
}

bool DrawWeights(float& unsafe_weight, float& safe_weight) {
  FieldLabel("Weight of it");
  bool changed = SliderField("take_over/unsafe_weight", unsafe_weight, 0.0F, 1.0F, "%.2f", 0.0F);
  Tooltip("In what is learned, beside 1 of a mark; at 0 it says nothing");
  FieldLabel("Driven: safe");
  changed |= SliderField("take_over/safe_weight", safe_weight, 0.0F, 1.0F, "%.2f", 0.0F);
  Tooltip("How much what the person drove counts as safe; at 0 it says nothing");
  return changed;
}

// What the sliders show follows the record whenever that is another one, as after an undo.
void Follow(const StatementRow& row, double step_duration_s, TakeOverDraft& draft) {
  const InterventionRule& rule = row.intervention->rule;
  if (draft.of == row.id && draft.before == rule) return;
  draft = {.of = row.id,
           .before = rule,
           .before_s = static_cast<float>(rule.before_steps * step_duration_s),
           .gap_s = static_cast<float>(rule.lag_steps * step_duration_s),
           .unsafe_weight = static_cast<float>(rule.unsafe_weight),
           .safe_weight = static_cast<float>(rule.safe_weight)};
}

// A slider that was not touched leaves its number as it is, however the other ones round.
InterventionRule RuleOf(const TakeOverDraft& draft, double step_duration_s) {
  InterventionRule rule = draft.before;
  const auto moved = [](float shown, double stored) {
    return std::abs(double(shown) - stored) > 1e-5;
  };
  if (moved(draft.before_s, rule.before_steps * step_duration_s)) {
    rule.before_steps = InSteps(draft.before_s, step_duration_s);
  }
  if (moved(draft.gap_s, rule.lag_steps * step_duration_s)) {
    rule.lag_steps = InSteps(draft.gap_s, step_duration_s);
  }
  if (moved(draft.unsafe_weight, rule.unsafe_weight)) {
    rule.unsafe_weight = double(draft.unsafe_weight);
  }
  if (moved(draft.safe_weight, rule.safe_weight)) rule.safe_weight = double(draft.safe_weight);
  return rule;
}

// Takes the rule over for those to come; the gap of those is the annotator's reaction lag.
void DrawKeepForComing(const ActionContext& context, const InterventionRule& rule,
                       double step_duration_s) {
  AnnotatorProfile profile = context.snapshots.marks.annotators().present();
  const AnnotatorProfile before = profile;
  profile.before_take_over_s = rule.before_steps * step_duration_s;
  profile.unsafe_weight = rule.unsafe_weight;
  profile.driven_weight = rule.safe_weight;
  if (Button({.id = "take_over/keep",
              .icon = kIconCheck,
              .text = "Use for coming ones",
              .width = -1.0F,
              .tooltip = "Take-overs that you make from now on have these numbers; their gap is "
                         "your reaction lag",
              .disabled_because = profile == before ? "They have these numbers already" : ""})) {
    context.sender.Send(SaveAnnotator{std::move(profile)});
  }
}

}  // namespace

std::string RuleInWords(const Intervention& intervention, double step_duration_s) {
  const InterventionRule& rule = intervention.rule;
  const agents::Segment led = intervention.LedToIt();
  std::string words;
  if (led.last < led.first || rule.unsafe_weight == 0.0) {
    words = "What led to it says nothing.";
  } else {
    const StepIndex taken = intervention.first_step;
    words = fmt::format(
        "From {:.2f} to {:.2f} s before you took the wheel (steps {}\xE2\x80\x93{}) counts as "
        "unsafe, {}.",
        (taken - led.first) * step_duration_s, (taken - 1 - led.last) * step_duration_s, led.first,
        led.last, WeightInWords(rule.unsafe_weight));
  }
  if (rule.safe_weight == 0.0) return words + " What you drove says nothing.";
  return words + " What you drove counts as safe, " + WeightInWords(rule.safe_weight) + ".";
}

void DrawSelectedTakeOver(const ActionContext& context, const StatementRow& row) {
  const double step_s = context.snapshots.episodes.StepDuration(row.where.episode);
  TakeOverDraft& draft = context.window.marks.take_over;
  Follow(row, step_s, draft);
  TextWrapped(RuleInWords(*row.intervention, step_s), CurrentTheme().text_muted);
  NoteItem("take_over/words");
  if (!WhyNotMark(context).empty()) return;
  bool changed = DrawBefore(draft.before_s);
  FieldLabel("Gap");
  changed |= SliderField("take_over/gap", draft.gap_s, 0.0F, static_cast<float>(kMostReactionLag_s),
                         "%.2f s", 0.0F);
  Tooltip("From what was seen to the wheel being taken: these moments say nothing");
  changed |= DrawWeights(draft.unsafe_weight, draft.safe_weight);
  DrawKeepForComing(context, row.intervention->rule, step_s);
  if (!changed) return;
  Intervention revised = *row.intervention;
  revised.rule = RuleOf(draft, step_s);
  if (revised == *row.intervention) return;
  context.sender.Send(ReviseTakeOver{row.id, std::move(revised)});
}

float SelectedTakeOverHeight() {
  return 5.0F * (ImGui::GetFrameHeight() + ImGui::GetStyle().ItemSpacing.y) +
         4.0F * ImGui::GetTextLineHeightWithSpacing();
}

void DrawTakeOverDefaults(const ActionContext& context) {
  AnnotatorProfile profile = context.snapshots.marks.annotators().present();
  TakeOverDraft& draft = context.window.annotators.take_over;
  const bool typing = ImGui::IsAnyItemActive();
  if (!typing) {
    draft.before_s = static_cast<float>(profile.before_take_over_s);
    draft.unsafe_weight = static_cast<float>(profile.unsafe_weight);
    draft.safe_weight = static_cast<float>(profile.driven_weight);
  }
  TextSmall("Coming take-overs");
  bool changed = DrawBefore(draft.before_s);
  changed |= DrawWeights(draft.unsafe_weight, draft.safe_weight);
  if (!changed) return;
  profile.before_take_over_s = double(draft.before_s);
  profile.unsafe_weight = double(draft.unsafe_weight);
  profile.driven_weight = double(draft.safe_weight);
  context.sender.Send(SaveAnnotator{std::move(profile)});
}

}  // namespace lookout::ui
