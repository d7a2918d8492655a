#include "ui/inspection_words.h"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <numbers>

#include "sim/objects/object_kinds.h"

namespace lookout::ui {
namespace {

constexpr double kPi = std::numbers::pi;
constexpr double kLeastShift_m = 0.005;

// Which eighth of the circle, 0: straight ahead, counter-clockwise.
std::size_t EighthOf(double bearing_rad) {
  const double eighths = std::round(bearing_rad / (0.25 * kPi));
  return static_cast<std::size_t>(std::lround(eighths + 16.0) % 8);
}

double Degrees(double angle_rad) { return angle_rad * 180.0 / kPi; }

std::string LengthInWords(double length_m) {
  return length_m < 0.095 ? fmt::format("{:.0f} cm", 100.0 * length_m)
                          : fmt::format("{:.2f} m", length_m);
}

std::string TurnInWords(double turn_rad) {
  return fmt::format("{:.0f}\xC2\xB0 to the {}", std::abs(Degrees(turn_rad)),
                     turn_rad > 0.0 ? "left" : "right");
}

}  // namespace

std::string NameOfObject(const agents::ObjectContribution& one) {
  const sim::ObjectKind& kind = sim::DescriptorOf(one.kind);
  return kind.is_single ? std::string(kind.one) : fmt::format("{} {}", kind.one, one.index);
}

const char* DirectionInWords(double bearing_rad) {
  static constexpr std::array<const char*, 8> kNames{"ahead",       "ahead left", "left",
                                                     "behind left", "behind",     "behind right",
                                                     "right",       "ahead right"};
  return kNames[EighthOf(bearing_rad)];
}

std::string MoveInWords(const agents::Counterfactual& move, const agents::RobotPose& from) {
  static constexpr std::array<const char*, 8> kWays{"forward",      "forward left", "to the left",
                                                    "back left",    "back",         "back right",
                                                    "to the right", "forward right"};
  const double turn_rad = move.move.turn_rad;
  const bool turns = std::abs(Degrees(turn_rad)) >= 0.5;
  if (move.shift_m < kLeastShift_m) return TurnInWords(turn_rad) + " on the spot";
  const Eigen::Vector2d& shift = move.move.shift_in_world_m;
  const double bearing_rad = std::atan2(shift.y(), shift.x()) - from.heading_rad;
  std::string words = LengthInWords(move.shift_m) + " " + kWays[EighthOf(bearing_rad)];
  if (turns) words += " and " + TurnInWords(turn_rad);
  return words;
}

std::string MoveInShort(const agents::Counterfactual& move) {
  const bool turns = std::abs(Degrees(move.move.turn_rad)) >= 0.5;
  const bool shifts = move.shift_m >= kLeastShift_m;
  std::string words = shifts ? LengthInWords(move.shift_m) : std::string();
  if (turns) {
    words +=
        fmt::format("{}{:.0f}\xC2\xB0", shifts ? ", " : "", std::abs(Degrees(move.move.turn_rad)));
  }
  return words + (move.was_unsafe ? ": safe" : ": unsafe");
}

std::string SmallestMoveInWords(const agents::Counterfactual& move, const agents::RobotPose& from) {
  const char* verdict = move.was_unsafe ? "safe" : "unsafe";
  if (move.found) return fmt::format("{} would make it {}.", MoveInWords(move, from), verdict);
  return fmt::format("No move up to {:.2g} m was found that makes it {}.", move.searched_m,
                     verdict);
}

std::string Signed(double value) {
  const bool is_zero = std::abs(value) < 0.005;
  return fmt::format("{}{:.2f}",
                     is_zero       ? ""
                     : value > 0.0 ? "+"
                                   : "\xE2\x88\x92",
                     is_zero ? 0.0 : std::abs(value));
}

}  // namespace lookout::ui
