#include "ui/theme/theme.h"

#include <algorithm>
#include <cmath>

namespace lookout::ui {
namespace {

constexpr std::array<lookout::Choice<ThemeKind>, kThemeCount> kThemeKinds{
    {{ThemeKind::kDark, "Dark"},
     {ThemeKind::kLight, "Light"},
     {ThemeKind::kHighContrast, "High contrast"}}};

constexpr Theme kDarkTheme{
    .background = Rgb(0x0C0E12),
    .panel = Rgb(0x14171C),
    .raised = Rgb(0x1E222A),
    .raised_hover = Rgb(0x282D37),
    .raised_active = Rgb(0x323845),
    .border = Rgb(0x262B34),
    .border_strong = Rgb(0x3D4552),
    .text = Rgb(0xE8EAEE),
    .text_muted = Rgb(0x9FA8B7),
    .text_on_accent = Rgb(0x0C0E12),
    .accent = Rgb(0x8C9EFF),
    .accent_hover = Rgb(0xA5B3FF),
    .unsafe_mark = Rgb(0xE8701A),
    .safe_mark = Rgb(0x17B287),
    .unsure_mark = Rgb(0xA9B0BC),
    .good = Rgb(0x2BC299),
    .warning = Rgb(0xF0B429),
    .error = Rgb(0xFF7B72),
    .reward = Rgb(0x17B287),
    .true_cost = Rgb(0xE69F00),
    .predicted_cost = Rgb(0xD98CB8),
    .limit = Rgb(0xFF7B72),
    .playhead = Rgb(0xE8EAEE),
    .plot_grid = Rgb(0x232831),
    .series = {Rgb(0x56B4E9), Rgb(0xE69F00), Rgb(0xE8701A), Rgb(0x17B287), Rgb(0xF0E442),
               Rgb(0x3390D6), Rgb(0xCC79A7)},
};

constexpr Theme kLightTheme{
    .background = Rgb(0xECEEF1),
    .panel = Rgb(0xFCFCFD),
    .raised = Rgb(0xEFF1F4),
    .raised_hover = Rgb(0xE3E6EB),
    .raised_active = Rgb(0xD5DAE2),
    .border = Rgb(0xDCE0E6),
    .border_strong = Rgb(0xB4BCC8),
    .text = Rgb(0x14171C),
    .text_muted = Rgb(0x4F5866),
    .text_on_accent = Rgb(0xFFFFFF),
    .accent = Rgb(0x4353CF),
    .accent_hover = Rgb(0x3544B8),
    .unsafe_mark = Rgb(0xB34A00),
    .safe_mark = Rgb(0x00735A),
    .unsure_mark = Rgb(0x5B6370),
    .good = Rgb(0x00735A),
    .warning = Rgb(0x8A5A00),
    .error = Rgb(0xBF2A1F),
    .reward = Rgb(0x00855F),
    .true_cost = Rgb(0xAF6B00),
    .predicted_cost = Rgb(0xA8467F),
    .limit = Rgb(0xBF2A1F),
    .playhead = Rgb(0x14171C),
    .plot_grid = Rgb(0xE6E9ED),
    .series = {Rgb(0x2585BF), Rgb(0xAF6B00), Rgb(0xC75400), Rgb(0x00855F), Rgb(0x8C7E00),
               Rgb(0x0062A0), Rgb(0xA8467F)},
    .is_light = true,
};

constexpr Theme kHighContrastTheme{
    .background = Rgb(0x000000),
    .panel = Rgb(0x000000),
    .raised = Rgb(0x141414),
    .raised_hover = Rgb(0x2E2E2E),
    .raised_active = Rgb(0x474747),
    .border = Rgb(0x8C8C8C),
    .border_strong = Rgb(0xFFFFFF),
    .text = Rgb(0xFFFFFF),
    .text_muted = Rgb(0xDADADA),
    .text_on_accent = Rgb(0x000000),
    .accent = Rgb(0xFFE14D),
    .accent_hover = Rgb(0xFFF0A0),
    .unsafe_mark = Rgb(0xFF8A33),
    .safe_mark = Rgb(0x2BE0AC),
    .unsure_mark = Rgb(0xDADADA),
    .good = Rgb(0x2BE0AC),
    .warning = Rgb(0xFFC933),
    .error = Rgb(0xFF8E86),
    .reward = Rgb(0x2BE0AC),
    .true_cost = Rgb(0xFFB52E),
    .predicted_cost = Rgb(0xFFA6D6),
    .limit = Rgb(0xFF8E86),
    .playhead = Rgb(0xFFFFFF),
    .plot_grid = Rgb(0x4D4D4D),
    .series = {Rgb(0x7CCBFF), Rgb(0xFFB52E), Rgb(0xFF8A33), Rgb(0x2BE0AC), Rgb(0xF0E442),
               Rgb(0x5CAEFF), Rgb(0xFFA6D6)},
    .is_high_contrast = true,
};

ImVec4 Float4(ImU32 colour) { return ImGui::ColorConvertU32ToFloat4(colour); }

void SetMetrics(ImGuiStyle& style) {
  style.WindowPadding = {12, 10};
  style.FramePadding = {8, 5};
  style.ItemSpacing = {8, 7};
  style.ItemInnerSpacing = {6, 4};
  style.CellPadding = {6, 4};
  style.ScrollbarSize = 11;
  style.GrabMinSize = 10;
  style.WindowRounding = 0;
  style.ChildRounding = 6;
  style.FrameRounding = 5;
  style.PopupRounding = 7;
  style.ScrollbarRounding = 6;
  style.GrabRounding = 5;
  style.TabRounding = 5;
  style.WindowBorderSize = 0;
  style.ChildBorderSize = 0;
  style.PopupBorderSize = 1;
  style.FrameBorderSize = 0;
  style.WindowMinSize = {8, 8};
  style.DisabledAlpha = 0.45F;
  style.WindowMenuButtonPosition = ImGuiDir_None;
}

void SetColours(const Theme& theme, ImVec4* colours) {
  const auto set = [colours](ImGuiCol slot, ImU32 colour) { colours[slot] = Float4(colour); };
  set(ImGuiCol_Text, theme.text);
  set(ImGuiCol_TextDisabled, theme.text_muted);
  set(ImGuiCol_WindowBg, theme.panel);
  set(ImGuiCol_ChildBg, WithAlpha(theme.panel, 0.0F));
  set(ImGuiCol_PopupBg, theme.panel);  // fields in a popup stand out from it
  set(ImGuiCol_Border, theme.border_strong);
  set(ImGuiCol_FrameBg, theme.raised);
  set(ImGuiCol_FrameBgHovered, theme.raised_hover);
  set(ImGuiCol_FrameBgActive, theme.raised_active);
  set(ImGuiCol_Button, theme.raised);
  set(ImGuiCol_ButtonHovered, theme.raised_hover);
  set(ImGuiCol_ButtonActive, theme.raised_active);
  set(ImGuiCol_Header, WithAlpha(theme.accent, 0.22F));
  set(ImGuiCol_HeaderHovered, theme.raised_hover);
  set(ImGuiCol_HeaderActive, theme.raised_active);
  set(ImGuiCol_CheckMark, theme.accent);
  set(ImGuiCol_SliderGrab, theme.accent);
  set(ImGuiCol_SliderGrabActive, theme.accent_hover);
  set(ImGuiCol_Separator, theme.border);
  set(ImGuiCol_ScrollbarBg, WithAlpha(theme.panel, 0.0F));
  set(ImGuiCol_ScrollbarGrab, theme.border_strong);
  set(ImGuiCol_ScrollbarGrabHovered, theme.text_muted);
  set(ImGuiCol_ScrollbarGrabActive, theme.text_muted);
  set(ImGuiCol_TextSelectedBg, WithAlpha(theme.accent, 0.35F));
  set(ImGuiCol_NavHighlight, theme.accent);
  set(ImGuiCol_ModalWindowDimBg, WithAlpha(theme.background, 0.6F));
}

double LinearChannel(ImU32 colour, int shift) {
  const double channel = ((colour >> shift) & 0xFFU) / 255.0;
  return channel <= 0.03928 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double RelativeLuminance(ImU32 colour) {
  return 0.2126 * LinearChannel(colour, 0) + 0.7152 * LinearChannel(colour, 8) +
         0.0722 * LinearChannel(colour, 16);
}

}  // namespace

std::span<const lookout::Choice<ThemeKind>> Choices(ThemeKind /*kind*/) { return kThemeKinds; }

const Theme& GetTheme(ThemeKind kind) {
  switch (kind) {
    case ThemeKind::kLight:
      return kLightTheme;
    case ThemeKind::kHighContrast:
      return kHighContrastTheme;
    case ThemeKind::kDark:
      break;
  }
  return kDarkTheme;
}

void ApplyTheme(const Theme& theme, float scale) {
  ImGuiStyle style;
  SetMetrics(style);
  SetColours(theme, style.Colors);
  style.ScaleAllSizes(scale);
  style.PopupBorderSize = std::max(1.0F, std::floor(scale));
  ImGui::GetStyle() = style;
}

double ContrastRatio(ImU32 first, ImU32 second) {
  const double a = RelativeLuminance(first);
  const double b = RelativeLuminance(second);
  return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
}

}  // namespace lookout::ui
