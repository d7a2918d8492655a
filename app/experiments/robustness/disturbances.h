// All that an experiment on robustness disturbs, "Safety Gym-C": eight faults of the sensors, which
// agents::CorruptionKinds() lists, and five changes of the robot and of the world, in which the
// policy plays anew. Pure functions; any thread.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "agents/feedback/robustness/corruptions.h"
#include "sim/config/config.h"

namespace lookout::app {

enum class WorldShift : std::uint8_t {
  kForce,    // the robot's actuators do so much of what they did
  kMass,     // the robot has so many times its mass
  kDamping,  // its joints have so much of their damping and friction
  kSize,     // hazards have so many times their radius, and the truth moves with it
  kDensity,  // so many times as many hazards stand in the same place
};

struct WorldShiftKind {
  WorldShift shift;
  const char* name;                                 // of a column, a key
  const char* words;                                // for a person
  std::array<double, agents::kSeverities> amounts;  // factors by severity, the mildest first
};
// All of them, in the order of the benchmark.
std::span<const WorldShiftKind> WorldShiftKinds();

// The number of hazards is rounded.
sim::EnvironmentConfig Shifted(sim::EnvironmentConfig config, WorldShift shift, double factor);

inline constexpr std::size_t kCorruptions = 8;  // of agents::CorruptionKinds()
inline constexpr std::size_t kWorldShifts = 5;
inline constexpr std::size_t kDisturbances = kCorruptions + kWorldShifts;
// The first of them count in an mCE: the last three are shown apart, two of which shift the truth.
inline constexpr std::size_t kCounted = 10;

// Corruptions first, then shifts. index: below kDisturbances.
const char* DisturbanceName(std::size_t index);
const char* DisturbanceWords(std::size_t index);

}  // namespace lookout::app
