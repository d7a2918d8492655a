#include "ui/panels/why/why_panel.h"

#include <cmath>
#include <string>

#include "ui/panels/state/action_button.h"
#include "ui/panels/state/shipped_model.h"
#include "ui/panels/why/attack_section.h"
#include "ui/panels/why/proof_section.h"
#include "ui/panels/why/why_checks.h"
#include "ui/panels/why/why_figures.h"
#include "ui/panels/why/why_policy.h"
#include "ui/panels/why/why_words.h"
#include "ui/theme/icons.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/scopes.h"
#include "ui/widgets/text.h"

namespace lookout::ui {
namespace {

ImU32 VerdictColour(bool unsafe) {
  return unsafe ? CurrentTheme().unsafe_mark : CurrentTheme().safe_mark;
}

// What the rule has to say of it.
Short RuleInWords(bool is_unsafe, double rule_cost) {
  if ((rule_cost > 0.0) == is_unsafe) return Short("By the rule %.3g, too.", rule_cost);
  return Short("By the rule %.3g: %s.", rule_cost, is_unsafe ? "a false alarm" : "a miss");
}

void DrawVerdict(const PanelContext& context, const MomentExplained& moment,
                 const WhyWords& words) {
  const Theme& theme = CurrentTheme();
  const agents::Explanation& found = moment.explanation;
  const ImU32 colour = VerdictColour(found.is_unsafe);
  const ImVec2 min = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x;
  const float height = Px(66);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled(min, {min.x + width, min.y + height}, WithAlpha(colour, 0.14F), Px(6));
  list.AddRectFilled(min, {min.x + Px(4), min.y + height}, colour, Px(2));
  const float left = min.x + Px(14);
  DrawText(list, {left, min.y + Px(8)}, Px(30), colour, found.is_unsafe ? kIconUnsafe : kIconSafe,
           CurrentFonts().title);
  DrawText(list, {left + Px(32), min.y + Px(8)}, width, colour, words.verdict,
           CurrentFonts().title);
  const Short value("%.2f", found.prediction.probability);
  const Short spread("\xC2\xB1 %.2f", found.prediction.spread);
  const float spread_width = TextSize(spread, CurrentFonts().small).x;
  const float value_width = TextSize(value, CurrentFonts().title).x;
  const float right = min.x + width - Px(12);
  DrawText(list, {right - spread_width, min.y + Px(15)}, spread_width + 1.0F, theme.text_muted,
           spread, CurrentFonts().small);
  DrawText(list, {right - spread_width - Px(6) - value_width, min.y + Px(8)}, value_width + 1.0F,
           theme.text, value, CurrentFonts().title);
  const sim::StepRecord* step = context.snapshots.shown_step();
  const double rule_cost = step != nullptr ? step->costs.total : 0.0;
  DrawText(list, {left, min.y + Px(41)}, width - Px(20), theme.text,
           RuleInWords(found.is_unsafe, rule_cost));
  ImGui::Dummy({width, height});
  NoteItem("why/verdict");
  Tooltip(
      "The predicted cost of this state by the cost model in use, with the spread of its "
      "networks, beside what the rule charged for the step.");
}

// What of it is not about all that the window shows.
void DrawLimits(const PanelContext& context, const MomentExplained& moment) {
  if (moment.explanation.of_state_alone) {
    const ShownPredictions shown = context.snapshots.shown_predictions();
    const auto step = static_cast<std::size_t>(moment.step);
    const bool known = step < shown.cost.size() && std::isfinite(shown.cost[step]);
    SmallLines(known ? Short("This model also looks at what came before: with it the meter says "
                             "%.2f. Here it is asked about the state alone.",
                             shown.cost[step])
                     : Short("This model also looks at what came before. Here it is asked about "
                             "the state alone."));
    NoteItem("why/state_alone");
  }
  if (!(context.snapshots.cost_use == agents::CostUse{}) &&
      !context.snapshots.recorded_predictions) {
    SmallLines(
        "Explained is the probability itself, of any danger; meter and floor read it "
        "otherwise.");
  }
}

void DrawMoves(const WhyWords& words) {
  ImGui::PushTextWrapPos(0.0F);
  Text(words.smallest, 0, CurrentFonts().strong);
  ImGui::PopTextWrapPos();
  NoteItem("why/smallest_move");
  Tooltip(
      "The smallest move of the robot that was found to turn the verdict round; a turn of 1 "
      "rad counts as 0.25 m. Its ghost stands in the view. A smaller one between those that "
      "were tried cannot be ruled out.");
  for (const WhyMove& move : words.moves) NameAndValue(move.name, move.words);
}

void DrawLabel(const PanelContext& context, std::size_t index, const WhyLabel& label) {
  const Theme& theme = CurrentTheme();
  const Short name("why/label/%zu", index);
  const ScopedId id(name.c_str());
  const RowState row = Row(name, Px(38), false);
  Tooltip("Click to look at it");
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float left = row.min.x + Px(8);
  const float width = row.max.x - row.min.x - Px(16);
  const ImU32 colour = VerdictColour(label.unsafe);
  DrawText(list, {left, row.min.y + Px(3)}, Px(24), colour, label.unsafe ? kIconUnsafe : kIconSafe);
  DrawText(list, {left + Px(26), row.min.y + Px(2)}, width - Px(26), theme.text, label.moment);
  const Short verdict("%s by %s; %s", label.marked ? label.unsafe ? "unsafe" : "safe" : "viewed",
                      label.by.c_str(), label.model.c_str());
  DrawText(list, {left + Px(26), row.min.y + Px(20)}, width - Px(26), theme.text_muted, verdict,
           CurrentFonts().small);
  if (row.clicked) context.sender.Send(InspectionCommand(ShowNearLabel{index}));
}

void DrawLabels(const PanelContext& context, const MomentExplained& moment) {
  const WhyWords& words = context.window.why.words;
  switch (moment.labels) {
    case LabelsKnown::kComing:
      return SmallLines("Labels are being read\xE2\x80\xA6");
    case LabelsKnown::kNone:
      SmallLines(
          "Nothing of this observation is labelled in this project: this model comes from "
          "elsewhere, or its marks are gone.");
      return NoteItem("why/no_labels");
    case LabelsKnown::kUnknown:
      return SmallLines(moment.labels_problem, CurrentTheme().warning);
    case LabelsKnown::kThere:
      break;
  }
  const ScopedStyle tight(ImGuiStyleVar_ItemSpacing, ImVec2(Px(4), Px(2)));
  for (std::size_t i = 0; i < words.labels.size(); ++i) DrawLabel(context, i, words.labels[i]);
}

// A section that folds; returns whether it is open.
bool Folds(const PanelContext& context, const char* id, std::string_view text,
           std::string_view remark) {
  ImGui::Dummy({1, Px(2)});
  return Section(id, text, remark, SectionOpen(context.window.settings, id));
}

// Anew where another moment or number is shown.
void RefreshWords(const MomentExplained& moment, WhyState& state) {
  const WhyWords& words = state.words;
  if (words.number == moment.number && words.labels_known == moment.labels &&
      words.shown_number == state.number) {
    return;
  }
  state.words = WordsOf(moment, state.number);
}

// What only a cost model is asked.
void DrawModelSections(const PanelContext& context, const MomentExplained& moment) {
  if (Folds(context, "why_motion", "Speed and heading", "predicted, %")) {
    DrawMotionGrid(moment.explanation.motion, moment.explanation.unsafe_from);
  }
  if (Folds(context, "why_labels", "Because you marked these", "alike")) {
    DrawLabels(context, moment);
  }
}

void DrawExplanation(const PanelContext& context, const ExplanationOnScreen& explanation) {
  WhyState& state = context.window.why;
  const MomentExplained& moment = *explanation.moment;
  RefreshWords(moment, state);
  Heading(state.words.moment,
          explanation.is_of_this_moment ? std::string_view(state.words.took) : "the one before");
  if (moment.subject != WhySubject::kCostModel) {
    DrawNumber(moment, state);
    RefreshWords(moment, state);  // another number may have been chosen
  } else {
    DrawVerdict(context, moment, state.words);
    DrawLimits(context, moment);
    DrawMoves(state.words);
  }
  const WhyWords& words = state.words;
  if (Folds(context, "why_objects", "Objects", words.unit)) {
    SmallLines(words.because);
    DrawObjectBars(state);
  }
  if (moment.subject == WhySubject::kCostModel) DrawModelSections(context, moment);
  if (Folds(context, "why_inputs", "Inputs", "integrated gradients")) DrawInputBars(words);
  if (Folds(context, "why_sanity", "Can this be trusted?", "")) DrawChecks(context, explanation);
}
// Why nothing of this panel is to be seen; empty: something is.
std::string_view WhyHidden(const Snapshots& snapshots) {
  if (snapshots.blind()) return "Hidden while you mark blind. Leave Mark mode to ask why.";
  if (snapshots.pair != nullptr) return "Two clips are on screen. Go back to the view to ask why.";
  if (snapshots.shown_episode() == nullptr) return "No episode is on screen yet.";
  return {};
}

// Why there is nothing to explain, and what to do; empty: there may be.
std::string_view WhyNothing(const Snapshots& snapshots, WhySubject subject) {
  if (const auto hidden = WhyHidden(snapshots); !hidden.empty()) return hidden;
  if (subject != WhySubject::kCostModel) return WhyNoPolicy(snapshots);
  if (snapshots.fit.model != nullptr || snapshots.recorded_predictions) return {};
  return "No cost model of this observation yet. Mark some unsafe and some safe spans and fit one "
         "in the Cost model tab, or drop a cost model's file on the window.";
}

void DrawAnswer(const PanelContext& context, WhySubject subject) {
  const Snapshots& snapshots = context.snapshots;
  const ExplanationOnScreen* explanation = snapshots.explanation;
  const bool has_answer = explanation != nullptr && explanation->moment != nullptr &&
                          explanation->moment->subject == subject;
  if (snapshots.playing()) {
    TextWrapped(subject == WhySubject::kCostModel
                    ? "Pause to ask why the cost model judges a moment as it does."
                    : "Pause to ask about a moment.",
                CurrentTheme().text_muted);
    ActionButton(ActionId::kPlayPause, {snapshots, context.sender, context.window},
                 {.text = "Pause and explain", .look = ButtonLook::kPrimary, .width = -1.0F});
    NoteItem("why/playing");
  } else if (explanation != nullptr && !explanation->problem.empty()) {
    TextWrapped(explanation->problem, CurrentTheme().warning);
    NoteItem("why/problem");
  } else if (!has_answer) {
    TextWrapped("Being explained\xE2\x80\xA6", CurrentTheme().text_muted);
  } else {
    DrawExplanation(context, *explanation);
  }
}

void DrawWhyPanel(const PanelContext& context) {
  DrawSubjects(context.window.why);
  const WhySubject subject = context.window.why.subject;
  const bool asks_policy = subject != WhySubject::kCostModel;
  if (const auto nothing = WhyNothing(context.snapshots, subject); !nothing.empty()) {
    // The view shows no longer what was asked before.
    if (asks_policy) context.sender.Send(InspectionCommand(ExplainMoment{subject}));
    TextWrapped(nothing, CurrentTheme().text_muted);
    NoteItem("why/nothing");
    if (!asks_policy && WhyHidden(context.snapshots).empty()) {
      OfferShippedModel(context.snapshots.fit, context.sender);
    }
  } else {
    context.sender.Send(InspectionCommand(ExplainMoment{subject}));
    DrawAnswer(context, subject);
    if (!asks_policy && Folds(context, "why_prove", "Prove", "a claim, everywhere")) {
      DrawProofSection(context);
    }
  }
  // Agents can be attacked without a cost model, too.
  if (asks_policy || !WhyHidden(context.snapshots).empty()) return;
  if (Folds(context, "why_attack", "Fool it", "searches")) DrawAttacks(context);
}

}  // namespace

constinit const Panel kWhyPanel{"tab/why", kIconWhy, "Why",
                                [](const PanelContext& context) { DrawWhyPanel(context); }};

}  // namespace lookout::ui
