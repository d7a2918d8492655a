#include "ui/viewport/pill.h"

#include <cfloat>
#include <cmath>

#include "ui/theme/ui_context.h"

namespace lookout::ui {
namespace {

ImVec2 StrongSize(const std::string& text) {
  ImFont* font = CurrentFonts().strong;
  return font->CalcTextSizeA(font->FontSize, FLT_MAX, 0.0F, text.c_str());
}

}  // namespace

PillLook PlainPill() {
  const Theme& theme = CurrentTheme();
  return {theme.text, WithAlpha(theme.panel, 0.82F), WithAlpha(theme.border, 0.9F)};
}

ImVec2 PillSize(const std::string& text) {
  const ImVec2 size = StrongSize(text);
  return {size.x + 2.0F * Px(10.0F), size.y + 2.0F * Px(5.0F)};
}

ImVec2 DrawPill(ImDrawList& list, ImVec2 anchor, ImVec2 pivot, const std::string& text,
                const PillLook& look) {
  ImFont* font = CurrentFonts().strong;
  const ImVec2 padding(Px(10.0F), Px(5.0F));
  const ImVec2 size = PillSize(text);
  const ImVec2 min(std::floor(anchor.x - pivot.x * size.x),
                   std::floor(anchor.y - pivot.y * size.y));
  const ImVec2 max(min.x + size.x, min.y + size.y);
  list.AddRectFilled(min, max, look.background, 0.5F * size.y);
  list.AddRect(min, max, look.border, 0.5F * size.y);
  list.AddText(font, font->FontSize, {min.x + padding.x, min.y + padding.y}, look.text,
               text.c_str());
  return size;
}

}  // namespace lookout::ui
