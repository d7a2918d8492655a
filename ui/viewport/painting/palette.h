// Colours of the 3-D view: Okabe and Ito's eight, which stay apart for colour-blind eyes. What
// kinds of objects and costs have is in their descriptors. Any thread.
#pragma once

#include "sim/environment/kinds.h"
#include "sim/objects/object_kinds.h"

namespace lookout::ui {

// Straight (not premultiplied) alpha, sRGB, 0 to 1.
struct Rgba {
  float r = 0.0F;
  float g = 0.0F;
  float b = 0.0F;
  float a = 1.0F;
  constexpr Rgba WithAlpha(float alpha) const { return {r, g, b, alpha}; }
};

constexpr Rgba Mix(Rgba from, Rgba to, float t) {
  return {from.r + t * (to.r - from.r), from.g + t * (to.g - from.g), from.b + t * (to.b - from.b),
          from.a + t * (to.a - from.a)};
}

namespace palette {
inline constexpr Rgba kOrange{0.902F, 0.624F, 0.0F};
inline constexpr Rgba kSkyBlue{0.337F, 0.706F, 0.914F};
inline constexpr Rgba kGreen{0.0F, 0.620F, 0.451F};
inline constexpr Rgba kYellow{0.941F, 0.894F, 0.259F};
inline constexpr Rgba kBlue{0.0F, 0.447F, 0.698F};
inline constexpr Rgba kVermilion{0.835F, 0.369F, 0.0F};
inline constexpr Rgba kPurple{0.800F, 0.475F, 0.655F};
inline constexpr Rgba kWhite{0.94F, 0.96F, 0.98F};
inline constexpr Rgba kInk{0.10F, 0.13F, 0.18F};  // in place of white on a light floor
inline constexpr Rgba kGrey{0.55F, 0.58F, 0.62F};
// Lighter kin of the blue and the green, for lines on the dark floor.
inline constexpr Rgba kHazardLine{0.30F, 0.66F, 0.95F};
inline constexpr Rgba kGoalLine{0.20F, 0.86F, 0.62F};
// Nothing of Safety Gym's: the robot of the episode that is compared with.
inline constexpr Rgba kGhost{0.725F, 0.549F, 1.0F};
}  // namespace palette

// Of a kind of object: its descriptor's.
inline Rgba KindColor(sim::SceneObjectKind kind) {
  const sim::Colour colour = sim::DescriptorOf(kind).colour;
  return {colour.red, colour.green, colour.blue};
}

// Of a kind of cost, as the view flashes it.
inline Rgba FlashColor(sim::CostKind kind) {
  const sim::Colour colour = sim::RuleOf(kind).flash;
  return {colour.red, colour.green, colour.blue};
}

}  // namespace lookout::ui
