#include "ui/viewport/field_legend.h"

#include <fmt/format.h>

#include <cfloat>
#include <string>
#include <utility>

#include "ui/theme/ui_context.h"
#include "ui/viewport/painting/color_maps.h"

namespace lookout::ui {
namespace {

// Width of a view in which the legend also says where the field comes from; the height is half.
constexpr float kRoomForOrigin = 560.0F;

// What the field is of: one class of danger, or all; errors are always of all.
std::string TitleOf(const Snapshots& snapshots, FieldQuantity quantity) {
  const agents::DangerClass danger = snapshots.field.use.danger;
  if (danger == 0 || quantity == FieldQuantity::kErrorAgainstRule)
    return FieldQuantityName(quantity);
  const std::string& name = snapshots.marks.danger_classes().NameOf(danger);
  return quantity == FieldQuantity::kSpread ? name + ", spread" : name;
}

std::string OriginOf(const FieldSnapshot& field, const FitSnapshot& fit) {
  // Until the fitter has said what it has, nothing is claimed.
  const bool none = !fit.environment.empty() && fit.model == nullptr;
  if (!field.model) return none ? "no cost model of this yet: mark, then fit" : "";
  return fmt::format("cost model {}, step {}", field.model.value, field.step);
}

std::string Number(float value) { return fmt::format("{:.2g}", value); }

// What the two ends of the bar mean in words.
std::pair<const char*, const char*> EndsOf(FieldQuantity quantity) {
  switch (quantity) {
    case FieldQuantity::kPredicted:
      return {"safe", "unsafe"};
    case FieldQuantity::kSpread:
      return {"sure", "unsure"};
    case FieldQuantity::kErrorAgainstRule:
      break;
  }
  return {"missed", "false alarm"};
}

void DrawColorBar(ImDrawList& list, ImVec2 min, ImVec2 max, FieldQuantity quantity) {
  constexpr int kPieces = 48;
  const float piece = (max.x - min.x) / kPieces;
  for (int i = 0; i < kPieces; ++i) {
    const auto color = [&](int at) {
      const Rgba opaque = FieldColor(quantity, static_cast<float>(at) / kPieces).WithAlpha(1.0F);
      return ImGui::ColorConvertFloat4ToU32({opaque.r, opaque.g, opaque.b, opaque.a});
    };
    const ImVec2 a(min.x + piece * static_cast<float>(i), min.y);
    const ImVec2 b(a.x + piece, max.y);
    list.AddRectFilledMultiColor(a, b, color(i), color(i + 1), color(i + 1), color(i));
  }
  list.AddRect(min, max, CurrentTheme().border_strong);
}

// A line of small text from `left` to `right`: at the left edge for 0, at the right one for 1.
void DrawAlong(ImDrawList& list, ImVec2 left, float right, float along, const std::string& text,
               ImU32 color) {
  ImFont* font = CurrentFonts().small;
  const float width = font->CalcTextSizeA(font->FontSize, FLT_MAX, 0.0F, text.c_str()).x;
  const float x = left.x + along * (right - left.x - width);
  list.AddText(font, font->FontSize, {x, left.y}, color, text.c_str());
}

// The bar, the numbers at its ends and middle, and what they mean. Returns where it ends below.
float DrawScale(ImDrawList& list, ImVec2 min, float right, FieldQuantity quantity) {
  const float line = CurrentFonts().small->FontSize;
  float y = min.y + Px(10.0F);
  DrawColorBar(list, min, {right, y}, quantity);
  y += Px(3.0F);
  const FieldRange range = RangeOf(quantity);
  for (const float along : {0.0F, 0.5F, 1.0F}) {
    const std::string number = Number(range.low + along * (range.high - range.low));
    DrawAlong(list, {min.x, y}, right, along, number, CurrentTheme().text);
  }
  y += line + Px(1.0F);
  const auto [low, high] = EndsOf(quantity);
  DrawAlong(list, {min.x, y}, right, 0.0F, low, CurrentTheme().text_muted);
  DrawAlong(list, {min.x, y}, right, 1.0F, high, CurrentTheme().text_muted);
  return y + line;
}

}  // namespace

void DrawFieldLegend(const Snapshots& snapshots, FieldQuantity quantity, const ViewRect& rect,
                     LegendFold& fold, ImDrawList& list) {
  const float line = CurrentFonts().small->FontSize;
  const float scale = Px(10.0F + 3.0F + 1.0F) + 2.0F * line;
  const bool roomy = rect.width() >= Px(kRoomForOrigin) && rect.height() >= Px(kRoomForOrigin / 2);
  const float width = Px(roomy ? 200.0F : 124.0F);
  const std::string title = TitleOf(snapshots, quantity);
  const auto body =
      DrawLegendFrame({.id = "legend/field",
                       .title = title.c_str(),
                       .body = {width, scale + (roomy ? line + Px(3.0F) : 0.0F)},
                       .corner = {rect.max.x - Px(kViewMargin), rect.max.y - Px(kViewMargin)},
                       .pivot = {1.0F, 1.0F}},
                      rect, fold, list);
  if (!body) return;
  const float right = body->x + width;
  const float scale_end = DrawScale(list, *body, right, quantity);
  if (!roomy) return;
  DrawAlong(list, {body->x, scale_end + Px(3.0F)}, right, 0.0F,
            OriginOf(snapshots.field, snapshots.fit), CurrentTheme().text_muted);
}

}  // namespace lookout::ui
