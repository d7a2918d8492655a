#include "app/experiments/robustness/disturbances.h"

#include <cmath>

namespace lookout::app {
namespace {

constexpr std::array<WorldShiftKind, kWorldShifts> kShifts{{
    {WorldShift::kForce, "force", "weaker actuators", {0.9, 0.8, 0.65, 0.5, 0.35}},
    {WorldShift::kMass, "mass", "heavier robot", {1.1, 1.25, 1.5, 2.0, 3.0}},
    {WorldShift::kDamping, "damping", "less damping", {0.8, 0.6, 0.4, 0.2, 0.1}},
    {WorldShift::kSize, "size", "larger hazards", {1.05, 1.1, 1.2, 1.35, 1.5}},
    {WorldShift::kDensity, "density", "more hazards", {1.125, 1.25, 1.5, 1.75, 2.0}},
}};

}  // namespace

std::span<const WorldShiftKind> WorldShiftKinds() { return kShifts; }

sim::EnvironmentConfig Shifted(sim::EnvironmentConfig config, WorldShift shift, double factor) {
  switch (shift) {
    case WorldShift::kForce:
      config.robot_force_scale *= factor;
      break;
    case WorldShift::kMass:
      config.robot_mass_scale *= factor;
      break;
    case WorldShift::kDamping:
      config.robot_damping_scale *= factor;
      break;
    case WorldShift::kSize:
      config.hazards.size_m *= factor;
      break;
    case WorldShift::kDensity:
      config.hazards.num = static_cast<int>(std::lround(config.hazards.num * factor));
      break;
  }
  return config;
}

const char* DisturbanceName(std::size_t index) {
  return index < kCorruptions ? agents::CorruptionKinds()[index].name
                              : kShifts[index - kCorruptions].name;
}

const char* DisturbanceWords(std::size_t index) {
  return index < kCorruptions ? agents::CorruptionKinds()[index].words
                              : kShifts[index - kCorruptions].words;
}

}  // namespace lookout::app
