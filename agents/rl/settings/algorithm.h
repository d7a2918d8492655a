// The legal agents, and how those with a multiplier find its value. Values; any thread.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "sim/base/choices.h"

namespace lookout::agents {

// The legal agents; nothing else can be written down.
enum class Algorithm : std::uint8_t { kPpo, kPpoLagrangian, kTrpo, kTrpoLagrangian, kCpo };
inline constexpr int kAlgorithmCount = 5;
std::span<const Choice<Algorithm>> Choices(Algorithm kind);  // "ppo-lag", as on the command line
std::string_view AlgorithmName(Algorithm algorithm);         // "PPO-Lagrangian"

// Whether the algorithm heeds costs at all, and whether it does so through a multiplier.
bool IsConstrained(Algorithm algorithm);
bool HasMultiplier(Algorithm algorithm);

// How the multiplier of a Lagrangian agent finds its value; of no account for the others.
enum class MultiplierKind : std::uint8_t {
  kLagrange,  // by gradient ascent (Ray, Achiam and Amodei 2019)
  kPid,       // by a PID controller (Stooke, Achiam and Abbeel 2020)
  kFixed,     // never: a penalty coefficient in place of a constraint
};
std::span<const Choice<MultiplierKind>> Choices(MultiplierKind kind);

}  // namespace lookout::agents
