// Breaks a paragraph into lines between words alone: ImGui also breaks after a full stop, which
// cuts "0.97" in two. Window thread only.
#pragma once

#include <imgui.h>

#include <span>
#include <string_view>

namespace lookout::ui {

// The text with line breaks, none of its lines wider than `width` pixels, written to `room`, which
// has to hold twice the text. A number stays beside its "%"; a word that is wider than a line, as a
// path may be, is broken where it has to be.
std::string_view WrapText(std::string_view text, float width, const ImFont& font,
                          std::span<char> room);

}  // namespace lookout::ui
