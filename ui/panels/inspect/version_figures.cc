#include "ui/panels/inspect/version_figures.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "ui/panels/inspect/version_names.h"
#include "ui/theme/ui_context.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/plots/line_plot.h"
#include "ui/widgets/plots/reliability_diagram.h"
#include "ui/widgets/plots/roc_plot.h"
#include "ui/widgets/text.h"

namespace lookout::ui {
namespace {

using agents::CostEvaluation;
using agents::Estimate;
using agents::TwoModels;

// Which of two values is the better one: the greater, the smaller, the one nearer to 1; or none.
enum class Better { kGreater, kSmaller, kNearerOne, kNeither };

int BetterOf(Better better, double first, double second) {
  if (better == Better::kNeither || !std::isfinite(first) || !std::isfinite(second)) return -1;
  if (better == Better::kNearerOne) {
    // As often too much as too little: by the ratio, not by the difference.
    first = -std::abs(std::log(std::max(first, 1e-9)));
    second = -std::abs(std::log(std::max(second, 1e-9)));
  }
  if (first == second) return -1;
  const bool first_greater = first > second;
  return first_greater == (better != Better::kSmaller) ? 0 : 1;
}

struct FigureRow {
  const char* id;
  const char* name;
  Better better;
  std::array<double, 2> values;
  std::array<Short, 2> words;
  const char* help;
};

void DrawRow(const FigureRow& row) {
  const Theme& theme = CurrentTheme();
  const float width = ImGui::GetContentRegionAvail().x;
  const float column = std::min(Px(84), width * 0.28F);
  const ImVec2 min = ImGui::GetCursorScreenPos();
  const float height = ImGui::GetTextLineHeight() + Px(5);
  ImGui::Dummy({width, height});
  NoteItem(row.id);
  Tooltip(row.help);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  DrawText(list, min, width - 2.0F * column - Px(6), theme.text_muted, row.name);
  const int better = BetterOf(row.better, row.values[0], row.values[1]);
  for (int which = 0; which < 2; ++which) {
    ImFont* font = better == which ? CurrentFonts().strong : nullptr;
    const Short& words = row.words[static_cast<std::size_t>(which)];
    const float text_width = TextSize(words, font).x;
    const float right = min.x + width - column * static_cast<float>(1 - which);
    DrawText(list, {right - text_width, min.y}, text_width + 1.0F,
             better == 1 - which ? theme.text_muted : theme.text, words, font);
  }
}

// "A" and "B" above their columns, in their colours.
void DrawColumnHeads() {
  const float width = ImGui::GetContentRegionAvail().x;
  const float column = std::min(Px(84), width * 0.28F);
  const ImVec2 min = ImGui::GetCursorScreenPos();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  for (std::size_t which = 0; which < 2; ++which) {
    const char* letter = VersionLetter(which);
    const float text_width = TextSize(letter, CurrentFonts().strong).x;
    const float right = min.x + width - column * static_cast<float>(1 - which);
    DrawText(list, {right - text_width, min.y}, text_width + 1.0F, CurrentTheme().text, letter,
             CurrentFonts().strong);
    list.AddCircleFilled({right - text_width - Px(9), min.y + ImGui::GetTextLineHeight() * 0.5F},
                         Px(4), VersionColour(which), 16);
  }
  ImGui::Dummy({width, ImGui::GetTextLineHeight() + Px(2)});
}

// A figure that each version has by itself.
struct FigureSpec {
  const char* id;
  const char* name;
  Better better;
  int decimals;
  bool percent;
  double (*value_of)(const CostEvaluation&);
  const char* help;
};

constexpr std::array<FigureSpec, 7> kFigures{
    {{"versions/auc", "AUC", Better::kGreater, 3, false,
      [](const CostEvaluation& e) { return e.auc; },
      "The chance that an unsafe step is predicted above a safe one"},
     {"versions/ratio", "Learned / true", Better::kNearerOne, 2, false,
      [](const CostEvaluation& e) { return e.ratio.value; },
      "The sum of the predictions over the cost that is charged: 1 is right, 2 twice too much"},
     {"versions/learned", "Learned cost", Better::kNeither, 1, false,
      [](const CostEvaluation& e) { return e.learned_cost.value; },
      "Per episode, as the model predicts it"},
     {"versions/true", "True cost", Better::kNeither, 1, false,
      [](const CostEvaluation& e) { return e.true_cost.value; },
      "Per episode, as the reference says"},
     {"versions/missed", "Missed", Better::kSmaller, 1, true,
      [](const CostEvaluation& e) { return 100.0 * e.miss_rate.value; },
      "Of the unsafe steps, those that are called safe at the threshold"},
     {"versions/alarms", "False alarms", Better::kSmaller, 1, true,
      [](const CostEvaluation& e) { return 100.0 * e.false_alarm_rate.value; },
      "Of the safe steps, those that are called unsafe at the threshold"},
     {"versions/ece", "Calibration error", Better::kSmaller, 3, false,
      [](const CostEvaluation& e) { return e.calibration_error; },
      "How far predicted probabilities are from what is observed, on average (ECE)"}}};

Short InWords(const FigureSpec& figure, double value) {
  if (!std::isfinite(value)) return Short("\xE2\x80\x93");
  return Short("%.*f%s", figure.decimals, value, figure.percent ? " %" : "");
}

agents::RocPoint ThresholdOf(const CostEvaluation& evaluation) {
  return {static_cast<float>(evaluation.false_alarm_rate.value),
          static_cast<float>(1.0 - evaluation.miss_rate.value)};
}

void SyncCosts(const VersionComparison& comparison, VersionSheetState& state) {
  if (state.costs_of == comparison.result && state.costs_by_marks == state.by_marks) return;
  // In the frame in which another reference is chosen, the one before is still drawn.
  const VersionsAgainst* const against = comparison.against(state.by_marks);
  if (against == nullptr || !against->figures) return;
  state.costs_of = comparison.result;
  state.costs_by_marks = state.by_marks;
  for (std::size_t k = 0; k < state.costs.size(); ++k) {
    state.costs[k].clear();
    for (const agents::EpisodeCosts& episode : against->figures->episodes) {
      const double cost = k == 0 ? episode.truth : episode.learned[k - 1];
      state.costs[k].push_back(static_cast<float>(cost));
    }
    state.extremes[k].Reset();
    state.extremes[k].Sync(state.costs[k]);
  }
}

}  // namespace

void DrawVersionFigures(const TwoModels& two) {
  DrawColumnHeads();
  for (const FigureSpec& figure : kFigures) {
    FigureRow row{figure.id, figure.name, figure.better, {}, {}, figure.help};
    for (std::size_t which = 0; which < 2; ++which) {
      row.values[which] = figure.value_of(two.models[which]);
      row.words[which] = InWords(figure, row.values[which]);
    }
    DrawRow(row);
  }
  FigureRow row{
      "versions/right",
      "Right, where they differ",
      Better::kGreater,
      {static_cast<double>(two.comparison.first_right),
       static_cast<double>(two.comparison.second_right)},
      {},
      "Of the steps that one calls unsafe and the other safe, those on which it is right"};
  for (std::size_t which = 0; which < 2; ++which) {
    row.words[which] =
        two.comparison.differ() > 0 ? Short("%.0f", row.values[which]) : Short("\xE2\x80\x93");
  }
  DrawRow(row);
}

void DrawVersionCurves(const TwoModels& two, const FitSnapshot& fit,
                       const VersionComparison& comparison, float height_px) {
  std::array<Short, 2> names;
  std::array<RocShown, 2> roc;
  std::array<ReliabilityCurve, 2> reliability;
  for (std::size_t which = 0; which < 2; ++which) {
    const std::string name = VersionName(fit, comparison, which);
    names[which] = Short("%s  %s", VersionLetter(which), std::string(Cut(name, 60)).c_str());
    const CostEvaluation& evaluation = two.models[which];
    roc[which] = {names[which], evaluation.roc, ThresholdOf(evaluation), VersionColour(which)};
    reliability[which] = {names[which], evaluation.reliability, VersionColour(which)};
  }
  TextSmall("ROC");
  RocPlot("versions/roc", roc, height_px);
  TextSmall("Calibration");
  ReliabilityDiagram("versions/calibration", reliability, height_px);
}

void DrawVersionCosts(const VersionComparison& comparison, VersionSheetState& state,
                      float height_px) {
  SyncCosts(comparison, state);
  const auto series = [&](std::size_t k, const char* name, ImU32 colour) {
    return PlotSeries{.name = name,
                      .values = state.costs[k],
                      .first_x = 1.0,
                      .extremes = &state.extremes[k],
                      .colour = colour};
  };
  const std::array<PlotSeries, 3> curves{series(0, "true", CurrentTheme().true_cost),
                                         series(1, VersionLetter(0), VersionColour(0)),
                                         series(2, VersionLetter(1), VersionColour(1))};
  LinePlot({.id = "versions/costs",
            .title = "Cost of each episode",
            .series = curves,
            .x_name = "episode of these",
            .from_zero = true,
            .height_px = height_px});
}

}  // namespace lookout::ui
