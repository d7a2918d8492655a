#include "ui/panels/why/sensor_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <numbers>

#include "ui/inspection_words.h"

namespace lookout::ui {
namespace {

using agents::ChangedValue;
using agents::SensorAttack;

bool IsOfLidar(const ChangedValue& value) { return value.key.ends_with("_lidar"); }

// "hazards lidar, ahead left", "gyro z", "ballangvel 2 of 12".
std::string NameOf(const ChangedValue& value) {
  static constexpr std::array<const char*, 3> kAxes{"x", "y", "z"};
  std::string name = value.key;
  std::ranges::replace(name, '_', ' ');
  if (IsOfLidar(value)) {
    const double bearing_rad = 2.0 * std::numbers::pi * (value.place + 0.5) / value.size;
    return fmt::format("{}, {}", name, DirectionInWords(bearing_rad));
  }
  if (value.size == 1) return name;
  if (value.size == 3) {
    return fmt::format("{} {}", name, kAxes[static_cast<std::size_t>(value.place)]);
  }
  return fmt::format("{} {} of {}", name, value.place + 1, value.size);
}

std::string ChangeOf(const ChangedValue& value) {
  return fmt::format("{} from {:.3f} to {:.3f}", value.after > value.before ? "lifted" : "lowered",
                     value.before, value.after);
}

std::string SmallestInWords(const SensorAttack& attack) {
  const char* other = attack.was_unsafe ? "safe" : "unsafe";
  if (!attack.smallest_budget) {
    return fmt::format("No attack up to {:g} % was found that makes it {}.",
                       100.0 * attack.most_budget, other);
  }
  return fmt::format("From {:.1f} % on it says {}. A smaller lie cannot be ruled out.",
                     100.0 * *attack.smallest_budget, other);
}

std::string NoiseInWords(const SensorAttack& attack) {
  return fmt::format("Noise of that size, each value off by all of it, turns {} of {} draws.",
                     attack.turned_by_noise, attack.draws);
}

std::vector<std::string> LimitsInWords(const SensorsAttacked& result) {
  std::vector<std::string> limits;
  if (result.of_state_alone) {
    limits.emplace_back(
        "This model also looks at what came before. Here it is asked about the state alone, as if "
        "nothing had moved.");
  }
  limits.push_back(
      result.scale_steps > 1
          ? fmt::format("Scales other than lidars' are those of {} steps.", result.scale_steps)
          : std::string("At the first step lidars alone have a scale."));
  limits.back() += fmt::format(" It took {:.0f} ms.", result.milliseconds);
  return limits;
}

}  // namespace

SensorWords WordsOf(const SensorsAttacked& result) {
  SensorWords words{.number = result.number,
                    .smallest = SmallestInWords(result.attack),
                    .noise = NoiseInWords(result.attack),
                    .limits = LimitsInWords(result),
                    .values = {}};
  for (const ChangedValue& value : result.attack.told) {
    words.values.push_back({NameOf(value), ChangeOf(value), Signed(value.effect)});
  }
  return words;
}

}  // namespace lookout::ui
