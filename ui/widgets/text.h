// Text that can come from anywhere: drawn literally, never as a format or an id, cut to fit.
// Window thread only.
#pragma once

#include <imgui.h>

#include <cstdint>
#include <span>
#include <string_view>

namespace lookout::ui {

// A short text on the stack, for numbers drawn every frame. Cuts what does not fit; a number that
// rounds to zero has no minus.
class Short {
 public:
  Short() = default;
  explicit Short(const char* format, ...) __attribute__((format(printf, 2, 3)));
  std::string_view view() const { return {text_, length_}; }
  const char* c_str() const { return text_; }
  operator std::string_view() const { return view(); }  // NOLINT(google-explicit-constructor)

 private:
  char text_[160] = {};
  std::size_t length_ = 0;
};

// At most `bytes` of a text, not ending inside a UTF-8 character.
std::string_view Cut(std::string_view text, std::size_t bytes);

ImVec2 TextSize(std::string_view text, ImFont* font = nullptr);

// Draws into the list at `position` with an ellipsis if wider than `width`; returns the width used.
float DrawText(ImDrawList& list, ImVec2 position, float width, ImU32 colour, std::string_view text,
               ImFont* font = nullptr);

// As ImGui items. Colour 0: the theme's text.
void Text(std::string_view text, ImU32 colour = 0, ImFont* font = nullptr);
void TextMuted(std::string_view text);
void TextSmall(std::string_view text);                      // small and muted
void TextWrapped(std::string_view text, ImU32 colour = 0);  // at the content region's edge
// One line, cut with an ellipsis; the whole text is in the tooltip then.
void TextEllipsis(std::string_view text, float width, ImU32 colour = 0, ImFont* font = nullptr);
// One line of parts with dots between them. Where it is too narrow for all, the least important
// ones are left out (the larger the number the less important); the whole line is in the tooltip
// then.
struct TextPart {
  std::string_view text;
  int rank = 0;  // 0: stays
};
void TextParts(std::span<const TextPart> parts, float width, ImU32 colour = 0);

// A heading of a section, with a muted remark at the right edge.
void Heading(std::string_view text, std::string_view remark = {});
// "Name        value" across the content region.
void NameAndValue(std::string_view name, std::string_view value, ImU32 value_colour = 0);

// 1234567 -> "1.23M", 30000 -> "30k", 950 -> "950".
Short CompactCount(double count);
// 3.4, 12.0, 125, -0.07, "–" for NaN.
Short CompactNumber(double number);

}  // namespace lookout::ui
