#include "ui/widgets/wrap.h"

#include <imgui_internal.h>

#include <algorithm>
#include <cstddef>

namespace lookout::ui {
namespace {

bool IsPercent(std::string_view rest) {
  return rest.starts_with('%') && (rest.size() == 1 || rest[1] == ' ' || rest[1] == ',' ||
                                   rest[1] == '.' || rest[1] == ';' || rest[1] == ':');
}

// Writes characters one by one, and breaks the line at the last place where that may be.
class LineBreaker {
 public:
  LineBreaker(float width, const ImFont& font, std::span<char> room)
      : width_(width), font_(font), room_(room) {}

  void Put(std::string_view character, float advance) {
    if (used_px_ + advance > width_ && used_px_ > 0.0F) Break();
    for (const char byte : character) room_[size_++] = byte;
    used_px_ += advance;
  }
  // A space at which a line may end; what stands after it moves on with the line.
  void PutSpace(float advance) {
    space_ = size_;
    room_[size_++] = ' ';  // at the end of a line it may stick out
    used_px_ += advance;
    after_space_px_ = used_px_;
  }
  void PutNewLine() {
    room_[size_++] = '\n';
    BeginLine(0.0F);
  }
  float Advance(unsigned int codepoint) const {
    return font_.GetCharAdvance(static_cast<ImWchar>(codepoint)) * font_.Scale;
  }
  std::string_view text() const { return {room_.data(), size_}; }

 private:
  void Break() {
    if (space_ == kNone) return PutNewLine();
    room_[space_] = '\n';
    BeginLine(used_px_ - after_space_px_);
  }
  void BeginLine(float used_px) {
    used_px_ = used_px;
    space_ = kNone;
  }

  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);
  float width_;
  const ImFont& font_;
  std::span<char> room_;
  std::size_t size_ = 0;
  std::size_t space_ = kNone;  // of this line, the last
  float used_px_ = 0.0F;       // of this line
  float after_space_px_ = 0.0F;
};

}  // namespace

std::string_view WrapText(std::string_view text, float width, const ImFont& font,
                          std::span<char> room) {
  text = text.substr(0, std::min(text.size(), room.size() / 2));
  LineBreaker lines(width, font, room);
  while (!text.empty()) {
    unsigned int codepoint = 0;
    const int bytes = ImTextCharFromUtf8(&codepoint, text.data(), text.data() + text.size());
    const std::string_view character = text.substr(0, static_cast<std::size_t>(std::max(bytes, 1)));
    text.remove_prefix(character.size());
    if (codepoint == '\n') {
      lines.PutNewLine();
    } else if (codepoint == ' ' && !IsPercent(text)) {
      lines.PutSpace(lines.Advance(codepoint));
    } else {
      lines.Put(character, lines.Advance(codepoint));
    }
  }
  return lines.text();
}

}  // namespace lookout::ui
