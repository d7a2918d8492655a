#include "ui/viewport/field_legend.h"

#include <cfloat>
#include <cstdio>
#include <string>
#include <utility>

#include "ui/theme/ui_context.h"
#include "ui/viewport/painting/color_maps.h"

namespace lookout::ui {
namespace {

std::string OriginOf(const FieldSnapshot& field) {
  if (!field.model) return "no cost model of this yet: mark, then fit";
  return "cost model " + std::to_string(field.model.value) + ", step " + std::to_string(field.step);
}

std::string Number(float value) {
  char text[16];
  std::snprintf(text, sizeof text, "%.2g", static_cast<double>(value));
  return text;
}

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

void DrawFieldLegend(const FieldSnapshot& field, FieldQuantity quantity, const ViewRect& rect,
                     ImDrawList& list) {
  const Theme& theme = CurrentTheme();
  ImFont* strong = CurrentFonts().strong;
  const float pad = Px(10.0F);
  const float width = Px(230.0F);
  const float height =
      2 * pad + strong->FontSize + Px(10.0F) + 3 * CurrentFonts().small->FontSize + Px(16.0F);
  const ImVec2 max(rect.max.x - Px(kViewMargin), rect.max.y - Px(kViewMargin));
  const ImVec2 min(max.x - width, max.y - height);
  list.AddRectFilled(min, max, WithAlpha(theme.panel, 0.85F), Px(6.0F));
  list.AddRect(min, max, theme.border, Px(6.0F));

  const float left = min.x + pad;
  const float right = max.x - pad;
  list.AddText(strong, strong->FontSize, {left, min.y + pad}, theme.text,
               FieldQuantityName(quantity));
  const float scale_end =
      DrawScale(list, {left, min.y + pad + strong->FontSize + Px(5.0F)}, right, quantity);
  DrawAlong(list, {left, scale_end + Px(3.0F)}, right, 0.0F, OriginOf(field), theme.text_muted);
}

}  // namespace lookout::ui
