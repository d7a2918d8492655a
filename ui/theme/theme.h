// The window's colours by meaning, and how Dear ImGui is dressed in them. Window thread only.
#pragma once

#include <imgui.h>

#include <array>
#include <cmath>
#include <cstdint>
#include <span>

#include "sim/base/choices.h"

namespace lookout::ui {

enum class ThemeKind : std::uint8_t { kDark, kLight, kHighContrast };
inline constexpr int kThemeCount = 3;
std::span<const lookout::Choice<ThemeKind>> Choices(ThemeKind kind);  // in settings and for people

// 0xRRGGBB as on paper, to ImGui's packed order.
constexpr ImU32 Rgb(std::uint32_t rgb, std::uint32_t alpha = 255) {
  return (alpha << 24) | ((rgb & 0xFFU) << 16) | (rgb & 0xFF00U) | ((rgb >> 16) & 0xFFU);
}
// The same colour with another opacity in [0, 1].
constexpr ImU32 WithAlpha(ImU32 colour, float alpha) {
  return (colour & 0x00FFFFFFU) | (static_cast<ImU32>(std::lround(alpha * 255.0F)) << 24);
}

struct Theme {
  // Surfaces, from the back to the front.
  ImU32 background, panel, raised, raised_hover, raised_active;
  ImU32 border, border_strong;
  // Text: at least 4.5:1 on panel and raised.
  ImU32 text, text_muted, text_on_accent;
  ImU32 accent, accent_hover;
  // Verdicts and states; also legible as text on panel.
  ImU32 unsafe_mark, safe_mark, unsure_mark;
  ImU32 good, warning, error;
  // What plots draw; at least 3:1 on panel.
  ImU32 reward, true_cost, predicted_cost, limit, playhead;
  ImU32 plot_grid;              // decoration, deliberately faint
  std::array<ImU32, 7> series;  // of curves side by side; Okabe-Ito
  bool is_light = false;
  bool is_high_contrast = false;

  // What raises a number and what lowers it: of a danger as verdicts, else in colours that say
  // nothing of good and bad. At least 3:1 on panel.
  ImU32 ContributionColour(double contribution, bool is_danger) const {
    if (is_danger) return contribution > 0.0 ? unsafe_mark : safe_mark;
    return contribution > 0.0 ? series[0] : series[1];
  }
};

const Theme& GetTheme(ThemeKind kind);

// Sets ImGui's style of the current context: colours, roundings, spacings. scale: 1 is 100 %.
void ApplyTheme(const Theme& theme, float scale);

// Contrast of two opaque colours, 1 to 21 (WCAG 2.1, relative luminance).
double ContrastRatio(ImU32 first, ImU32 second);

}  // namespace lookout::ui
