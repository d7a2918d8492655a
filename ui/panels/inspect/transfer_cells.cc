#include "ui/panels/inspect/transfer_cells.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "agents/feedback/evaluation/how_good.h"
#include "ui/theme/theme.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/scopes.h"
#include "ui/widgets/text.h"

namespace lookout::ui {
namespace {

using agents::Estimate;

const TransferModel& ModelOf(const TransferMatrix& matrix, const CellChoice& choice) {
  return matrix.At(choice.source, choice.target).models[choice.inputs];
}

const TransferPolicy& PolicyOf(const TransferMatrix& matrix, const CellChoice& choice) {
  return matrix.At(choice.source, choice.target).policy;
}

const std::string& WhyNot(const TransferMatrix& matrix, const CellChoice& choice) {
  return IsOfPolicy(choice.figure) ? PolicyOf(matrix, choice).why : ModelOf(matrix, choice).why;
}

struct Shown {
  const Estimate* figure = nullptr;
  const char* name = "";
  int decimals = 1;
  double unit = 1.0;
};

Shown ShownOf(const TransferMatrix& matrix, const CellChoice& choice) {
  switch (choice.figure) {
    case TransferFigure::kAuc:
      return {&ModelOf(matrix, choice).auc, "AUC", 3};
    case TransferFigure::kMissed:
      return {&ModelOf(matrix, choice).missed, "Misses in percent", 1, 100.0};
    case TransferFigure::kRatio:
      return {&ModelOf(matrix, choice).ratio, "Learned over true cost", 2};
    case TransferFigure::kReturn:
      return {&PolicyOf(matrix, choice).total_reward, "Return of the policy"};
    default:
      return {&PolicyOf(matrix, choice).true_cost, "True cost of the policy"};
  }
}

// Of the target's own policy, whose figures are the measure of others; NaN without one.
double AtHome(const TransferMatrix& matrix, const CellChoice& choice,
              Estimate TransferPolicy::*figure) {
  return (matrix.At(choice.target, choice.target).policy.*figure).value;
}

double GoodOf(const TransferMatrix& matrix, const CellChoice& choice, double value) {
  switch (choice.figure) {
    case TransferFigure::kAuc:
      return agents::GoodAuc(value);
    case TransferFigure::kMissed:
      return agents::GoodMissRate(value);
    case TransferFigure::kRatio:
      return agents::GoodCostRatio(value);
    case TransferFigure::kReturn:
      return agents::GoodReturn(value, AtHome(matrix, choice, &TransferPolicy::total_reward));
    default:
      return agents::GoodCost(value, AtHome(matrix, choice, &TransferPolicy::true_cost));
  }
}

std::string KnowledgeInWords(const TransferModel& model) {
  std::string text;
  if (!model.absent.empty()) {
    text += fmt::format("\nNot there, so that it sees nothing of them: {}.",
                        fmt::join(model.absent, ", "));
  }
  if (!model.unknown.empty()) {
    text += fmt::format("\nNever learned about, and taken for harmless: {}.",
                        fmt::join(model.unknown, ", "));
  }
  return text;
}

}  // namespace

bool IsOfPolicy(TransferFigure figure) {
  return figure == TransferFigure::kReturn || figure == TransferFigure::kCost;
}

CellFigure FigureOf(const TransferMatrix& matrix, const CellChoice& choice) {
  const Shown shown = ShownOf(matrix, choice);
  if (!WhyNot(matrix, choice).empty() || std::isnan(shown.figure->value)) return {.text = "-"};
  const double value = shown.figure->value;
  return {.text = fmt::format("{:.{}f}", shown.unit * value, shown.decimals),
          .good = static_cast<float>(GoodOf(matrix, choice, value))};
}

std::string InWords(const TransferMatrix& matrix, const CellChoice& choice) {
  std::string text = fmt::format("{} in {}\n", matrix.places[choice.source].name,
                                 matrix.places[choice.target].name);
  const std::string& why = WhyNot(matrix, choice);
  if (!why.empty()) return text + why;
  const Shown shown = ShownOf(matrix, choice);
  text += fmt::format("{}: {:.{}f}", shown.name, shown.unit * shown.figure->value, shown.decimals);
  if (!std::isnan(shown.figure->low)) {
    text += fmt::format(", 95 % {:.{}f} to {:.{}f}", shown.unit * shown.figure->low, shown.decimals,
                        shown.unit * shown.figure->high, shown.decimals);
  }
  if (IsOfPolicy(choice.figure)) {
    return text + fmt::format(", over {} episodes", PolicyOf(matrix, choice).episodes);
  }
  const TransferModel& model = ModelOf(matrix, choice);
  text += fmt::format(", over {} seed{}", model.seeds, model.seeds == 1 ? "" : "s");
  if (choice.figure == TransferFigure::kMissed) {
    text += fmt::format("; false alarms {:.1f}", 100.0 * model.false_alarms.value);
  }
  return text + KnowledgeInWords(model) + "\nA click goes there, with this cost model on screen.";
}

ImU32 ColourOf(float good) {
  const agents::Rgb colour = agents::ColourOfGood(good);
  return IM_COL32(colour.red, colour.green, colour.blue, 255);
}

ImU32 InkOn(ImU32 colour) {
  constexpr ImU32 kBlack = IM_COL32(0, 0, 0, 255);
  constexpr ImU32 kWhite = IM_COL32(255, 255, 255, 255);
  return ContrastRatio(kBlack, colour) >= ContrastRatio(kWhite, colour) ? kBlack : kWhite;
}

bool DrawTransferCell(const TransferMatrix& matrix, const CellChoice& choice, ImVec2 at,
                      const CellSizes& sizes) {
  const Theme& theme = CurrentTheme();
  const CellFigure figure = FigureOf(matrix, choice);
  const Short id("transfer_cell/%zu/%zu", choice.source, choice.target);
  ImGui::SetCursorScreenPos(at);
  ImGui::InvisibleButton(id.c_str(), {sizes.width, sizes.height});
  const bool opens = !IsOfPolicy(choice.figure) && WhyNot(matrix, choice).empty();
  NoteItem(id, opens);
  const bool clicked = ImGui::IsItemClicked();
  const bool hovered = ImGui::IsItemHovered();
  if (WantsTooltip()) Tooltip(InWords(matrix, choice));
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImVec2 min{at.x + Px(1), at.y + Px(1)};
  const ImVec2 max{at.x + sizes.width - Px(1), at.y + sizes.height - Px(1)};
  const bool has_figure = figure.good >= 0.0F;
  const ImU32 fill = has_figure ? ColourOf(figure.good) : theme.raised;
  list.AddRectFilled(min, max, fill, Px(4));
  if (hovered && opens) list.AddRect(min, max, theme.text, Px(4), 0, Px(2));
  const float width = std::min(TextSize(figure.text).x, sizes.width - Px(4));
  DrawText(list,
           {at.x + 0.5F * (sizes.width - width),
            at.y + 0.5F * (sizes.height - ImGui::GetTextLineHeight())},
           sizes.width - Px(4), has_figure ? InkOn(fill) : theme.text_muted, figure.text);
  return clicked && opens;
}

}  // namespace lookout::ui
