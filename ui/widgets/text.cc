#include "ui/widgets/text.h"

#include <imgui_internal.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdarg>
#include <cstdio>
#include <cstring>
#include <string>

#include "ui/theme/ui_context.h"
#include "ui/widgets/scopes.h"
#include "ui/widgets/wrap.h"

namespace lookout::ui {
namespace {

constexpr std::size_t kLongestLine = 512;  // bytes laid out of a text that must fit one line
constexpr std::size_t kLongestParagraph = 4096;
constexpr char kEllipsis[] = "\xE2\x80\xA6";

const char* End(std::string_view text) { return text.data() + text.size(); }

float Width(std::string_view text, ImFont* font) {
  return font
      ->CalcTextSizeA(font->FontSize * font->Scale, FLT_MAX, 0.0F, text.data(), End(text), nullptr)
      .x;
}

// The longest beginning of `text` that fits, on a character boundary.
std::string_view Fitting(std::string_view text, float width, ImFont* font) {
  if (text.empty()) return text;
  const char* rest = text.data();
  font->CalcTextSizeA(font->FontSize * font->Scale, std::max(width, 1.0F), 0.0F, text.data(),
                      End(text), &rest);
  return text.substr(0, static_cast<std::size_t>(rest - text.data()));
}

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// "-0.00" is nothing that a person would write: the sign of a number whose digits are all 0 goes.
void DropMinusOfZero(char* text) {
  for (char* at = text; *at != '\0'; ++at) {
    const bool begins = at == text || at[-1] == ' ' || at[-1] == '(';
    if (*at != '-' || !begins || !IsDigit(at[1])) continue;
    const char* end = at + 1;
    bool zero = true;
    for (; IsDigit(*end) || *end == '.'; ++end) zero = zero && (*end == '0' || *end == '.');
    if (zero) std::memmove(at, at + 1, std::strlen(at));
  }
}

std::string_view FirstLine(std::string_view text) {
  text = Cut(text, kLongestLine);
  return text.substr(0, text.find_first_of("\r\n"));
}

}  // namespace

Short::Short(const char* format, ...) {
  va_list arguments;
  va_start(arguments, format);
  const int length = std::vsnprintf(text_, sizeof text_, format, arguments);
  va_end(arguments);
  if (length > 0) DropMinusOfZero(text_);
  length_ = std::strlen(text_);
}

std::string_view Cut(std::string_view text, std::size_t bytes) {
  if (text.size() <= bytes) return text;
  while (bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xC0U) == 0x80U) --bytes;
  return text.substr(0, bytes);
}

ImVec2 TextSize(std::string_view text, ImFont* font) {
  if (font == nullptr) font = ImGui::GetFont();
  const float size = font->FontSize * font->Scale;
  if (text.empty()) return {0.0F, size};
  return font->CalcTextSizeA(size, FLT_MAX, 0.0F, text.data(), End(text), nullptr);
}

float DrawText(ImDrawList& list, ImVec2 position, float width, ImU32 colour, std::string_view text,
               ImFont* font) {
  if (font == nullptr) font = ImGui::GetFont();
  text = FirstLine(text);
  if (text.empty() || width <= 0.0F) return 0.0F;
  const float size = font->FontSize * font->Scale;
  float used = Width(text, font);
  const bool cut = used > width + 0.5F;
  if (cut) {
    text = Fitting(text, width - Width(kEllipsis, font), font);
    used = Width(text, font);
  }
  list.AddText(font, size, position, colour, text.data(), End(text));
  if (cut) list.AddText(font, size, {position.x + used, position.y}, colour, kEllipsis);
  return cut ? width : used;
}

void Text(std::string_view text, ImU32 colour, ImFont* font) {
  const ScopedFont scoped(font != nullptr ? font : ImGui::GetFont());
  const ScopedColour tint(ImGuiCol_Text, colour != 0 ? colour : CurrentTheme().text);
  text = Cut(text, kLongestParagraph);
  const ImGuiWindow& window = *ImGui::GetCurrentWindow();
  if (window.DC.TextWrapPos < 0.0F) return ImGui::TextUnformatted(text.data(), End(text));
  std::array<char, 2 * kLongestParagraph> room;  // NOLINT(*-member-init): written by WrapText
  const float width = ImGui::CalcWrapWidthForPos(window.DC.CursorPos, window.DC.TextWrapPos);
  const std::string_view lines = WrapText(text, width, *ImGui::GetFont(), room);
  ImGui::PushTextWrapPos(-1.0F);
  ImGui::TextUnformatted(lines.data(), End(lines));
  ImGui::PopTextWrapPos();
}

