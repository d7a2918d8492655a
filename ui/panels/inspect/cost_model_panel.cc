#include "ui/panels/inspect/cost_model_panel.h"

#include <array>
#include <cmath>
#include <string>

#include "ui/panels/inspect/figure_tiles.h"
#include "ui/panels/inspect/model_classes.h"
#include "ui/panels/inspect/model_inputs.h"
#include "ui/panels/inspect/model_trust.h"
#include "ui/panels/inspect/model_version_list.h"
#include "ui/panels/inspect/transfer_sheet.h"
#include "ui/panels/state/actions.h"
#include "ui/panels/state/inputs/environment_catalogue.h"
#include "ui/panels/state/shipped_model.h"
#include "ui/theme/icons.h"
#include "ui/theme/kinds.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/explanations.h"
#include "ui/widgets/plots/reliability_diagram.h"
#include "ui/widgets/text.h"

namespace lookout::ui {
namespace {

constexpr int kMostContradictions = 12;

// Unsafe, safe and unused labels as one divided bar with its legend.
void DrawCounts(const agents::LabelCounts& counts) {
  const Theme& theme = CurrentTheme();
  const std::int64_t used = counts.unsafe + counts.safe;
  Heading("Labels",
          Short("%lld steps, %lld episode%s", static_cast<long long>(used),
                static_cast<long long>(counts.episodes), counts.episodes == 1 ? "" : "s"));
  const ImVec2 min = ImGui::GetCursorScreenPos();
  const ImVec2 size(ImGui::GetContentRegionAvail().x, Px(8));
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled(min, {min.x + size.x, min.y + size.y}, theme.raised_active, Px(4));
  if (used > 0) {
    const float share = static_cast<float>(counts.unsafe) / static_cast<float>(used);
    const float split = min.x + size.x * share;
    list.AddRectFilled(min, {split, min.y + size.y}, theme.unsafe_mark, Px(4),
                       ImDrawFlags_RoundCornersLeft);
    list.AddRectFilled({split, min.y}, {min.x + size.x, min.y + size.y}, theme.safe_mark, Px(4),
                       ImDrawFlags_RoundCornersRight);
  }
  ImGui::Dummy(size);
  const auto entry = [](const KindStyle& style, std::int64_t count, bool first = false) {
    ImFont* const font = CurrentFonts().small;
    const auto text = Short("%s %s", CompactCount(static_cast<double>(count)).c_str(), style.name);
    const float width = TextSize(style.icon, font).x + Px(3) + TextSize(text, font).x;
    if (!first) ImGui::SameLine(0.0F, Px(6));
    if (!first && ImGui::GetContentRegionAvail().x < width) ImGui::NewLine();  // not cut off
    Text(style.icon, style.colour, font);
    ImGui::SameLine(0.0F, Px(3));
    TextSmall(text);
  };
  entry({"unsafe", kIconUnsafe, theme.unsafe_mark}, counts.unsafe, /*first=*/true);
  entry({"safe", kIconSafe, theme.safe_mark}, counts.safe);
  entry({"unsure", kIconUnsure, theme.unsure_mark}, counts.unsure);
}

void DrawFitControls(const FitSnapshot& fit, CommandSender& sender, CostModelPanelState& state) {
  if (Button({.id = "fit",
              .icon = kIconModel,
              .text = fit.fitting ? "Fitting\xE2\x80\xA6" : "Fit the cost model",
              .look = ButtonLook::kPrimary,
              .width = -1.0F,
              .tooltip = "Learns from every mark of this observation, in about a second",
              .disabled_because = fit.fitting ? "A fit is running" : ""})) {
    sender.Send(state.fit);
  }
  if (fit.fitting) ProgressBar(static_cast<float>(fit.fraction));
  bool automatic = fit.automatic;
  if (Toggle({.id = "automatic_fit",
              .icon = kIconLoop,
              .text = "Refit when marks change",
              .tooltip = "A new version by itself, shortly after the last edit"},
             automatic)) {
    sender.Send(SetAutomaticFit{automatic});
  }
  DrawModelInputs(fit, state);
  auto unmarked = static_cast<float>(state.fit.settings.unmarked_weight);
  SliderField("unmarked", unmarked, 0.0F, 1.0F, "unmarked counts %.1f safe", -1.0F);
  state.fit.settings.unmarked_weight = double(unmarked);
  Tooltip(
      "What a step counts as safe that lies between your marks of an episode and has none. 0: "
      "nothing; 1: as much as a mark. From the next fit on.");
  (void)Toggle({.id = "fit_noise",
                .icon = kIconView,
                .text = "Learn other sights, too",
                .tooltip = "Also the same danger mirrored, turned and without what is far. From "
                           "the next fit on; the scales in the list of versions show two of them "
                           "side by side. lookout fit does so unless --no-noise is given"},
               state.fit.settings.noise);
}

// A tinted box with an icon: what is wrong and the way out.
void DrawWarning(std::string_view text) {
  const Theme& theme = CurrentTheme();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImVec2 min = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x;
  ImGui::SetCursorScreenPos({min.x + Px(10), min.y + Px(8)});
  Text(kIconWarning, theme.warning);
  ImGui::SameLine(0.0F, Px(8));
  ImGui::PushTextWrapPos(ImGui::GetCursorPosX() + width - Px(46));
  Text(text);
  ImGui::PopTextWrapPos();
  const float bottom = ImGui::GetItemRectMax().y + Px(8);
  list.AddRectFilled(min, {min.x + width, bottom}, WithAlpha(theme.warning, 0.10F), Px(6));
  list.AddRectFilled(min, {min.x + Px(3), bottom}, theme.warning, Px(2));
  ImGui::SetCursorScreenPos({min.x, bottom});
  ImGui::Dummy({width, Px(2)});
}

// Whose marks these are; others are kept apart.
void DrawObservation(const FitSnapshot& fit) {
  const std::string_view name = ShortEnvironmentName(fit.environment);
  if (name.empty()) return;
  ImGui::PushTextWrapPos(0.0F);  // the panel may be narrow
  TextSmall(Short("Marks and cost model of %.*s's observation", static_cast<int>(name.size()),
                  name.data()));
  ImGui::PopTextWrapPos();
  NoteItem("whose_marks");
  Tooltip(
      "Every observation has its own marks and its own cost model. What is on screen decides "
      "which are shown, fitted and used.");
}

// What the model charges beside the rule, where that is known: before all other figures.
void DrawRatio(const agents::CostModelReport& report) {
  if (report.true_cost > 0.0) {
    const std::array<FigureTile, 1> tile{
        {{"Learned / true cost", Short("%.2f", report.learned_cost / report.true_cost),
          Short("%.1f against %.1f an episode", report.learned_cost, report.true_cost),
          Figure::kCostRatio}}};
    DrawFigureTiles(tile);
    NoteItem("cost_ratio");
  }
  const std::string charge = ChargeInWords(report);
  if (charge.empty()) return;
  DrawWarning(charge);
  NoteItem("cost_ratio_far");
}

void DrawReport(const agents::CostModel& model) {
  const agents::CostModelReport& report = model.report();
  // A stored model does not say how long its fit took.
  Heading(Short("Cost model %lld", static_cast<long long>(model.id().value)),
          report.seconds > 0.0 ? Short("%.1f s to fit", report.seconds) : Short());
  DrawRatio(report);
  const auto figure = [](double value) {
    return std::isfinite(value) ? Short("%.3f", value) : Short("–");
  };
  const std::array<FigureTile, 3> tiles{
      {{"AUC", figure(report.auc), Short("%s", QualityOf(report)), Figure::kAuc},
       {"Calibration", figure(report.expected_calibration_error), Short("error, ECE"),
        Figure::kCalibration},
       {"Brier", figure(report.brier), Short("low is good"), Figure::kBrier}}};
  DrawFigureTiles(tiles);
  ImGui::PushTextWrapPos(0.0F);
  if (const std::string past = OfStatesInWords(model.past_inputs()); !past.empty()) TextSmall(past);
  ImGui::PopTextWrapPos();
  const std::string trust = TrustInWords(report);
  if (TrustOf(report) == ModelTrust::kSome) {
    ImGui::PushTextWrapPos(0.0F);
    TextSmall(trust);
    ImGui::PopTextWrapPos();
  } else {
    DrawWarning(trust);
  }
  NoteItem(TrustOf(report) == ModelTrust::kSome ? "trust" : "no_trust");
  const std::string slips = agents::SlipsInWords(report);
  if (!slips.empty()) {
    ImGui::PushTextWrapPos(0.0F);
    TextSmall(slips);
    ImGui::PopTextWrapPos();
    NoteItem("slips");
  }
  const std::array<ReliabilityCurve, 1> curve{{{"", report.reliability}}};
  ReliabilityDiagram("reliability", curve, Px(190));
}

// One switch for lane, meter and floor.
void DrawWhosePredictions(const Snapshots& snapshots, CommandSender& sender) {
  bool recorded = snapshots.recorded_predictions;
  if (Toggle({.id = "recorded_predictions",
              .icon = kIconHistory,
              .text = "Predictions as recorded",
              .tooltip = "Off: lane, meter and floor show what the cost model in use says of every "
                         "step. On: what was predicted while the episode was recorded."},
             recorded)) {
    sender.Send(ShowRecordedPredictions{recorded});
  }
}

std::string_view MeaningOf(agents::CostReading reading) {
  switch (reading) {
    case agents::CostReading::kMean:
      return "The probability of unsafe, as it is.";
    case agents::CostReading::kCautious:
      return "More where the ensemble disagrees: what is doubtful costs more.";
    case agents::CostReading::kUnknownUnsafe:
      return "Unsafe where nothing like it was labelled: an agent cannot hide there.";
  }
  return "";
}

// How the prediction and its doubts become one cost, on meter, timeline and floor.
void DrawReading(const Snapshots& snapshots, CommandSender& sender, float& caution) {
  agents::CostUse use = snapshots.cost_use;
  const bool knows = snapshots.fit.model->knows_support();
  Heading("The cost is", "on meter, timeline, floor");
  const std::array<Segment, 3> readings{
      {{"reading/mean", "", "Mean"},
       {"reading/cautious", "", "Cautious"},
       {"reading/unknown", "", "Unknown unsafe",
        knows ? "Takes what was not labelled for unsafe"
              : "This model does not say where it knows nothing: fit it again"}}};
  const auto chosen =
      Segmented(readings, static_cast<int>(use.reading), ImGui::GetContentRegionAvail().x);
  if (chosen) use.reading = static_cast<agents::CostReading>(*chosen);
  const bool cautious = use.reading == agents::CostReading::kCautious;
  if (cautious) {
    // What was chosen in an earlier sitting, unless the slider is being dragged.
    if (!ImGui::IsAnyItemActive() && !chosen) caution = static_cast<float>(use.caution);
    const bool moved = SliderField("caution", caution, 0.0F, 5.0F, "mean + %.1f x spread", -1.0F);
    if (moved || chosen) use.caution = double(caution);
  }
  ImGui::PushTextWrapPos(0.0F);
  TextSmall(MeaningOf(use.reading));
  TextSmall("Training has a setting of its own: cost reading.");
  ImGui::PopTextWrapPos();
  if (use != snapshots.cost_use) sender.Send(SetCostReading{use});
}

void DrawContradictions(const Snapshots& snapshots, CommandSender& sender, MarksState& marks) {
  const auto& contradictions = snapshots.fit.contradictions;
  if (contradictions.empty()) return;
  Heading("Contradictions", Short("%zu steps, not used", contradictions.size()));
  ImGui::PushTextWrapPos(0.0F);
  TextSmall("Marks that call the same step safe and unsafe");
  ImGui::PopTextWrapPos();
  std::pair<MarkId, MarkId> last;
  int drawn = 0;
  for (std::size_t i = 0; i < contradictions.size() && drawn < kMostContradictions; ++i) {
    const agents::Contradiction& found = contradictions[i];
    const std::pair pair(found.unsafe_mark, found.safe_mark);
    if (pair == last) continue;  // the next step of the same two marks
    last = pair;
    ++drawn;
    const ScopedId id(static_cast<int>(i));
    const RowState row = Row(Short("contradiction/%zu", i), Px(28), false);
    const Short text("Episode %lld, step %d: mark %lld against %lld",
                     static_cast<long long>(found.episode.value), found.step,
                     static_cast<long long>(found.unsafe_mark.value),
                     static_cast<long long>(found.safe_mark.value));
    DrawText(*ImGui::GetWindowDrawList(), {row.min.x + Px(8), row.min.y + Px(6)},
             row.max.x - row.min.x - Px(12), CurrentTheme().text, text, CurrentFonts().small);
    const agents::Mark* mark = marks.index.Find(found.unsafe_mark);
    if (row.clicked && mark != nullptr) ShowMark(snapshots, sender, marks, *mark);
  }
}

void DrawCostModelPanel(const ActionContext& context) {
  const auto& [snapshots, sender, window] = context;
  const FitSnapshot& fit = snapshots.fit;
  DrawObservation(fit);
  DrawCounts(fit.counts);
  KeepFitSettings(snapshots, sender, window.cost_model);
  DrawFitControls(fit, sender, window.cost_model);
  if (!fit.refusal.empty()) DrawWarning(fit.refusal);
  if (fit.model != nullptr) {
    DrawReport(*fit.model);
  } else if (fit.refusal.empty() && !fit.environment.empty() && !fit.fitting) {
    TextWrapped(
        "No cost model of this observation yet. Mark some unsafe and some safe spans; the model "
        "then learns to tell them "
        "apart from what the robot observes.",
        CurrentTheme().text_muted);
    OfferShippedModel(fit, sender);
  }
  DrawModelClasses(context);
  if (fit.model != nullptr) DrawReading(snapshots, sender, window.cost_model.caution);
  DrawWhosePredictions(snapshots, sender);
  DrawContradictions(snapshots, sender, window.marks);
  DrawModelVersions(context);
  DrawTransferLine(context);
}

}  // namespace

constinit const Panel kCostModelPanel{
    "tab/cost_model", kIconModel, "Cost model", [](const PanelContext& context) {
      DrawCostModelPanel({context.snapshots, context.sender, context.window});
    }};

}  // namespace lookout::ui
