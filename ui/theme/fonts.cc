#include "ui/theme/fonts.h"

#include <imgui_freetype.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <fstream>
#include <iterator>

#include "ui/theme/icons.h"

namespace lookout::ui {
namespace {

constexpr std::size_t kLargestFontFile = 32U << 20U;

// Latin, Greek and Cyrillic letters, punctuation, arrows and the signs that plots need.
constexpr ImWchar kTextRanges[] = {0x0020, 0x024F, 0x0370, 0x03FF, 0x0400, 0x045F, 0x2010,
                                   0x205E, 0x2070, 0x209C, 0x20AC, 0x20AC, 0x2190, 0x21FF,
                                   0x2200, 0x2265, 0x2300, 0x2335, 0x25A0, 0x25FF, 0};
constexpr ImWchar kNarrowRanges[] = {0x0020, 0x017F, 0x03BB, 0x03BB, 0x2010, 0x2044, 0x2190, 0x2193,
                                     0x2212, 0x2212, 0x221A, 0x221A, 0x2264, 0x2265, 0};
constexpr ImWchar kIconRanges[] = {kIconFirst, kIconLast, 0};

bool LooksLikeFont(const std::string& bytes) {
  if (bytes.size() < 64) return false;
  const std::string magic = bytes.substr(0, 4);
  return magic == "OTTO" || magic == "true" || magic == "ttcf" ||
         magic == std::string("\0\1\0\0", 4);
}

std::string ReadFont(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::string bytes;
  char block[65536];
  while (file && bytes.size() <= kLargestFontFile) {
    file.read(block, sizeof block);
    bytes.append(block, static_cast<std::size_t>(file.gcount()));
  }
  return bytes.size() <= kLargestFontFile && LooksLikeFont(bytes) ? bytes : std::string();
}

// ImGui frees what it is given, so each font gets its own copy of the file.
ImFont* AddFont(ImFontAtlas& atlas, const std::string& bytes, float size_px, ImFontConfig config,
                const ImWchar* ranges) {
  void* copy = ImGui::MemAlloc(bytes.size());
  std::memcpy(copy, bytes.data(), bytes.size());
  return atlas.AddFontFromMemoryTTF(copy, static_cast<int>(bytes.size()), size_px, &config, ranges);
}

struct FontBytes {
  std::string regular, strong, icons;
};

ImFont* AddTextAndIcons(ImFontAtlas& atlas, const std::string& text, const std::string& icons,
                        float size_px, const ImWchar* ranges) {
  ImFontConfig config;
  config.FontBuilderFlags = ImGuiFreeTypeBuilderFlags_LightHinting;
  config.OversampleH = 1;
  ImFont* font = nullptr;
  if (text.empty()) {
    ImFontConfig builtin;
    builtin.SizePixels = size_px;
    font = atlas.AddFontDefault(&builtin);
  } else {
    font = AddFont(atlas, text, size_px, config, ranges);
  }
  if (!icons.empty()) {
    config.MergeMode = true;
    config.GlyphMinAdvanceX = size_px * 1.15F;
    config.GlyphOffset = {0.0F, std::round(size_px * 0.05F)};
    AddFont(atlas, icons, std::round(size_px * 0.96F), config, kIconRanges);
  }
  return font;
}

bool Build(ImFontAtlas& atlas, const FontBytes& bytes, float pixels, Fonts& fonts) {
  atlas.Clear();
  atlas.FontBuilderIO = ImGuiFreeType::GetBuilderForFreeType();
  atlas.Flags |= ImFontAtlasFlags_NoPowerOfTwoHeight;
  const auto size = [pixels](float px) { return std::max(6.0F, std::round(px * pixels)); };
  fonts.body = AddTextAndIcons(atlas, bytes.regular, bytes.icons, size(17), kTextRanges);
  fonts.strong = AddTextAndIcons(atlas, bytes.strong, bytes.icons, size(17), kNarrowRanges);
  fonts.small = AddTextAndIcons(atlas, bytes.regular, bytes.icons, size(15), kNarrowRanges);
  fonts.title = AddTextAndIcons(atlas, bytes.strong, bytes.icons, size(24), kNarrowRanges);
  return atlas.Build();
}

// Inter's digits differ in width; centre each in the widest one's cell.
void MakeDigitsTabular(ImFont& font) {
  float widest = 0.0F;
  for (ImWchar digit = '0'; digit <= '9'; ++digit) {
    widest = std::max(widest, font.GetCharAdvance(digit));
  }
  for (ImWchar digit = '0'; digit <= '9'; ++digit) {
    auto* glyph = const_cast<ImFontGlyph*>(font.FindGlyphNoFallback(digit));
    if (glyph == nullptr) continue;
    const float shift = std::floor((widest - glyph->AdvanceX) * 0.5F);
    glyph->X0 += shift;
    glyph->X1 += shift;
    glyph->AdvanceX = widest;
    font.IndexAdvanceX[digit] = widest;
  }
}

std::string MissingFontWarning(const FontBytes& bytes, const FontFiles& files) {
  const std::string* missing = nullptr;
  if (bytes.icons.empty()) missing = &files.icons;
  if (bytes.strong.empty()) missing = &files.strong;
  if (bytes.regular.empty()) missing = &files.regular;
  if (missing == nullptr) return {};
  return "The font " + *missing +
         " is missing or not a font, so the built-in one is used; install fonts-inter and "
         "fonts-fork-awesome";
}

}  // namespace

Fonts LoadFonts(ImFontAtlas& atlas, float scale, float density, const FontFiles& files) {
  FontBytes bytes{ReadFont(files.regular), ReadFont(files.strong), ReadFont(files.icons)};
  if (bytes.strong.empty()) bytes.strong = bytes.regular;
  Fonts fonts;
  fonts.warning = MissingFontWarning(bytes, files);
  if (!Build(atlas, bytes, scale * density, fonts)) {
    // A file with a font's first bytes that FreeType refuses.
    fonts.warning = MissingFontWarning({}, files);
    bytes = {};
    Build(atlas, bytes, scale * density, fonts);
  }
  for (ImFont* font : atlas.Fonts) {
    MakeDigitsTabular(*font);
    font->Scale = 1.0F / density;
  }
  return fonts;
}

}  // namespace lookout::ui
