#include "ui/panels/browse/attention_strip.h"

#include <algorithm>

#include "ui/theme/ui_context.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/text.h"

namespace lookout::ui {
namespace {

constexpr Eigen::Index kMostRows = 16;

void DrawHeads(const agents::Attention& attention, ImVec2 min, float width, float row_px,
               Eigen::Index rows) {
  const Theme& theme = CurrentTheme();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const auto columns = static_cast<float>(attention.weights.cols());
  const Eigen::Index heads = attention.weights.rows() / std::max(1, attention.layers);
  for (Eigen::Index row = 0; row < rows; ++row) {
    const Eigen::Index layer = row / heads;
    const float gap = Px(3) * static_cast<float>(layer);
    const float top = min.y + row_px * static_cast<float>(row) + gap;
    const float bottom = top + row_px - 1.0F;
    list.AddRectFilled({min.x, top}, {min.x + width, bottom}, theme.background);
    const float most = attention.weights.row(row).maxCoeff();
    for (Eigen::Index i = 0; i < attention.weights.cols(); ++i) {
      const float share = attention.weights(row, i) / most;
      const float left = min.x + width * static_cast<float>(i) / columns;
      const float right = min.x + width * static_cast<float>(i + 1) / columns;
      // Its height tells, too: colour is never the only sign.
      list.AddRectFilled({left, bottom - share * (bottom - top)}, {right, bottom},
                         WithAlpha(theme.accent, 0.35F + 0.65F * share));
    }
  }
}

}  // namespace

void DrawAttentionStrip(const Snapshots& snapshots) {
  const AttentionMoment* moment = snapshots.shown_attention();
  if (moment == nullptr) return;
  const agents::Attention& attention = moment->attention;
  const Eigen::Index rows = std::min(attention.weights.rows(), kMostRows);
  const Eigen::Index heads = attention.weights.rows() / std::max(1, attention.layers);
  TextMuted(Short("Attention, %d decisions", static_cast<int>(attention.weights.cols())));
  const float row_px = Px(9);
  const float width = ImGui::GetContentRegionAvail().x;
  const ImVec2 min = ImGui::GetCursorScreenPos();
  const Eigen::Index last_layer = (rows - 1) / heads;
  const float gaps = Px(3) * static_cast<float>(last_layer);
  ImGui::Dummy({width, row_px * static_cast<float>(rows) + gaps});
  NoteItem("attention");
  Tooltip(
      Short("A row for each head (%d in each layer), the lowest layer first. Left to right: the "
            "decisions, the present one last.",
            static_cast<int>(heads)));
  DrawHeads(attention, min, width, row_px, rows);
}

}  // namespace lookout::ui
