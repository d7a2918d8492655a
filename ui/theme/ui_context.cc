#include "ui/theme/ui_context.h"

#include <algorithm>

#include "sim/base/check.h"
#include "sim/base/log.h"

namespace lookout::ui {

UiContext::UiContext() {
  LOOKOUT_CHECK(ImGui::GetIO().UserData == nullptr, "this ImGui context has a UiContext already");
  ImGui::GetIO().UserData = this;
}

UiContext::~UiContext() { ImGui::GetIO().UserData = nullptr; }

bool UiContext::Apply(ThemeKind kind, float scale, float density) {
  theme_ = &GetTheme(kind);
  scale = std::clamp(scale, 0.5F, 4.0F);
  density = std::clamp(density, 0.5F, 4.0F);
  ApplyTheme(*theme_, scale);
  if (scale == scale_ && density == density_) return false;
  scale_ = scale;
  density_ = density;
  fonts_ = LoadFonts(*ImGui::GetIO().Fonts, scale, density);
  ImGui::GetIO().FontDefault = fonts_.body;
  if (!fonts_.warning.empty() && !warned_) LogWarning(fonts_.warning);
  warned_ = warned_ || !fonts_.warning.empty();
  return true;
}

const UiContext& CurrentUi() {
  const auto* context = static_cast<const UiContext*>(ImGui::GetIO().UserData);
  LOOKOUT_CHECK(context != nullptr, "no UiContext was made for this ImGui context");
  return *context;
}

}  // namespace lookout::ui
