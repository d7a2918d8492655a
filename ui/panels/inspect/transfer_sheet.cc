#include "ui/panels/inspect/transfer_sheet.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "ui/commands.h"
#include "ui/panels/inspect/transfer_cells.h"
#include "ui/panels/state/window_state.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/text.h"

namespace lookout::ui {
namespace {

constexpr std::array<Segment, 3> kInputs{
    {{"transfer/full", "", "All inputs", "The cost model looks at the whole observation"},
     {"transfer/world", "", "World", "It looks at what is around alone, not at the robot itself"},
     {"transfer/answers", "", "World + answers",
      "Fitted to the source's answers and to a few of the target's own; at home to those few "
      "alone"}}};

constexpr std::array<Segment, kTransferFigures> kFigureChoices{
    {{"transfer/auc", "", "AUC", "How well unsafe steps are told from safe ones; 1: always"},
     {"transfer/missed", "", "Misses",
      "Share of the unsafe steps without an alarm, where 5 % of other episodes' safe steps raise "
      "one"},
     {"transfer/ratio", "", "Learned/true",
      "Learned over true cost; 1: neither too much nor too "
      "little"},
     {"transfer/return", "", "Return", "Of the source's policy, acting in the target"},
     {"transfer/cost", "", "True cost", "What it costs there by the rule, per episode"}}};

// Of a path, its file.
std::string_view FileOf(std::string_view path) {
  return path.substr(path.find_last_of('/') == std::string_view::npos ? 0
                                                                      : path.find_last_of('/') + 1);
}

void DrawHead(const TransferMatrix& matrix, TransferSheetState& state) {
  Text("Transfer", 0, CurrentFonts().strong);
  ImGui::SameLine(0.0F, Px(10));
  TextEllipsis(FileOf(matrix.path), ImGui::GetContentRegionAvail().x - Px(60),
               CurrentTheme().text_muted);
  ImGui::SameLine(ImGui::GetWindowWidth() - ImGui::GetFrameHeight() - Px(20));
  if (Button({.id = "transfer/close",
              .icon = kIconClose,
              .look = ButtonLook::kGhost,
              .tooltip = "Close",
              .key = "Esc"})) {
    state.shown = false;
  }
  if (const auto chosen = Segmented(kFigureChoices, static_cast<int>(state.figure))) {
    state.figure = static_cast<TransferFigure>(*chosen);
  }
  if (IsOfPolicy(state.figure)) return;
  if (ImGui::GetContentRegionAvail().x > Px(900)) ImGui::SameLine(0.0F, Px(12));
  if (const auto chosen = Segmented(kInputs, state.inputs)) state.inputs = *chosen;
}

void DrawMaterial(const TransferMatrix& matrix) {
  const std::string_view who = Cut(matrix.annotator, 40);
  TextWrapped(
      Short("Learned in the row's environment, applied in the column's. %d answers by %.*s, "
            "%d of the new place.",
            matrix.answers, static_cast<int>(who.size()), who.data(), matrix.few_answers),
      CurrentTheme().text_muted);
}

// The names of the columns, and of the rows, around the cells.
void DrawNames(const TransferMatrix& matrix, ImVec2 corner, const CellSizes& sizes) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImU32 colour = CurrentTheme().text_muted;
  for (std::size_t i = 0; i < matrix.places.size(); ++i) {
    const float at = static_cast<float>(i);
    DrawText(list, {corner.x + sizes.names + at * sizes.width + Px(4), corner.y},
             sizes.width - Px(8), colour, matrix.places[i].name);
    DrawText(list,
             {corner.x, corner.y + sizes.heads + (at + 0.5F) * sizes.height -
                            0.5F * ImGui::GetTextLineHeight()},
             sizes.names - Px(8), colour, matrix.places[i].name);
  }
}

void DrawMatrix(const ActionContext& context, const TransferMatrix& matrix) {
  TransferSheetState& state = context.window.transfer;
  const ImVec2 room = ImGui::GetContentRegionAvail();
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  const auto count = static_cast<float>(matrix.places.size());
  CellSizes sizes{.names = std::clamp(room.x * 0.18F, Px(70), Px(150)),
                  .heads = ImGui::GetTextLineHeight() + Px(8)};
  sizes.width = std::max((room.x - sizes.names) / count, Px(40));
  sizes.height = std::clamp((room.y - sizes.heads - Px(8)) / count, Px(26), Px(70));
  DrawNames(matrix, corner, sizes);
  for (std::size_t source = 0; source < matrix.places.size(); ++source) {
    for (std::size_t target = 0; target < matrix.places.size(); ++target) {
      const ImVec2 at{corner.x + sizes.names + static_cast<float>(target) * sizes.width,
                      corner.y + sizes.heads + static_cast<float>(source) * sizes.height};
      const bool clicked = DrawTransferCell(
          matrix, {source, target, state.figure, static_cast<std::size_t>(state.inputs)}, at,
          sizes);
      if (!clicked) continue;
      context.sender.Send(OpenTransferCase{source, target, static_cast<std::size_t>(state.inputs)});
      state.shown = false;
    }
  }
}

}  // namespace

void DrawTransferLine(const ActionContext& context) {
  const TransferMatrix* matrix = context.snapshots.transfer;
  if (matrix == nullptr) return;
  Heading("Transfer", FileOf(matrix->path));
  if (Button({.id = "transfer/open",
              .icon = kIconCompare,
              .text = "Open the matrix",
              .width = -1.0F,
              .tooltip = "How good what was learned in one environment is in others"})) {
    context.window.transfer.shown = true;
  }
}

void DrawTransferSheet(const Rect& window_rect, const ActionContext& context) {
  TransferSheetState& state = context.window.transfer;
  const TransferMatrix* matrix = context.snapshots.transfer;
  if (matrix == nullptr) {
    state.shown = false;
    return;
  }
  if (state.number != matrix->number) {  // just opened
    state.number = matrix->number;
    state.shown = true;
  }
  if (!state.shown) return;
  const ScopedSheet sheet("transfer##sheet", window_rect);
  DrawHead(*matrix, state);
  if (context.snapshots.blind()) {
    return TextWrapped("Hidden while you mark blind. Leave Mark mode to see it.",
                       CurrentTheme().text_muted);
  }
  DrawMaterial(*matrix);
  const ScopedChild child("transfer/matrix", {0, 0});
  DrawMatrix(context, *matrix);
}

}  // namespace lookout::ui
