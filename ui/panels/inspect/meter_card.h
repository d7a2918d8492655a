// A card of the meters: icon and title, and below them a number with its unit. Window thread only.
#pragma once

#include <string_view>

#include "ui/theme/ui_context.h"
#include "ui/widgets/explanations.h"

namespace lookout::ui {

struct Card {
  ImVec2 min;
  float width;
};

inline constexpr float kNumberTop = 15.0F;  // below the title, at 100 %

// Icon and title at the left, a remark at the right where there is room for it.
void DrawCardHead(const Card& card, const char* icon, ImU32 icon_colour, std::string_view title,
                  std::string_view remark);
// The number and its unit; returns the width they take.
float DrawCardNumber(const Card& card, std::string_view value, std::string_view unit);
// What is told of a card while the mouse is over it: the whole of it is one item. now: its present
// value in words; may be empty.
void ExplainCard(const Card& card, const char* id, Figure figure, std::string_view now);

}  // namespace lookout::ui
