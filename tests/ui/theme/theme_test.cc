#include "ui/theme/theme.h"

#include <doctest/doctest.h>
#include <imgui.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>

#include "ui/theme/fonts.h"
#include "ui/theme/icons.h"
#include "ui/theme/kinds.h"

namespace lookout::ui {
namespace {

constexpr std::array kThemes{ThemeKind::kDark, ThemeKind::kLight, ThemeKind::kHighContrast};

TEST_CASE("contrast is what WCAG says it is") {
  CHECK(ContrastRatio(Rgb(0x000000), Rgb(0xFFFFFF)) == doctest::Approx(21.0));
  CHECK(ContrastRatio(Rgb(0x777777), Rgb(0xFFFFFF)) == doctest::Approx(4.48).epsilon(0.002));
  CHECK(ContrastRatio(Rgb(0x123456), Rgb(0x123456)) == doctest::Approx(1.0));
}

TEST_CASE("text can be read on every surface of every theme") {
  for (const ThemeKind kind : kThemes) {
    const Theme& theme = GetTheme(kind);
    CAPTURE(ChoiceName(kind));
    for (const ImU32 surface : {theme.panel, theme.raised, theme.raised_hover, theme.background}) {
      CHECK(ContrastRatio(theme.text, surface) >= 4.5);
      CHECK(ContrastRatio(theme.text_muted, surface) >= 4.5);
    }
    CHECK(ContrastRatio(theme.text_on_accent, theme.accent) >= 4.5);
    CHECK(ContrastRatio(theme.text_on_accent, theme.accent_hover) >= 4.5);
    for (const ImU32 colour : {theme.unsafe_mark, theme.safe_mark, theme.unsure_mark, theme.good,
                               theme.warning, theme.error, theme.accent}) {
      CHECK(ContrastRatio(colour, theme.panel) >= 4.5);
    }
  }
}

TEST_CASE("curves and cost kinds stand out from the panel") {
  for (const ThemeKind kind : kThemes) {
    const Theme& theme = GetTheme(kind);
    CAPTURE(ChoiceName(kind));
    for (const ImU32 colour :
         {theme.reward, theme.true_cost, theme.predicted_cost, theme.limit, theme.playhead}) {
      CHECK(ContrastRatio(colour, theme.panel) >= 3.0);
    }
    for (const ImU32 colour : theme.series) CHECK(ContrastRatio(colour, theme.panel) >= 3.0);
    for (int i = 0; i < sim::kCostKindCount; ++i) {
      const KindStyle style = CostKindStyle(theme, static_cast<sim::CostKind>(i));
      CHECK(ContrastRatio(style.colour, theme.panel) >= 3.0);
    }
  }
}

TEST_CASE("fields stand out from the panels and the popups that they lie in") {
  ImGuiContext* const context = ImGui::CreateContext();
  for (const ThemeKind kind : kThemes) {
    CAPTURE(ChoiceName(kind));
    ApplyTheme(GetTheme(kind), 1.0F);
    const auto colour = [](ImGuiCol slot) {
      return ImGui::ColorConvertFloat4ToU32(ImGui::GetStyle().Colors[slot]);
    };
    CHECK(colour(ImGuiCol_FrameBg) != colour(ImGuiCol_PopupBg));
    CHECK(colour(ImGuiCol_FrameBg) != colour(ImGuiCol_WindowBg));
  }
  ImGui::DestroyContext(context);
}

TEST_CASE("colour is never the only sign of a kind") {
  std::set<std::string> icons;
  std::set<std::string> names;
  for (int i = 0; i < sim::kCostKindCount; ++i) {
    const KindStyle style =
        CostKindStyle(GetTheme(ThemeKind::kDark), static_cast<sim::CostKind>(i));
    icons.insert(style.icon);
    names.insert(style.name);
  }
  CHECK(icons.size() == sim::kCostKindCount);
  CHECK(names.size() == sim::kCostKindCount);
}

TEST_CASE("a verdict out of range has a look, too") {
  const Theme& theme = GetTheme(ThemeKind::kDark);
  CHECK(std::string(VerdictStyle(theme, static_cast<agents::Verdict>(9)).name) == "Unknown");
}

TEST_CASE("fonts have one width for all digits, and the icons") {
  ImFontAtlas atlas;
  const Fonts fonts = LoadFonts(atlas, 1.0F);
  CHECK(fonts.warning.empty());
  for (const ImFont* font : {fonts.body, fonts.strong, fonts.small, fonts.title}) {
    for (ImWchar digit = '0'; digit <= '9'; ++digit) {
      CHECK(font->GetCharAdvance(digit) == font->GetCharAdvance('0'));
    }
    CHECK(font->FindGlyphNoFallback(0xF04B) != nullptr);
    CHECK(font->FindGlyphNoFallback(0x03BB) != nullptr);
  }
}

TEST_CASE("fonts grow with the scale") {
  ImFontAtlas atlas;
  const float at_one = LoadFonts(atlas, 1.0F).body->FontSize;
  const float at_two = LoadFonts(atlas, 2.0F).body->FontSize;
  CHECK(at_two == doctest::Approx(2.0F * at_one));
}

TEST_CASE("a missing or broken font gives the built-in one and a warning with a way out") {
  const auto garbage = std::filesystem::temp_directory_path() / "lookout_not_a_font.otf";
  std::ofstream(garbage) << "OTTO" << std::string(4096, 'x');
  for (const std::string& path : {std::string("/nowhere/Inter.otf"), garbage.string(),
                                  std::string("/dev/null"), std::string("/tmp")}) {
    CAPTURE(path);
    ImFontAtlas atlas;
    const Fonts fonts = LoadFonts(atlas, 1.0F, 1.0F, {.regular = path});
    CHECK(fonts.warning.find("fonts-inter") != std::string::npos);
    REQUIRE(fonts.body != nullptr);
    CHECK(atlas.IsBuilt());
    CHECK(fonts.body->FindGlyphNoFallback('A') != nullptr);
  }
  std::filesystem::remove(garbage);
}

}  // namespace
}  // namespace lookout::ui
