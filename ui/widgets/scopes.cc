#include "ui/widgets/scopes.h"

#include <algorithm>

#include "ui/widgets/controls.h"

namespace lookout::ui {

ScopedRegion::ScopedRegion(const char* name, const Rect& rect, ImU32 background, ImVec2 padding,
                           ImGuiWindowFlags flags, Layer layer) {
  ImGui::SetNextWindowPos(rect.min);
  ImGui::SetNextWindowSize({std::max(1.0F, rect.width()), std::max(1.0F, rect.height())});
  ImGui::PushStyleColor(ImGuiCol_WindowBg, background);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, padding);
  // Tab belongs to the keymap (it hides a panel) unless a person fills in a form.
  const bool typing = ImGui::GetIO().WantTextInput || FieldHasFocus();
  ImGui::Begin(name, nullptr,
               ImGuiWindowFlags_NoTitleBar | ImGuiWindowFlags_NoResize | ImGuiWindowFlags_NoMove |
                   ImGuiWindowFlags_NoCollapse | ImGuiWindowFlags_NoSavedSettings |
                   (layer == Layer::kWindow ? ImGuiWindowFlags_NoBringToFrontOnFocus : 0) |
                   (typing ? 0 : ImGuiWindowFlags_NoNavInputs) | flags);
  ImGui::PopStyleVar();
  ImGui::PopStyleColor();
}

ScopedRegion::~ScopedRegion() { ImGui::End(); }

namespace {

Rect Within(const Rect& rect, float margin) {
  return {{rect.min.x + margin, rect.min.y + margin}, {rect.max.x - margin, rect.max.y - margin}};
}

}  // namespace

ScopedSheet::ScopedSheet(const char* name, const Rect& window_rect)
    : rounding_(ImGuiStyleVar_WindowRounding, Px(10)),
      border_(ImGuiStyleVar_WindowBorderSize, 1.0F),
      region_(name, Within(window_rect, Px(24)), CurrentTheme().panel, {Px(20), Px(14)}, 0,
              ScopedRegion::Layer::kSheet) {
  if (ImGui::IsWindowAppearing()) ImGui::SetWindowFocus();
}

}  // namespace lookout::ui
