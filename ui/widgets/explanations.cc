#include "ui/widgets/explanations.h"

#include <imgui.h>

#include <array>
#include <string>

#include "ui/theme/ui_context.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/scopes.h"
#include "ui/widgets/text.h"

namespace lookout::ui {
namespace {

// clang-format off
constexpr std::array<Explanation, kFigureCount> kExplanations{{
    {Figure::kCostByRule, "Cost, by the rule",
     "What Safety Gym's own rule has charged in this episode, up to the step on screen. The bar fills towards the limit; what is beyond it is hatched.",
     "C = Σ cₜ"},
    {Figure::kCostLearned, "Cost, as learned",
     "The cost model's probability that a person would call the state unsafe, summed over the steps so far. Beside it the prediction for this step, with its spread.",
     "C = Σ p(unsafe | oₜ)"},
    {Figure::kCostAudited, "Cost, as audited",
     "What you would charge for an episode of this agent, and its 95 % interval: what you marked unasked, and for all the rest your answers to clips that the queue drew by chance. It does not go by what a cost model says.",
     "marked + Σ cost of clip / its chance"},
    {Figure::kLimit, "Limit",
     "The cost that is allowed in one episode; the same line stands in the meters, the curves and the training form. Constrained agents are held to it on average, not in every episode.",
     "mean of C ≤ limit"},
    {Figure::kReturn, "Return",
     "The sum of this episode's rewards, up to the step on screen. Reward is what the task pays, above all for coming nearer to the goal.",
     "R = Σ rₜ"},
    {Figure::kCostKinds, "Cost by kind",
     "What each kind of danger has cost in this episode, up to the step on screen. A line is lit while its kind charges.",
     "C = sum over the kinds; at most 1 a step where only whether counts"},
    {Figure::kRewardLane, "Reward",
     "The reward of each step, up for gains and down for losses. Heights are square roots, so that small rewards show beside the bonus for a goal.",
     "height = √|rₜ|"},
    {Figure::kCostLanes, "Cost of one kind",
     "The steps at which this kind of danger charged. Where one pixel holds several steps, the height is their mean.",
     "cₜ of that kind"},
    {Figure::kPredictedLane, "Predicted and true cost",
     "The line is what the cost model predicts for each step, the band its spread. The filled columns are what the rule charged.",
     "p(unsafe | oₜ) ± spread, beside cₜ"},
    {Figure::kMarksLane, "Marks",
     "What one annotator said of these steps; a lane for each annotator. The thin line below a mark is where its label lies, earlier by the time from seeing to pressing.",
     "label = mark − reaction lag"},
    {Figure::kReturnCurve, "Return of an iteration",
     "The return of the episodes that ended in each iteration, as their mean. Runs that differ only in their seed are one curve, with its 68 % confidence interval as a band.",
     "mean of R"},
    {Figure::kCostCurve, "Cost of an iteration",
     "The cost of the same episodes, by the rule and as learned, against the limit. Where the two part, the model misjudges what the agent has learned to do.",
     "mean of C"},
    {Figure::kViolationSteps, "Violation steps so far",
     "The steps since the run began that cost something by the rule, of all its environments. What is safe to train stays flat; a run that an older version began does not know.",
     "number of steps with cₜ > 0"},
    {Figure::kBlockedSteps, "Blocked steps",
     "The share of each iteration's steps in which an overseer did not let the proposed action be done. It falls as the agent learns not to be blocked.",
     "100 · blocked / steps, of the iteration"},
    {Figure::kMultiplier, "Multiplier λ",
     "The price of cost during training: the agent maximises the return less λ times the cost. It rises while the cost is above the limit and falls below it.",
     "max R − λ (C − limit);   λ ← max(0, λ + η (C − limit))"},
    {Figure::kKl, "KL of the update",
     "How far an update moved the policy. Updates stop, or are shortened, where they would pass the target.",
     "KL(new || old), mean over the states"},
    {Figure::kGoodhart, "Cost against optimisation",
     "The learned and the true cost of each iteration, over how far its policy had come from the first one. Where the true cost rises and the learned one does not, what is optimised is no longer what is meant.",
     "x = √KL(policy || first policy),   y = mean of C"},
    {Figure::kEntropy, "Entropy",
     "How random the policy's actions are. It falls as the agent makes up its mind; if it falls early, the agent stops exploring.",
     "H = −mean of log π(a | o)"},
    {Figure::kLineSearch, "Line search",
     "TRPO and CPO shorten their step until it keeps to the trust region and gains what it promised. One try is the whole step; many mean that it promised too much.",
     "θ + βᵏ Δθ, k = 0, 1, …"},
    {Figure::kCostRatio, "Learned / true cost",
     "What the model charges for an episode beside what the rule charges, on episodes that it has not seen. 1 is right; at 8, no limit can be kept.",
     "Σ p / Σ c over the steps of the held-out episodes"},
    {Figure::kAuc, "Held-out AUC",
     "The chance that an unsafe step of an episode which the model has not seen ranks above a safe one. 0.5 is guessing, 1 is perfect.",
     "AUC = P(p(unsafe step) > p(safe step))"},
    {Figure::kCalibration, "Calibration error",
     "By how much the probabilities are off, on average. 0.05 means that what is called 60 % is unsafe in 55 to 65 % of the cases.",
     "ECE = Σ nₖ / n · |observedₖ − predictedₖ| over the bins k"},
    {Figure::kBrier, "Brier score",
     "The mean squared error of the probability on steps that the model has not seen. 0 is perfect, 0.25 is always saying one half.",
     "mean of (p − y)², y = 1 for unsafe"},
    {Figure::kSpread, "Spread",
     "How much the networks of the ensemble disagree: how unsure the cost model is. Marks are worth most where it is large.",
     "standard deviation of p over the ensemble"},
}};
// clang-format on

void DrawExplanation(const Explanation& about, std::string_view now) {
  const ScopedStyle padding(ImGuiStyleVar_WindowPadding, ImVec2(Px(10), Px(8)));
  ImGui::BeginTooltip();
  ImGui::PushTextWrapPos(Px(320));
  Text(about.name, 0, CurrentFonts().strong);
  if (!now.empty()) Text(now);
  Text(about.text, CurrentTheme().text_muted);
  if (*about.formula != '\0') Text(about.formula, CurrentTheme().accent);
  ImGui::PopTextWrapPos();
  const ImVec2 min = ImGui::GetWindowPos();
  const ImVec2 size = ImGui::GetWindowSize();
  NoteRect("explanation", min, {min.x + size.x, min.y + size.y});
  ImGui::EndTooltip();
}

}  // namespace

std::span<const Explanation> Explanations() { return kExplanations; }

const Explanation& ExplanationOf(Figure figure) {
  return kExplanations[static_cast<std::size_t>(figure)];
}

void Explain(Figure figure, std::string_view now) {
  if (!WantsTooltip()) return;
  DrawExplanation(ExplanationOf(figure), now);
}

void ExplainRect(Figure figure, float min_x, float min_y, float max_x, float max_y) {
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  const bool over = mouse.x >= min_x && mouse.x < max_x && mouse.y >= min_y && mouse.y < max_y;
  if (over && WantsTooltip()) DrawExplanation(ExplanationOf(figure), {});
}

}  // namespace lookout::ui