void TextMuted(std::string_view text) { Text(text, CurrentTheme().text_muted); }

void TextSmall(std::string_view text) {
  Text(text, CurrentTheme().text_muted, CurrentFonts().small);
}

void TextWrapped(std::string_view text, ImU32 colour) {
  ImGui::PushTextWrapPos(0.0F);
  Text(text, colour, ImGui::GetFont());
  ImGui::PopTextWrapPos();
}

void TextEllipsis(std::string_view text, float width, ImU32 colour, ImFont* font) {
  if (font == nullptr) font = ImGui::GetFont();
  // As low as AlignTextToFramePadding asked, which a Dummy does not heed.
  const float drop = ImGui::GetCurrentWindow()->DC.CurrLineTextBaseOffset;
  ImVec2 position = ImGui::GetCursorScreenPos();
  position.y += drop;
  width = std::max(width, 1.0F);
  const bool cut = Width(FirstLine(text), font) > width + 0.5F;
  DrawText(*ImGui::GetWindowDrawList(), position, width, colour != 0 ? colour : CurrentTheme().text,
           text, font);
  ImGui::Dummy({width, font->FontSize * font->Scale + drop});
  if (!cut || !ImGui::IsItemHovered()) return;
  ImGui::BeginTooltip();
  ImGui::PushTextWrapPos(Px(360));
  Text(Cut(text, 1000));
  ImGui::PopTextWrapPos();
  ImGui::EndTooltip();
}

namespace {

std::string Joined(std::span<const TextPart> parts, int highest_rank) {
  std::string line;
  for (const TextPart& part : parts) {
    if (part.rank > highest_rank || part.text.empty()) continue;
    if (!line.empty()) line += "  \xC2\xB7  ";
    line += part.text;
  }
  return line;
}

}  // namespace

void TextParts(std::span<const TextPart> parts, float width, ImU32 colour) {
  int rank = 0;
  for (const TextPart& part : parts) rank = std::max(rank, part.rank);
  const std::string whole = Joined(parts, rank);
  std::string line = whole;
  while (rank > 0 && TextSize(line).x > width) line = Joined(parts, --rank);
  TextEllipsis(line, width, colour);
  const bool cut_again = TextSize(line).x > width + 0.5F;  // whose tooltip TextEllipsis shows
  if (line.size() < whole.size() && !cut_again && ImGui::IsItemHovered()) {
    ImGui::SetTooltip("%s", whole.c_str());
  }
}

void Heading(std::string_view text, std::string_view remark) {
  const float room = ImGui::GetContentRegionAvail().x;
  const float right = ImGui::GetCursorPosX() + room;
  const float width = remark.empty() ? 0.0F : TextSize(remark, CurrentFonts().small).x;
  TextEllipsis(text, room - (remark.empty() ? 0.0F : width + Px(8)), 0, CurrentFonts().strong);
  if (remark.empty()) return;
  ImGui::SameLine(right - width);
  ImGui::SetCursorPosY(ImGui::GetCursorPosY() + Px(2));
  TextSmall(remark);
}

void NameAndValue(std::string_view name, std::string_view value, ImU32 value_colour) {
  const float width = ImGui::GetContentRegionAvail().x;
  const float x = ImGui::GetCursorPosX();
  const float value_width = std::min(TextSize(value).x, width * 0.65F);
  TextEllipsis(name, width - value_width - Px(8), CurrentTheme().text_muted);
  ImGui::SameLine(x + width - value_width, 0.0F);
  TextEllipsis(value, value_width + 1.0F, value_colour);
}

Short CompactCount(double count) {
  const double size = std::abs(count);
  if (!std::isfinite(count)) return Short("–");
  if (size >= 1e9) return Short("%.2fG", count / 1e9);
  if (size >= 1e7) return Short("%.1fM", count / 1e6);
  if (size >= 1e6) return Short("%.2fM", count / 1e6);
  if (size >= 1e5) return Short("%.0fk", count / 1e3);
  if (size >= 1e4) return Short("%.1fk", count / 1e3);
  return Short("%.0f", count);
}

Short CompactNumber(double number) {
  const double size = std::abs(number);
  if (!std::isfinite(number)) return Short("–");
  if (size >= 1e4) return CompactCount(number);
  if (size >= 100.0) return Short("%.0f", number);
  if (size >= 10.0) return Short("%.1f", number);
  if (size >= 0.095 || size == 0.0) return Short("%.2f", number);
  return size >= 5e-4 ? Short("%.4f", number) : Short("%.1e", number);
}

}  // namespace lookout::ui
