// Small environments with known answers, for tests of learning. One thread each.
#pragma once

#include <memory>

#include "sim/environment/environment.h"

namespace lookout::test {

// Episodes of `length` steps in which only the first action component a counts, clipped to
// [-1, 1]: reward -(a - 1)^2, cost a^2 for a > 0. The observation is (1, x), x uniform noise.
// Unconstrained, a = 1 is best. Held to `length` * c per episode with c < 1, the best constant
// action is sqrt(c), and the multiplier there is (1 - sqrt(c)) / sqrt(c) in units of the reward.
struct QuadraticOptions {
  int length = 10;
  double reward_noise = 0.0;  // standard deviation of what chance adds to each reward
  int diverge_every = 0;      // every so many episodes diverges half-way; 0: none
};
std::unique_ptr<sim::Environment> MakeQuadraticEnvironment(const QuadraticOptions& options = {});

// Episodes of 20 steps in which the action a is the place to be: reward
// -(a - 1)^2, cost 1 where a > 0.5, observation (1, a), so that a person who watches can tell.
// Unconstrained, a = 1 is best and costs 20 per episode; with no cost allowed 0.5 is best, with a
// return of -5.
std::unique_ptr<sim::Environment> MakeEdgeEnvironment();

// A point on a line that random kicks and the action move; its position decides reward and cost.
// Episodes last between 5 and 40 steps and end in every way that an episode can. For tests that
// compare runs bit for bit: what happens depends on seed, action and history.
std::unique_ptr<sim::Environment> MakeWanderEnvironment();

// Episodes of 8 steps that show +1 or -1, by turns from seed to seed, in the first observation and
// never again; the second component tells the last step. There the reward is -(a - shown)^2, else
// 0. Who remembers gets 0. Who does not does the same in both cases, which costs 1 on average at
// least.
std::unique_ptr<sim::Environment> MakeRecallEnvironment();

// Episodes of 24 steps that show +1 or -1 by chance at each, and want the action to be what was
// shown `delay` steps before: the reward is 1 - (a - shown)^2, from that step on. Who remembers
// gets 24 - delay. Who does not does best with a = 0 and gets nothing.
std::unique_ptr<sim::Environment> MakeCopyEnvironment(int delay);

// A T-shaped maze. The first observation shows at which end of the crossbar the goal is, +1 or -1
// by turns from seed to seed, and none after it does; the others say 0, whether the robot stands at
// the crossing, and 1. The first action component drives through a corridor of 4, at most 1 a step;
// at the crossing the sign of the second one chooses the end: 1 for the goal, -1 for the other.
// Each step costs 0.02 of reward, and an episode ends after 20. Who remembers gets 0.9; who does
// not, on average at most -0.1.
std::unique_ptr<sim::Environment> MakeMazeEnvironment();

}  // namespace lookout::test
