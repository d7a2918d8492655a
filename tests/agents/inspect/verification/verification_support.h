// Worlds and cost models that tests of proofs share.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "agents/feedback/models/cost_ensemble.h"
#include "agents/inspect/verification/interval.h"
#include "sim/engine/safety_gym.h"

namespace lookout::test {

// How many random cases a test takes: 100,000, or a million with LOOKOUT_LONG.
int RandomCases();

// PointGoal1 after the reset with that seed, or another of the suite.
std::unique_ptr<sim::SafetyGym> ResetGym(std::uint32_t seed = 0, const char* id = "PointGoal1");

// A model of that world's observation with random weights and a normaliser of what is observed
// there. left_out: places it does not look at. lidars_as_nearest: false: at every bin by itself.
agents::CostModelPtr RandomModel(const sim::SafetyGym& gym, std::uint32_t seed,
                                 bool lidars_as_nearest = true);

// Unsafe exactly where the nearest hazard is closer than `from_m`, at PointGoal1's lidar of 3 m,
// except in a hole: forward speed and turn rate both within 0.002 of `hole`, where it says safe. No
// hole without a pointer. steepness: how suddenly that comes, by metres over 3.
struct Hole {
  double forward_m_per_s = 0.0;
  double turn_rate_rad_per_s = 0.0;
};
agents::CostModelPtr HandMadeModel(const sim::SafetyGym& gym, double from_m,
                                   const Hole* hole = nullptr, float steepness = 1e4F);

double DrawIn(const agents::Interval& interval, RandomState& random);
agents::Interval DrawInterval(double from, double to, double most_width, RandomState& random);

}  // namespace lookout::test
